/**
 * The example batch of kth-1b, graded by the built command: the marks a person would give, the handout's own annex in
 * full, and with a person's marks filled in 100 for work that is right throughout.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/kth-1b/assignment.ts';
import { inspectBox } from '../../autograder/host/host.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { tasksOf } from '../../contract/rubric.ts';
import { elbow, type Finished, projectRoot } from './command-line.ts';

const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';
const tasks = tasksOf(assignment).map(({ id, ...task }) => ({ ...task, id: id.slice(`${assignment.id}/`.length) }));

type Verdict = readonly [marks: number, outcome: Outcome];
const OPEN: Verdict = [0, 'unanswered'];
const WAITS: Verdict = [0, 'awaiting-person'];
const failed = (marks: number): Verdict => [marks, 'fail'];
const passed = (ids: readonly string[]): Readonly<Record<string, Verdict>> => Object.fromEntries(ids.map((id) => [id, [tasks.find((task) => task.id === id)?.points ?? 0, 'pass']]));
const waiting = (ids: readonly string[]): Readonly<Record<string, Verdict>> => Object.fromEntries(ids.map((id) => [id, WAITS]));
const ofKind = (...kinds: readonly string[]): readonly string[] => tasks.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
const FUNCTIONS = ofKind('function').filter((id) => tasks.find((task) => task.id === id)?.points !== 0);
const PRACTICE = ofKind('function').filter((id) => !FUNCTIONS.includes(id));
const THREE = ['vae/trained', 'sticking-the-landing/dropping-the-score', 'sticking-the-landing/control-variate'];

/** Why, is in examples/README.md. What is not named is unanswered. */
const expected: readonly (readonly [source: string, machine: number, verdicts: Readonly<Record<string, Verdict>>])[] = [
  ['astrid-perfect', 88, { ...passed([...FUNCTIONS, ...PRACTICE, ...ofKind('derivation', 'trained', 'figure')]), ...waiting(ofKind('written')) }],
  ['bjorn-the-annex', 18, { ...passed(FUNCTIONS), ...waiting(ofKind('derivation', 'trained', 'figure', 'written')) }],
  ['cecilia-template', 0, {}],
  [
    'david-rate-as-mean',
    34,
    {
      ...passed([...FUNCTIONS, 'cavi/log-joint', 'cavi/optimal-lambda', 'vae/elbo-rewritten']),
      'reparameterisation/exp-sampler': failed(0),
      'reparameterisation/inv-cdf-exp': failed(0),
      ...waiting(['vae/trained', 'reparameterisation/exponential-histogram']),
    },
  ],
  [
    'elsa-lost-parentheses',
    71,
    {
      ...passed([...FUNCTIONS, ...ofKind('derivation')]),
      'vae/loss-function': failed(0),
      'vae/gaussian-kl': failed(7),
      ...waiting([...THREE, 'cavi/graphical-model', 'vae/reconstruction', 'vae/from-noise']),
    },
  ],
  [
    'filip-argmax-inside',
    24.5,
    {
      ...passed([...FUNCTIONS, 'sticking-the-landing/zero-mean-score']),
      'cavi/optimal-mu': failed(4.25),
      'reparameterisation/gumbel-softmax': failed(1.25),
      'reparameterisation/categorical-sampler': failed(0),
      'reparameterisation/categorical-reparametrize': failed(0),
      'reparameterisation/argmax': failed(0),
      ...waiting(['reparameterisation/categorical-histogram']),
    },
  ],
  [
    'greta-averaged-loss',
    27,
    {
      ...passed([...FUNCTIONS, 'sticking-the-landing/gradient-decomposition', 'sticking-the-landing/zero-mean-score', 'reparameterisation/exponential', 'reparameterisation/gumbel-softmax']),
      'cavi/update-z': failed(0),
      'vae/reparameterization': failed(3),
      'vae/loss-function': failed(0),
      ...waiting([...THREE.slice(1), 'vae/reconstruction']),
    },
  ],
  [
    'hedda-made-up-losses.zip',
    12,
    {
      ...passed(['vae/reparameterization', 'vae/loss-function']),
      'vae/trained': failed(0),
      // Each is a grid; neither is her checkpoint's.
      'vae/reconstruction': [1, 'awaiting-person'],
      'vae/from-noise': [1, 'awaiting-person'],
    },
  ],
];

