/** The example batches of both editions, graded by the built command: what each hand-in gets, and full marks once a person has marked. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { elbow, type Finished, projectRoot } from './command-line.ts';

const boxed = (await inspectBox()).status === 'present';
const MINUTES = 60_000;

/** Marks of the machine, and the tasks that it does not give full marks: what they earned, and how they ended. */
type Expected = readonly [machine: number, short: Readonly<Record<string, readonly [number, string]>>];

const fail = (earned: number) => [earned, 'fail'] as const;
const waits = [0, 'awaiting-person'] as const;
const open = [0, 'unanswered'] as const;
const all = (questions: Readonly<Record<string, readonly string[]>>, outcome: readonly [number, string]) =>
  Object.fromEntries(Object.entries(questions).flatMap(([question, tasks]) => tasks.map((task) => [`${question}/${task}`, outcome])));

const plots = ['a-1', 'a-2', 'b', 'c-1', 'c-2', 'd'];
const seen = all({ 'network-plots': plots, cvae: ['hardest-digit'] }, waits);
const estimators = all({ 'gradient-estimators': ['naive', 'reparameterised'] }, open);
const functionsOf = { vae: ['reconstruct', 'kl-divergence', 'binary-cross-entropy', 'elbo', 'train-mnist-vae'], cvae: ['reconstruct', 'celbo', 'train-mnist-cvae'] };
const lipschitz = { 'logistic-regression': ['a', 'b', 'c'] };
const estimates = { 'gradient-estimators': ['a', 'b'] };
const celbo = { cvae: ['celbo-derivation', 'celbo-statement'] };

const batches: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  'ualberta-a4-2022': {
    'alma-everything': [70, seen],
    'boris-template': [0, { ...all(lipschitz, open), ...all(estimates, open), ...estimators, ...all({ 'network-plots': plots }, open), ...all(functionsOf, open), ...all(celbo, open), 'cvae/hardest-digit': open }],
    // The sign is paid where it is made: elbo, celbo and training are right with a right divergence.
    'chen-kl-sign': [56.75, { ...seen, ...all({ 'network-plots': ['b', 'c-1', 'c-2', 'd'], cvae: ['hardest-digit'] }, open), 'logistic-regression/b': fail(0), 'vae/kl-divergence': fail(0), 'cvae/celbo-derivation': fail(1.75) }],
    'dana-last-batch-dropped': [64, { ...seen, 'vae/train-mnist-vae': fail(6), 'cvae/train-mnist-cvae': fail(3) }],
    'elif-class-hidden': [66, { ...seen, 'cvae/hardest-digit': open, 'cvae/reconstruct': fail(1) }],
    'femi-other-imports': [70, seen],
    'gita-answers-in-a-pdf': [40, { ...seen, ...estimators, ...all(lipschitz, waits), ...all(estimates, waits), ...all(celbo, waits) }],
    'hugo-no-gradient': [24, { ...all({ 'network-plots': plots }, open), ...all({ cvae: functionsOf.cvae }, open), ...all(lipschitz, open), ...all(celbo, open), 'cvae/hardest-digit': open, 'network-plots/a-1': waits, 'gradient-estimators/a': waits, 'gradient-estimators/b': open, 'vae/reconstruct': fail(4) }],
    'ines-first-questions-only': [20, { ...estimators, ...all({ 'network-plots': plots }, open), ...all(functionsOf, open), ...all(celbo, open), 'cvae/hardest-digit': open }],
    'jun-probabilities-as-logits': [42, { ...seen, ...all({ 'network-plots': ['a-2', 'b', 'd'], cvae: ['hardest-digit', 'celbo-derivation'], 'logistic-regression': ['b', 'c'], 'gradient-estimators': ['a', 'b'] }, open), 'vae/reconstruct': fail(1), 'vae/binary-cross-entropy': fail(3) }],
  },
  'ualberta-a4-2025': {
    'kira-everything': [100, { 'cvae/hardest-digit': waits }],
    'leo-template': [0, { ...all(estimates, open), ...estimators, ...all(functionsOf, open), ...all(celbo, open), 'cvae/hardest-digit': open }],
    'mara-kl-left-out': [90, { 'vae/elbo': fail(0), 'cvae/hardest-digit': waits }],
    'noor-answers-in-a-pdf': [70, { ...all(estimates, waits), ...all(celbo, waits), 'cvae/hardest-digit': waits }],
    // Her loss needs the two terms of question 2, which are open: judged with right ones.
    'olek-question-three-only': [40, { ...all(estimates, open), ...estimators, ...all({ vae: functionsOf.vae }, open), 'cvae/hardest-digit': waits }],
    'petra-labels-shuffled-apart': [80.2, { ...all(celbo, open), 'cvae/hardest-digit': open, 'cvae/train-mnist-cvae': fail(3.2) }],
  },
};

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-ualberta-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

