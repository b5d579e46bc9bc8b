/**
 * The example batch of nyu-hw4, graded by the built command: the marks a person would give, broken rules of packaging by
 * name, a notebook left to a person, and with a person's marks filled in 100 and the bonus for work that is right throughout.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/nyu-hw4/assignment.ts';
import { inspectBox } from '../../autograder/host/host.ts';
import { findPython } from '../../autograder/languages/python/find-python.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { tasksOf } from '../../contract/rubric.ts';
import { elbow, type Finished, projectRoot } from './command-line.ts';

/** Without one the functions of a notebook cannot be graded, which costs nothing either. */
const hasPython = findPython() !== null;
const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';
const tasks = tasksOf(assignment).map(({ id, ...task }) => ({ ...task, id: id.slice(`${assignment.id}/`.length) }));

type Verdict = readonly [marks: number, outcome: Outcome];
type Verdicts = Readonly<Record<string, Verdict>>;
const OPEN: Verdict = [0, 'unanswered'];
const failed = (marks: number): Verdict => [marks, 'fail'];
const passed = (ids: readonly string[]): Verdicts => Object.fromEntries(ids.map((id) => [id, [tasks.find((task) => task.id === id)?.points ?? 0, 'pass']]));
const waiting = (ids: readonly string[]): Verdicts => Object.fromEntries(ids.map((id) => [id, [0, 'awaiting-person']]));
const notGradable = (ids: readonly string[]): Verdicts => Object.fromEntries(ids.map((id) => [id, [0, 'not-gradable']]));
const ofKind = (kind: string): readonly string[] => tasks.filter((task) => task.kind === kind).map(({ id }) => id);
const WRITTEN = ofKind('written');
const NETWORKS = ofKind('networks');
/** Without native TensorFlow nothing is trained, and a person reads what is reported. */
const hasNative = typescript.launch('native') !== null;
const trained = hasNative ? passed : waiting;
const marksOf = (ids: readonly string[]): number => (hasNative ? ids.reduce((sum, id) => sum + (passed([id])[id]?.[0] ?? 0), 0) : 0);
const CONV_NETWORKS = NETWORKS.filter((id) => id.startsWith('conv-vae/'));
const CONDITIONAL_NETWORKS = NETWORKS.filter((id) => id.startsWith('conditional-vae/'));
const DERIVATIONS = ofKind('derivation');
const CONV = ofKind('function').filter((id) => id.startsWith('conv-vae/'));
const CONDITIONAL = ofKind('function').filter((id) => id.startsWith('conditional-vae/'));

interface Expected {
  readonly source: string;
  readonly student: string;
  readonly machine: number;
  readonly broken: readonly string[];
  /** What is not named is unanswered. */
  readonly verdicts: Verdicts;
}

/** Why, is in examples/README.md. A PDF may answer whatever no file of ours answers: a person looks. */
const expected: readonly Expected[] = [
  { source: 'okafor-ada-ao1201-hw4.zip', student: 'ao1201', machine: 77 + marksOf(NETWORKS), broken: [], verdicts: { ...passed([...CONV, ...CONDITIONAL, ...DERIVATIONS]), ...trained(NETWORKS), ...waiting(WRITTEN) } },
  {
    source: 'lindqvist-bo-bl2202-hw4',
    student: 'bl2202',
    machine: 72 + marksOf(NETWORKS),
    broken: [],
    verdicts: { ...passed([...CONV, ...CONDITIONAL, ...DERIVATIONS]), ...trained(NETWORKS), ...waiting([...WRITTEN, 'theory/joint-plus-entropy']) },
  },
  { source: 'moreno-carla-cm3303-hw4.zip', student: 'cm3303', machine: 0, broken: ['one-pdf'], verdicts: {} },
  {
    source: 'duval-didier-dd4404-hw4',
    student: 'dd4404',
    machine: 61.5,
    broken: ['id-in-names'],
    verdicts: {
      ...passed([...CONV, ...CONDITIONAL, ...DERIVATIONS]),
      ...waiting([...WRITTEN, ...NETWORKS]),
      'theory/reconstruction-minus-kl': failed(3.25),
      'theory/gaussian-squared-error': failed(6.25),
      'conv-vae/reparameterize': failed(0),
      'conv-vae/loss': failed(1),
    },
  },
  {
    source: 'eriksen homework4.zip',
    student: 'eriksen_homework4',
    machine: 26.25 + marksOf(CONV_NETWORKS),
    broken: ['archive-name', 'one-pdf', 'id-in-names'],
    verdicts: {
      ...passed([...CONV, 'conditional-vae/encoder']),
      ...trained(CONV_NETWORKS),
      ...waiting([...WRITTEN, ...CONDITIONAL_NETWORKS, ...DERIVATIONS]),
      'conditional-vae/decoder': failed(3.25),
      'conditional-vae/negative-elbo': failed(0),
      'conditional-vae/generate': failed(0),
    },
  },
  {
    source: 'fuentes-faye-ff6606-hw4',
    student: 'ff6606',
    machine: 14,
    broken: [],
    verdicts: { ...passed(CONV), ...waiting([...WRITTEN, ...NETWORKS, ...DERIVATIONS]), 'conv-vae/reparameterize': failed(2), 'conv-vae/loss': failed(1) },
  },
  { source: 'grant-gil-gg7707-hw4.zip', student: 'gg7707', machine: 0, broken: [], verdicts: { ...waiting(tasks.map(({ id }) => id)), ...(hasPython ? {} : notGradable([...CONV, ...CONDITIONAL])) } },
  {
    source: 'haddad-hana-hh8808-hw4',
    student: 'hh8808',
    machine: 24,
    broken: ['one-notebook'],
    verdicts: { ...passed(CONV), ...waiting([...WRITTEN, ...NETWORKS, ...DERIVATIONS]), ...passed(['theory/elbo-plus-kl']), 'conv-vae/negative-elbo': failed(0) },
  },
];

