/** Hand-ins in Python on PyTorch: modules, or the code cells of a notebook. */
import fs from 'node:fs';
import path from 'node:path';
import type { Backend, SourceFile } from '../../../contract/messages.ts';
import { projectRoot } from '../../paths.ts';
import type { Launch } from '../../sandbox/sandbox.ts';
import type { LanguageAdapter } from '../adapter.ts';
import { asAsked, asTheCourse, hasWayBack } from './conventions.ts';
import { definitions } from './definitions.ts';
import { environmentOf, findPython, placesOf } from './find-python.ts';
import { givenPart, noteEdits } from './given-functions.ts';
import { prepareFiles } from './prepare.ts';

const childFolder = path.join(projectRoot, 'dist/child/python');

export const python: LanguageAdapter = {
  id: 'python',
  prepare: prepareFiles,
  givenPart,
  noteEdits,
  // No course in Python asks for it yet.
  noteImports: () => [],
  definitions,
  conventions: {
    asAsked: (tasks) => asAsked(textOf('conventions.py'), tasks),
    asTheCourse: (tasks) => asTheCourse(textOf('conventions.py'), tasks),
    hasWayBack,
  },
  launch,
  weights: { ending: '.pt', function: 'opened', source: openWeights },
  // PyTorch has one backend for everything that is asked here.
  backendFor: () => 'cpu',
};

function openWeights(): SourceFile {
  return { path: 'weights.py', code: textOf('weights.py') };
}

/** Of a part of the child that is loaded beside a hand-in. */
function textOf(name: string): string {
  return fs.readFileSync(path.join(childFolder, name), 'utf8');
}

function launch(backend: Backend): Launch | null {
  const found = backend === 'cpu' ? findPython() : null;
  if (found === null) return null;
  const files = fs.readdirSync(childFolder).filter((name) => name.endsWith('.py'));
  return {
    program: found.program,
    // No site packages beside those that are named, no folder of the program on the way to modules.
    arguments: ['-S', '-s', { file: path.join(childFolder, 'child.py') }],
    files: files.map((name) => path.join(childFolder, name)),
    environment: environmentOf(found),
    places: () => placesOf(found),
  };
}
