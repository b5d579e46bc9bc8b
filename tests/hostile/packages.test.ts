/** Grades hostile packages in one batch with an honest hand-in: each is refused with a reason or read for what it holds. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { buildStaleChildren } from '../autograder/session/stale-children.ts';
import { compose, functionTasks } from './corpus.ts';
import { gradeBatchFolder, gradingWith, SMALL_LIMITS, writeFiles } from './grade-hostile.ts';
import { graded, packages, refused } from './packages.ts';
import { setTripwires, type Tripwires } from './tripwires.ts';

const box = await inspectBox();
const HONEST = 'honest';

describe.skipIf(box.status !== 'present')('hostile packages', () => {
  const batch = mkdtempSync(path.join(tmpdir(), 'packages-'));
  let tripwires: Tripwires;
  let results: ReadonlyMap<string, SubmissionResult>;
  let heapGrowth = 0;

  beforeAll(async () => {
    await buildStaleChildren();
    tripwires = await setTripwires();
    writeFiles(path.join(batch, HONEST), compose([], []));
    for (const { make } of packages) make(batch, tripwires.places);
    const before = process.memoryUsage().rss;
    results = await gradeBatchFolder(batch, await gradingWith(SMALL_LIMITS), 2);
    heapGrowth = process.memoryUsage().rss - before;
  }, 300_000);

  afterAll(async () => {
    await tripwires.remove();
    rmSync(batch, { recursive: true, force: true });
  });

  const isFunction = (id: string): boolean => functionTasks.some((task) => task.id === id);
  const resultOf = (name: string): SubmissionResult => results.get(name) ?? expect.fail(`${name} was not graded`);

  it.each(refused)('refused: $name', ({ name, why }) => {
    expect(resultOf(name)).toMatchObject({ status: 'refused', reason: expect.stringMatching(why) });
  });

  it.each(graded)('read for what it holds: $name', ({ name, outcomes, note }) => {
    const { status, notes, questions } = resultOf(name);
    expect(status).toBe('graded');
    expect(notes.join('\n')).toMatch(note ?? /^/);
    const judged = questions.flatMap(({ tasks }) => tasks.filter(({ task }) => isFunction(task))).map(({ task, outcome }) => [task.slice(task.indexOf('/') + 1), outcome] as const);
    expect(judged).toHaveLength(functionTasks.length);
    expect(Object.fromEntries(judged.filter(([, outcome]) => outcome !== 'pass'))).toEqual(outcomes);
  });

  it('do the honest hand-in beside them no harm', () => {
    const functions = resultOf(HONEST).questions.flatMap(({ tasks }) => tasks.filter(({ task }) => isFunction(task)));
    expect(functions).toHaveLength(functionTasks.length);
    expect(functions.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  it('write nothing outside, and read nothing there', () => {
    expect([path.join(batch, '../planted.ts'), path.join(batch, 'planted.ts'), '/tmp/planted.ts', '/tmp/planted'].filter((place) => existsSync(place))).toEqual([]);
    expect(JSON.stringify([...results.values()])).not.toContain(tripwires.secret);
  });

  it('are never unpacked whole: a quarter of a gigabyte was claimed more than once', () => {
    expect(heapGrowth).toBeLessThan(500 << 20);
  });
});