describe.each(Object.entries(batches))('%s', (id, expected) => {
  const out = path.join(work, id);
  let finished: Finished;
  const grade = (): Promise<Finished> =>
    elbow('grade', path.join(projectRoot, 'examples', id), '--assignment', id, '--students', path.join(projectRoot, `examples/${id}-students.csv`), '--out', out, '--isolation', boxed ? 'bubblewrap' : 'none', '--jobs', '2');
  const results = (): readonly SubmissionResult[] => JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
  const of = (source: string): SubmissionResult => {
    const found = results().find((result) => result.source === source);
    if (found === undefined) throw new Error(source);
    return found;
  };
  const full = Object.keys(expected)[0] ?? '';

  beforeAll(async () => {
    finished = await grade();
  }, 15 * MINUTES);

  it('is graded whole', () => {
    expect(finished.stderr).toBe('');
    expect(results().map(({ source, status }) => [source, status])).toEqual(Object.keys(expected).map((source) => [source, 'graded']));
  });

  it.each(Object.entries(expected))('gives %s the marks that a person would', (source, [machine, short]) => {
    const { grade: marks, questions } = of(source);
    const tasks = questions.flatMap((question) => question.tasks);
    const notPassed = tasks.filter(({ outcome }) => outcome !== 'pass').map(({ task, earned, outcome }) => [task.split('/').slice(1).join('/'), [earned, outcome]] as const);
    expect(Object.fromEntries(notPassed)).toEqual(short);
    expect(marks.machine.earned).toBeCloseTo(machine, 6);
  });

  it('gives full marks for everything right, once a person has marked what is theirs', async () => {
    const sheet = path.join(out, 'staff/manual-marks.csv');
    const [head = '', ...lines] = fs.readFileSync(sheet, 'utf8').trimEnd().split(/\r?\n/);
    const columns = head.split(',');
    const { student, questions } = of(full);
    const points = new Map(questions.flatMap((question) => question.tasks.map((task) => [task.task, task.points] as const)));
    const marked = lines.map((line) => {
      const cells = line.split(',');
      const task = cells[columns.indexOf('task')] ?? '';
      if (cells[columns.indexOf('student_id')] === student.id) cells[columns.indexOf('mark')] = String(points.get(task) ?? '');
      return cells.join(',');
    });
    fs.writeFileSync(sheet, `${[head, ...marked].join('\n')}\n`);
    await grade();
    const { grade: marks } = of(full);
    expect(marks.raw).toBe(marks.points);
    expect(marks.final).toBe(100);
  }, 15 * MINUTES);
});

describe('what the reports say', () => {
  const result = (id: string, source: string): SubmissionResult | undefined =>
    (JSON.parse(fs.readFileSync(path.join(work, id, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[]).find((candidate) => candidate.source === source);

  it('lists changed imports, and takes nothing for them', () => {
    expect(result('ualberta-a4-2022', 'femi-other-imports')?.notes).toEqual([expect.stringMatching(/^The imports of vae\.ts are not those of the template.*draw/)]);
    expect(result('ualberta-a4-2022', 'alma-everything')?.notes).toEqual([]);
  });

  it('rounds what is complete and below 40 down to nothing, with a line that says so', () => {
    expect(result('ualberta-a4-2022', 'ines-first-questions-only')?.grade).toMatchObject({ raw: 20, final: 0, adjustments: [{ rule: 'from 0 % on the mark is 0 %', from: 20, to: 0 }] });
  });

  it('praises the tight constant', () => {
    const tasks = result('ualberta-a4-2022', 'alma-everything')?.questions.flatMap((question) => question.tasks);
    expect(tasks?.find(({ task }) => task.endsWith('logistic-regression/a'))?.message).toContain('1/4 is the smallest constant');
  });

  it('scales question 3 of 2025 by 40/45, with a line of its own', () => {
    expect(result('ualberta-a4-2025', 'kira-everything')?.grade.adjustments).toEqual([{ rule: 'the 45 marks of “Conditional variational autoencoder” count for 40', from: 105, to: 100 }]);
  });

  it('names the mistakes', () => {
    const named = (id: string, source: string): readonly string[] => result(id, source)?.questions.flatMap((question) => question.tasks.flatMap(({ diagnosis }) => diagnosis?.ids ?? [])) ?? [];
    expect(named('ualberta-a4-2022', 'chen-kl-sign')).toEqual(['kl-divergence/sign']);
    expect(named('ualberta-a4-2022', 'dana-last-batch-dropped')).toEqual(['train-mnist-vae/last-batch-dropped', 'train-mnist-cvae/last-batch-dropped']);
    expect(named('ualberta-a4-2025', 'mara-kl-left-out')).toEqual(['elbo/kl-left-out']);
  });
});