let out: string;
let finished: Finished;

beforeAll(async () => {
  out = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-nyu-'));
  finished = await grade();
}, 900_000);
afterAll(() => fs.rmSync(out, { recursive: true, force: true }));

/** Certified or not: the certificate has tests of its own. */
function grade(): Promise<Finished> {
  return elbow('grade', path.join(projectRoot, 'examples/nyu-hw4'), '--assignment', 'nyu-hw4', '--out', out, '--isolation', isolation, '--jobs', '2', '--uncertified');
}

function resultOf(source: string): SubmissionResult {
  const results = JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
  const found = results.find((result) => result.source === source);
  if (found === undefined) throw new Error(source);
  return found;
}

describe('one run', () => {
  it('grades every hand-in, and needs no help where there is a Python for notebooks', () => {
    expect(finished.stdout).toContain(`${expected.length} hand-ins graded.`);
    expect(finished.code).toBe(hasPython ? 0 : 1);
  });

  it.each(expected)('gives $source the $machine marks a person would', ({ source, machine, verdicts }) => {
    const { grade: marks, questions } = resultOf(source);
    const given = questions.flatMap((question) => question.tasks).map(({ task, earned, outcome }) => [task.slice('nyu-hw4/'.length), [earned, outcome]] as const);
    expect(Object.fromEntries(given)).toEqual({ ...Object.fromEntries(tasks.map(({ id }) => [id, OPEN])), ...verdicts });
    expect(marks.machine.earned).toBe(machine);
  });

  it.each(expected)('knows whose $source is, and which rules of packaging it breaks', ({ source, student, broken }) => {
    const { student: own, brokenRules = [] } = resultOf(source);
    expect([own.id, brokenRules.map(({ rule }) => rule)]).toEqual([student, broken]);
  });

  it('never takes the name of a file for a NetID', () => {
    expect(resultOf('eriksen homework4.zip').brokenRules?.find(({ rule }) => rule === 'id-in-names')?.message).toMatch(/^The NetID is asked for/);
  });

  it.each([
    ['dd4404', /KL divergence without its factor of one half/],
    ['eriksen_homework4', /the encoder is not told the class/],
    ['ff6606', /when the pixels are averaged/],
    ['gg7707', hasPython ? /hw_4\.ipynb has nothing named build_encoder\. A person marks this from it/ : /fault on the grader’s side\. It costs no marks/],
  ])('tells %s what is wrong', (student, sentence) => {
    expect(fs.readFileSync(path.join(out, 'students', `${student}.html`), 'utf8')).toMatch(sentence);
  });
});

it.skipIf(!hasPython)('tells who marks a notebook what to look for, and in which file', () => {
  const page = fs.readFileSync(path.join(out, 'staff/marking/conv-vae-loss.html'), 'utf8');
  expect(page).toContain('- 1.5 marks: nelbo');
  expect(page).toContain('hw_4.ipynb');
  const task = resultOf('grant-gil-gg7707-hw4.zip').questions.flatMap((question) => question.tasks).find(({ task: id }) => id === 'nyu-hw4/conv-vae/loss');
  expect(task?.attachments).toEqual([{ name: 'hw_4.ipynb', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
});

it('ends at 100 and the whole bonus for right work, once a person has marked the rest', { timeout: 900_000 }, async () => {
  const sheet = path.join(out, 'staff/manual-marks.csv');
  const [head = '', ...rows] = fs.readFileSync(sheet, 'utf8').trimEnd().split('\n');
  const columns = head.split(',');
  const filled = rows.map((row) => {
    const cells = row.split(',');
    if (cells[columns.indexOf('student_id')] === 'ao1201') cells[columns.indexOf('mark')] = String(tasks.find(({ id }) => cells[columns.indexOf('task')] === `nyu-hw4/${id}`)?.points ?? '');
    return cells.join(',');
  });
  fs.writeFileSync(sheet, `${[head, ...filled].join('\n')}\n`);
  await grade();
  expect(resultOf('okafor-ada-ao1201-hw4.zip').grade).toMatchObject({ raw: 100, bonus: 8, final: 108, awaitingPoints: 0 });
  expect(resultOf('moreno-carla-cm3303-hw4.zip').grade).toMatchObject({ final: 0 });
});
