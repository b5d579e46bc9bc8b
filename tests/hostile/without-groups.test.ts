/**
 * What grows, spins or multiplies, once more where no control group bounds it: tier 2, on any machine. The
 * whole corpus runs so with ELBOW_CONTROL_GROUPS=off before the command that runs the tests.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox, isolationTier } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { buildStaleChildren } from '../autograder/session/stale-children.ts';
import { type Attack, readCorpus } from './corpus.ts';
import { gradeHandIns, gradingWith, SMALL_LIMITS } from './grade-hostile.ts';
import { deserved, verdictOn } from './judged-tasks.ts';

const GREEDY = [
  'aborts',
  'exits-as-if-out-of-memory',
  'fills-memory',
  'kills-others',
  'leaves-processes-behind',
  'recurses-for-ever',
  'spins-in-threads',
  'uses-memory-and-gives-it-back',
];

const box = await inspectBox();

describe.skipIf(box.status !== 'present')('without control groups', () => {
  let attacks: readonly Attack[];
  let results: ReadonlyMap<string, SubmissionResult> = new Map();
  const before = process.env['ELBOW_CONTROL_GROUPS'];

  beforeAll(async () => {
    await buildStaleChildren();
    process.env['ELBOW_CONTROL_GROUPS'] = 'off';
    attacks = readCorpus({ GRADER_PID: String(process.pid) }).filter(({ name }) => GREEDY.includes(name));
    results = await gradeHandIns(attacks, await gradingWith(SMALL_LIMITS), 2);
  }, 300_000);

  afterAll(() => {
    if (before === undefined) delete process.env['ELBOW_CONTROL_GROUPS'];
    else process.env['ELBOW_CONTROL_GROUPS'] = before;
  });

  it('the tier is 2, and says why', async () => {
    expect(await isolationTier()).toMatchObject({ tier: 2, why: [expect.any(String), expect.stringContaining('ELBOW_CONTROL_GROUPS=off')] });
  });

  it.each(GREEDY)('%s gains nothing', (name) => {
    const [attack, result] = [attackNamed(name), resultOf(name)];
    expect(verdictOn(attack, result)).toEqual(deserved(attack));
  });

  const attackNamed = (name: string): Attack => attacks.find((found) => found.name === name) ?? expect.fail(`no attack ${name}`);
  const resultOf = (name: string): SubmissionResult => results.get(name) ?? expect.fail(`${name} was not graded`);
});
