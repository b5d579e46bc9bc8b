/** Runs the corpus the way a class is graded, and judges each attack by what it earned, touched and left behind. */
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import type { SubmissionResult, TaskResult } from '../../contract/result.ts';
import { buildStaleChildren } from '../autograder/session/stale-children.ts';
import { type Attack, functionTasks, readCorpus, taskOf } from './corpus.ts';
import { gradeHandIns, gradingWith, SMALL_LIMITS } from './grade-hostile.ts';
import { leftSince, type Machine, machineNow } from './leftovers.ts';
import { shownAnswers } from './shown-answers.ts';
import { setTripwires, type Tripwires } from './tripwires.ts';

const box = await inspectBox();
/** Too large, or too dull, to lie in a file. */
const LARGE_TEXTS = { ARROWS: 'a ? (b) : c => '.repeat(60), NESTED: `${'('.repeat(300_000)}1${')'.repeat(300_000)}` };

const names = readCorpus({}).map(({ name }) => name);

describe.skipIf(box.status !== 'present')('hostile hand-ins', () => {
  let tripwires: Tripwires;
  let corpus: ReadonlyMap<string, Attack>;
  let results: ReadonlyMap<string, SubmissionResult>;
  let before: Machine;
  let after: Awaited<ReturnType<typeof leftSince>>;
  const ownTemporary = mkdtempSync(path.join(tmpdir(), 'hostile-'));

  beforeAll(async () => {
    await buildStaleChildren();
    process.env['TMPDIR'] = ownTemporary;
    tripwires = await setTripwires();
    corpus = new Map(readCorpus({ ...tripwires.places, ...(await shownAnswers()), ...LARGE_TEXTS }).map((attack) => [attack.name, attack]));
    before = machineNow();
    const grading = await gradingWith(SMALL_LIMITS);
    const attacks = [...corpus.values()].filter(chosen);
    const computing = await gradeHandIns(attacks.filter(({ waits }) => waits !== true), grading, 2);
    const waiting = await gradeHandIns(attacks.filter(({ waits }) => waits === true), grading, 8);
    results = new Map([...computing, ...waiting]);
    after = await leftSince(before);
  }, 600_000);

  afterAll(async () => {
    await tripwires.remove();
    delete process.env['TMPDIR'];
    rmSync(ownTemporary, { recursive: true, force: true });
  });

  const attackNamed = (name: string): Attack => corpus.get(name) ?? expect.fail(`no attack ${name}`);
  const resultOf = (name: string): SubmissionResult => results.get(name) ?? expect.fail(`${name} was not graded`);

  describe.each(names.filter((name) => chosen({ name })))('%s', (name) => {
    it('earns what its answers are worth', () => {
      const attacked = Object.fromEntries(Object.entries(attackNamed(name).tasks).map(([id, { outcome, points }]) => [id, { outcome, points }]));
      const tasks = tasksOf(resultOf(name));
      const found = Object.fromEntries(Object.keys(attacked).map((id) => [id, summary(tasks.get(id))]));
      expect(found).toEqual(attacked);
    });

    it('leaves the other tasks alone', () => {
      const others = functionTasks.map(({ id }) => shortId(id)).filter((id) => !Object.hasOwn(attackNamed(name).tasks, id));
      const tasks = tasksOf(resultOf(name));
      expect(others.length).toBeGreaterThan(0);
      expect(Object.fromEntries(others.map((id) => [id, summary(tasks.get(id))]))).toEqual(
        Object.fromEntries(others.map((id) => [id, { outcome: 'pass', points: taskOf(id)?.points }])),
      );
    });

    it('finds nothing, and says what it should', () => {
      const { console: expected, tasks: attacked } = attackNamed(name);
      const tasks = tasksOf(resultOf(name));
      const printed = [...tasks.values()].map((task) => task.console ?? '').join('\n');
      expect(printed.split('\n').filter((line) => line.includes('GAINED'))).toEqual([]);
      for (const text of expected?.has ?? []) expect(printed).toContain(inPlace(text));
      for (const text of expected?.lacks ?? []) expect(printed).not.toContain(inPlace(text));
      for (const [id, { says }] of Object.entries(attacked)) expect(saidOf(tasks.get(id))).toContain(says ?? '');
    });
  });

  const inPlace = (text: string): string =>
    text.replaceAll(/__([A-Z_]+)__/g, (whole, place: string) => (place === 'SECRET' ? tripwires.secret : (tripwires.places[place] ?? whole)));

  it('reach no listener outside the box', () => {
    expect(tripwires.touched()).toEqual([]);
  });

  it('find no secret', () => {
    const everything = JSON.stringify([...results.values()]);
    expect(everything).not.toContain(tripwires.secret);
  });

  it('leave nothing behind', () => {
    expect(after).toEqual({ processes: [], mounts: [], temporary: [], groups: [] });
  });
});

/** HOSTILE=name,name runs only those: for work on one attack. */
function chosen({ name }: { readonly name: string }): boolean {
  const only = process.env['HOSTILE']?.split(',');
  return only === undefined || only.includes(name);
}

function tasksOf(result: SubmissionResult): ReadonlyMap<string, TaskResult> {
  return new Map(result.questions.flatMap(({ tasks }) => tasks.map((task) => [shortId(task.task), task] as const)));
}

function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function summary(task: TaskResult | undefined): { outcome: string; points: number } {
  return { outcome: task?.outcome ?? 'absent', points: task?.earned ?? 0 };
}

function saidOf(task: TaskResult | undefined): string {
  return [task?.message, ...(task?.checks.map(({ message }) => message) ?? [])].join('\n');
}
