/** What looks around looks around on every backend: each has a child, files and libraries of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import { languages } from '../../autograder/languages/languages.ts';
import type { Backend } from '../../contract/messages.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { buildStaleChildren } from '../autograder/session/stale-children.ts';
import { type Attack, readCorpus } from './corpus.ts';
import { gradeHandIns, gradingWith, SMALL_LIMITS } from './grade-hostile.ts';
import { deserved, verdictOn } from './judged-tasks.ts';
import { setTripwires, type Tripwires } from './tripwires.ts';

const CURIOUS = [
  'asks-for-more-rights',
  'exits-with-success',
  'inspects-the-stack',
  'kills-others',
  'leaves-processes-behind',
  'loads-native-code',
  'looks-at-open-descriptors',
  'opens-bad-paths',
  'patches-javascript',
  'prints-its-environment',
  'reads-procfs',
  'uses-the-network',
  'walks-the-disk',
  'writes-everywhere',
];

const box = await inspectBox();

describe.skipIf(box.status !== 'present').each<Backend>(['wasm', 'native'])('on %s', (backend) => {
  const isHere = languages.typescript.launch(backend) !== null;
  let tripwires: Tripwires;
  let corpus: ReadonlyMap<string, Attack>;
  let results: ReadonlyMap<string, SubmissionResult> = new Map();

  beforeAll(async () => {
    await buildStaleChildren();
    tripwires = await setTripwires();
    const attacks = readCorpus(tripwires.places).filter(({ name }) => CURIOUS.includes(name));
    corpus = new Map(attacks.map((attack) => [attack.name, attack]));
    // Native TensorFlow is large before it has done anything.
    const grading = await gradingWith({ ...SMALL_LIMITS, cpuSeconds: 5, memoryMegabytes: 1024 });
    if (isHere) results = await gradeHandIns(attacks, { ...grading, backend }, 2);
  }, 600_000);

  afterAll(() => tripwires.remove());

  const attackNamed = (name: string): Attack => corpus.get(name) ?? expect.fail(`no attack ${name}`);
  const resultOf = (name: string): SubmissionResult => results.get(name) ?? expect.fail(`${name} was not graded`);

  it.skipIf(!isHere).each(CURIOUS)('%s gains nothing', (name) => {
    const attack = attackNamed(name);
    expect(verdictOn(attack, resultOf(name))).toEqual(deserved(attack));
  });

  it('reach nothing outside', () => {
    expect(tripwires.touched()).toEqual([]);
    expect(JSON.stringify([...results.values()])).not.toContain(tripwires.secret);
  });
});