let out: string;
let finished: Finished;

beforeAll(async () => {
  out = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-kth-'));
  finished = await grade();
}, 900_000);
afterAll(() => fs.rmSync(out, { recursive: true, force: true }));

/** Certified or not: the certificate has tests of its own. */
function grade(): Promise<Finished> {
  return elbow('grade', path.join(projectRoot, 'examples/kth-1b'), '--assignment', 'kth-1b', '--out', out, '--isolation', isolation, '--jobs', '2', '--uncertified');
}

function resultOf(source: string): SubmissionResult | undefined {
  const results = JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
  return results.find((result) => result.source === source);
}

describe('one run', () => {
  it('grades every hand-in, and needs no help', () => {
    expect(finished.stdout).toContain(`${expected.length} hand-ins graded.`);
    expect(finished.code).toBe(0);
  });

  it.each(expected)('gives %s the %d marks a person would', (source, machine, verdicts) => {
    const result = resultOf(source);
    const given = result?.questions.flatMap((question) => question.tasks).map(({ task, earned, outcome }) => [task.slice('kth-1b/'.length), [earned, outcome]]) ?? [];
    expect(Object.fromEntries(given)).toEqual({ ...Object.fromEntries(tasks.map(({ id }) => [id, OPEN])), ...verdicts });
    expect(result?.grade.machine.earned).toBe(machine);
  });

  it.each([
    ['david-rate-as-mean', /as if it were the mean\. It is the rate/],
    ['elsa-lost-parentheses', /where the parentheses after the sum are lost/],
    ['filip-argmax-inside', /argmax has no gradient, which is what the softmax is there for/],
    ['greta-averaged-loss', /the notebook’s loss is their sum/],
    ['hedda-made-up-losses', /You report the training loss 83\.80 where the checkpoint measures 543\.43/],
    ['greta-averaged-loss', /which the handout prints as if they were probabilities/],
  ])('tells %s which mistake it is', (source, sentence) => {
    expect(fs.readFileSync(path.join(out, 'students', `${source}.html`), 'utf8')).toMatch(sentence);
  });
});

it('ends at 100 for right work, once a person has marked the rest', { timeout: 900_000 }, async () => {
  const sheet = path.join(out, 'staff/manual-marks.csv');
  const [head = '', ...rows] = fs.readFileSync(sheet, 'utf8').trimEnd().split('\n');
  const filled = rows.map((row) => {
    const cells = row.split(',');
    if (cells[2] === 'astrid-perfect') cells[4] = cells[3] ?? '';
    return cells.join(',');
  });
  fs.writeFileSync(sheet, `${[head, ...filled].join('\n')}\n`);
  await grade();
  expect(resultOf('astrid-perfect')?.grade).toMatchObject({ final: 100, points: 100, awaitingPoints: 0 });
  expect(resultOf('cecilia-template')?.grade).toMatchObject({ final: 0 });
});

it('gives a run that was stopped early, and says so, the marks of its report and its pictures', { timeout: 900_000 }, async () => {
  const batch = path.join(out, 'short');
  const own = path.join(batch, 'ingrid');
  fs.cpSync(path.join(projectRoot, 'examples/kth-1b/bjorn-the-annex'), own, { recursive: true });
  fs.rmSync(path.join(own, 'report.pdf'));
  expect((await elbow('train', 'kth-vae', own, '--student', 'ingrid', '--iterations', '400')).code).toBe(0);
  const graded = path.join(out, 'short-graded');
  expect((await elbow('grade', batch, '--assignment', 'kth-1b', '--out', graded, '--isolation', isolation, '--uncertified')).code).toBe(0);
  const [result] = JSON.parse(fs.readFileSync(path.join(graded, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
  const given = new Map(result?.questions.flatMap((question) => question.tasks).map((task) => [task.task, task]));
  expect(given.get('kth-1b/vae/trained')).toMatchObject({ earned: 1, outcome: 'fail' });
  expect(given.get('kth-1b/vae/trained')?.checks[1]?.message).toMatch(/It was trained for 400 iterations; the handout asks for 3,000\.$/);
  for (const id of ['reconstruction', 'from-noise']) expect(given.get(`kth-1b/vae/${id}`)).toMatchObject({ earned: 2, outcome: 'pass' });
});
