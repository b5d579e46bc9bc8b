/** What `elbow fixtures diff` tells: one change at a time in a copy of the committed set, and the sentence about it. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { type AnswerKey, differencesBetween, openAnswerKey } from '../../../autograder/answer-key/answer-key.ts';
import type { FixtureCase, FixtureFile } from '../../../contract/fixture.ts';
import { elbow } from '../../end-to-end/command-line.ts';
import { fixturesFolder } from '../../fixtures/committed-cases.ts';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-diff-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const TASK = 'cs236-hw2/gmvae/log-normal';
const committed = await openAnswerKey(fixturesFolder, { basicOnly: false });
let copies = 0;

type Manifest = Record<string, unknown> & { files: Record<string, string> };

/** A copy in which the cases of one task, and the manifest, are what the change makes of them. */
function altered(change: (cases: FixtureCase[]) => FixtureCase[] | null, changeManifest: (manifest: Manifest) => object = (manifest) => manifest): string {
  copies += 1;
  const folder = path.join(work, `set-${copies}`);
  fs.cpSync(fixturesFolder, folder, { recursive: true });
  const [file, manifest] = ['gmvae.json', 'manifest.json'].map((name) => path.join(folder, name)) as [string, string];
  const fixture = JSON.parse(fs.readFileSync(file, 'utf8')) as FixtureFile;
  const cases = change(fixture.tasks[TASK] ?? []);
  if (cases === null) delete fixture.tasks[TASK];
  else fixture.tasks[TASK] = cases;
  fs.writeFileSync(file, JSON.stringify(fixture));
  const content = JSON.parse(fs.readFileSync(manifest, 'utf8')) as Manifest;
  content.files['gmvae.json'] = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  fs.writeFileSync(manifest, JSON.stringify(changeManifest(content)));
  return folder;
}

const open = (folder: string): Promise<AnswerKey> => openAnswerKey(folder, { basicOnly: false });
const onA = (change: (entry: FixtureCase) => void) => (cases: FixtureCase[]) => {
  const entry = cases.find(({ id }) => id === 'A') ?? expect.fail('no case A');
  change(entry);
  return cases;
};

/** Adds something to the first number of each expected value. */
const moveAnswer = (by: number) => (entry: FixtureCase) => {
  for (const { values } of entry.answers) for (const tensor of Object.values(values)) tensor.values = (tensor.values ?? []).map((value, index) => (index === 0 ? value + by : value));
};

const unitOf = ({ answers, tolerance }: FixtureCase): number => tolerance.absolute + tolerance.relative * Math.abs(answers[0]?.values['']?.values?.[0] ?? 0);

describe('differences between two sets', () => {
  it('are none between a set and itself', () => {
    expect(differencesBetween(assignment, committed, committed)).toEqual([]);
  });

  it.each<[what: string, change: (cases: FixtureCase[]) => FixtureCase[] | null, said: RegExp]>([
    ['another expected value', onA((entry) => moveAnswer(10 * unitOf(entry))(entry)), /^case A: other expected values, by up to (9\.9|10\.0|10\.1)\d* tolerances$/],
    ['a change that decides no verdict', onA((entry) => moveAnswer(unitOf(entry) / 5)(entry)), /^case A: other expected values, by up to 0\.(19|20)\d* tolerances$/],
    ['other inputs, whose answers differ as a matter of course', onA((entry) => {
      moveAnswer(1)(entry);
      const [x] = entry.arguments;
      if (x?.kind === 'tensor') x.tensor.values = (x.tensor.values ?? []).map((value) => value + 1);
    }), /^case A: other inputs$/],
    ['cases drawn anew', (cases) => cases.map((entry) => ({ ...entry, noise: { ...entry.noise, seed: entry.noise.seed + 1 } })), /^other inputs in every case$/],
    ['other sizes', onA((entry) => {
      const [x] = entry.arguments;
      if (x?.kind === 'tensor') Object.assign(x.tensor, { shape: [1, 1], values: [0] });
    }), /^case A: sizes: x \[\d+, \d+\], mean .* before, x \[1, 1\], mean .* now$/],
    ['another tolerance', onA((entry) => Object.assign(entry, { tolerance: { absolute: 1e-3, relative: 0 } })), /^case A: tolerance: 0\.00002 \+ 0\.00002 \|b\| before, 0\.001 \+ 0 \|b\| now$/],
    ['another visibility', onA((entry) => Object.assign(entry, { visibility: 'hidden' })), /^case A: visibility: basic before, hidden now$/],
    ['another layout', onA((entry) => entry.answers.push({ layout: 'mirrored', draws: 7, values: {}, gradients: {} })), /^case A: layouts: none \(0\) before, none \(0\); mirrored \(7\) now$/],
    ['a case less', (cases) => cases.filter(({ id }) => id !== 'B'), /^case B removed$/],
    ['a case more', (cases) => [...cases, ...cases.slice(0, 1).map((entry) => ({ ...entry, id: 'Z' }))], /^case Z added$/],
    ['a task less', () => null, /^task removed$/],
  ])('tell of %s', async (_, change, said) => {
    const differences = differencesBetween(assignment, committed, await open(altered(change)));
    expect(differences).toEqual([{ task: TASK, what: expect.stringMatching(said) }]);
  });

  it('tell of a task that was added, and of what concerns the whole set', async () => {
    const without = await open(altered(() => null, (manifest) => ({ ...manifest, term: 'spring', seed: null, public: false, secretMark: '0', engine: { tfjs: '4.0.0', backend: 'cpu' } })));
    expect(differencesBetween(assignment, without, committed)).toEqual([
      { task: null, what: 'term: spring before, example now' },
      { task: null, what: expect.stringMatching(/^engine: TensorFlow\.js 4\.0\.0 on cpu before, TensorFlow\.js \S+ on cpu now$/) },
      { task: null, what: 'hidden before, public now' },
      { task: TASK, what: 'task added' },
    ]);
  });
});

describe('elbow fixtures diff', () => {
  it('ends with 0 where nothing changed, and with 1 and the next step where something did', async () => {
    expect(await elbow('fixtures', 'diff', fixturesFolder, fixturesFolder)).toMatchObject({ code: 0, stdout: expect.stringContaining('hold the same cases and answers') });
    const other = altered(() => null);
    const { code, stdout } = await elbow('fixtures', 'diff', fixturesFolder, other);
    expect(code).toBe(1);
    expect(stdout).toBe(`${TASK}\n  task removed\n\nNext: elbow fixtures verify --assignment cs236-hw2 --out ${other}`);
  });

  it('says what to do where there is no set, and shows examples', async () => {
    expect(await elbow('fixtures', 'diff', fixturesFolder, work)).toMatchObject({ code: 64, stderr: expect.stringContaining('There is no manifest.json') });
    expect((await elbow('fixtures', 'diff', '--help')).stdout).toMatch(/Examples:\n {2}elbow fixtures diff /);
  });
});
