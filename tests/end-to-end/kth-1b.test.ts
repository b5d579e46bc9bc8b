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
  ['astrid-perfect', 80, { ...passed([...FUNCTIONS, ...PRACTICE, ...ofKind('derivation')]), ...waiting(ofKind('written')) }],
  ['bjorn-the-annex', 18, { ...passed(FUNCTIONS), ...waiting(ofKind('derivation', 'written')) }],
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
