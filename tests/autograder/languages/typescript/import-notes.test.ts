/** What is said of imports that a course lets nobody change. */
import { describe, expect, it } from 'vitest';
import { noteImports } from '../../../../autograder/languages/typescript/import-notes.ts';

const given = { 'vae.ts': ["import * as tf from '@tensorflow/tfjs';", "import { unanswered } from './given/unanswered.ts';", "import type { Vae, Gaussian } from './given/interfaces.ts';"] };
const template = "import * as tf from '@tensorflow/tfjs';\nimport { unanswered } from './given/unanswered.ts';\nimport type { Vae, Gaussian } from './given/interfaces.ts';\n";
const notes = (text: string): readonly string[] => noteImports([{ path: 'vae.ts', text }], given);

describe('imports', () => {
  it.each([
    ['as they were', template],
    ['without the one of the stubs', template.replace(/.*unanswered.*\n/, '')],
    ['in other quotes and without semicolons', template.replaceAll("'", '"').replaceAll(';', '')],
    ['over several lines, with a comma at the end', template.replace('{ Vae, Gaussian }', '{\n  Vae,\n  Gaussian,\n}')],
    ['in another order', template.split('\n').toReversed().join('\n')],
    ['with others in a comment', `${template}// import { layers } from '@tensorflow/tfjs-layers';\n/* import './x.ts'; */\n`],
    ['with the word in a string', `${template}const note = 'do not import anything';\n`],
  ])('are not spoken of %s', (_, text) => {
    expect(notes(text)).toEqual([]);
  });

  it.each([
    ["import { relu } from './mine.ts';", "added “import { relu } from './mine.ts'”"],
    ["import './mine.ts'", "added “import './mine.ts'”"],
    ["  import fs from 'node:fs';", "added “import fs from 'node:fs'”"],
    ["const mine = require('./mine.ts');", "added “import('./mine.ts')”"],
    ["const mine = await import('./mine.ts');", "added “import('./mine.ts')”"],
  ])('that were added are listed: %s', (line, said) => {
    expect(notes(`${template}${line}\n`)).toEqual([expect.stringContaining(said)]);
  });

  it('that were left out or changed are listed', () => {
    expect(notes(template.replace('Vae, Gaussian', 'Vae'))).toEqual([
      "The imports of vae.ts are not those of the template, which this course does not allow: added “import type { Vae } from './given/interfaces.ts'”; left out “import type { Vae, Gaussian } from './given/interfaces.ts'”.",
    ]);
  });

  it('of files of one’s own are nobody’s business', () => {
    expect(noteImports([{ path: 'mine.ts', text: "import fs from 'node:fs';" }], given)).toEqual([]);
  });
});
