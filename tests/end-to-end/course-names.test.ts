/** A course that keeps a hand-out of its own, with names.json beside it: checked, graded, and held against a starter by the built command. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import { findPython } from '../../autograder/languages/python/find-python.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { elbow, projectRoot } from './command-line.ts';

const OWN = path.join(projectRoot, 'tests/submissions/python/own-hand-out');
const boxed = (await inspectBox()).status === 'present';
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-names-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

let made = 0;

/** The solved hand-out with texts of some files written otherwise. */
function handOut(changes: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {}): string {
  const folder = path.join(scratch, `${(made += 1)}`);
  fs.cpSync(OWN, folder, { recursive: true });
  for (const [name, pairs] of Object.entries(changes)) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, pairs.reduce((text, [from, to]) => replaced(text, from, to), fs.readFileSync(file, 'utf8')));
  }
  return folder;
}

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`nothing here is ${from}`);
  return text.replaceAll(from, to);
}

async function graded(folder: string, ...more: readonly string[]): Promise<SubmissionResult> {
  const out = path.join(scratch, `${path.basename(folder)}-out`);
  const { stderr } = await elbow('grade', folder, '--assignment', 'cs236-hw2', '--out', out, '--isolation', boxed ? 'bubblewrap' : 'none', '--uncertified', ...more);
  expect(stderr).toBe('');
  const [result] = JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
  if (result === undefined) throw new Error('nothing was graded');
  return result;
}

const outcomes = ({ questions }: SubmissionResult) => questions.flatMap((question) => question.tasks).filter(({ handoutName }) => handoutName !== '').map(({ task, outcome, earned }) => [task, outcome, earned]);

describe.skipIf(findPython() === null)('a hand-out of a course’s own', () => {
  it('gets the marks of the assignment’s: other names, order, signs, sums, values of single images', async () => {
    const result = await graded(OWN, '--names', path.join(OWN, 'names.json'));
    expect(outcomes(result).filter(([, outcome]) => outcome !== 'pass')).toEqual([]);
    expect([result.grade.machine.earned, result.notes]).toEqual([56, []]);
  });

  it('loses the same for the same mistake, and what builds on it is judged with a right function in the course’s order', async () => {
    const folder = handOut({ 'hw/dists.py': [['torch.sqrt(v) *', 'v *']] });
    fs.writeFileSync(path.join(scratch, 'term.json'), JSON.stringify({ assignment: 'cs236-hw2', name: 'a term', names: path.join(path.basename(folder), 'names.json') }));
    const result = await graded(folder, '--term', path.join(scratch, 'term.json'));
    expect(outcomes(result).filter(([, outcome]) => outcome !== 'pass')).toEqual([['cs236-hw2/vae/sample-gaussian', 'fail', 0]]);
    const [sampler, bound] = result.questions.flatMap((question) => question.tasks);
    expect(JSON.stringify(sampler)).toContain('used as the standard deviation');
    expect(bound?.message).toContain('Right with a right draw');
  });

  it('is right by luck in nothing: without its sign, order or reduction it fails', async () => {
    const folder = handOut({ 'names.json': [[', "sign": -1 },\n    "cs236-hw2/gmvae/log-normal-mixture"', ' },\n    "cs236-hw2/gmvae/log-normal-mixture"'], ['"reduction": "none"', '"reduction": "sum"'], [', "arguments": ["y", "x"]', '']] });
    const result = await graded(folder, '--names', path.join(folder, 'names.json'));
    const lost = outcomes(result).filter(([, outcome]) => outcome !== 'pass').map(([task]) => task);
    expect(lost).toEqual(['cs236-hw2/vae/negative-elbo-bound', 'cs236-hw2/gmvae/log-normal', 'cs236-hw2/fsvae/negative-elbo-bound']);
  });

  it('is checked by its students in their folder, by the names that lie there', async () => {
    const { stdout, code } = await elbow('check', handOut({ 'hw/dists.py': [['torch.sqrt(v) *', 'v *']] }), '--task', 'sample-gaussian');
    expect([stdout, code]).toEqual([expect.stringMatching(/✗ not right yet 0 of 6 .*hw\/dists\.py:8 draw/), 1]);
  });
});

describe.skipIf(findPython() === null)('elbow doctor --starter', () => {
  it('finds every function of a solution', async () => {
    const { stdout, code } = await elbow('doctor', '--starter', OWN);
    expect(stdout).toContain('✓ cs236-hw2/vae/sample-gaussian  draw in hw/dists.py:8');
    expect(stdout).toContain('All 9 functions are found, and take what they will be called with.\nAs it stands, every one of them passes: it is a solution.');
    expect(code).toBe(0);
  });

  it('tells that a starter reads as unwritten, or which of its functions does not', async () => {
    const folder = handOut();
    for (const name of ['hw/dists.py', 'hw/nets.py', 'hw/labels.py']) {
      const file = path.join(folder, name);
      const indent = name === 'hw/dists.py' ? '    ' : '        ';
      // Every function that is asked for is left empty.
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll(/^( *def (?:draw|surprise|mixture|elbo|loss|iwae)\(.*\):\n)(?:(?: {4}.*)?\n)*?(?=\n*(?: *def |class )|(?![^]))/gm, `$1${indent}raise NotImplementedError\n\n`));
    }
    expect((await elbow('doctor', '--starter', folder)).stdout).toContain('As it stands, every one of them is taken for not written yet.');
    fs.writeFileSync(path.join(folder, 'hw/dists.py'), fs.readFileSync(path.join(folder, 'hw/dists.py'), 'utf8').replace('raise NotImplementedError', 'return m'));
    const { stdout, code } = await elbow('doctor', '--starter', folder);
    expect(stdout).toContain('As it stands, one of them is not taken for unwritten: cs236-hw2/vae/sample-gaussian (fail).\n  Next  ');
    expect(code).toBe(1);
  });

  it('names what is missing, and the next step', async () => {
    const folder = handOut({
      'names.json': [['"function": "draw", "arguments": ["v", "m"]', '"function": "sample"'], ['"module": "hw/labels.py", "function": "Semi.elbo"', '"module": "hw/semi.py", "function": "Semi.elbo"']],
      'hw/dists.py': [['def mixture(m, v, z)', 'def mixture(m, v)']],
      'hw/labels.py': [['class Full(torch.nn.Module)', 'Full = 3\nclass Other(torch.nn.Module)']],
    });
    const { stdout, code } = await elbow('doctor', '--starter', folder);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ cs236-hw2/vae/sample-gaussian  hw/dists.py has nothing named sample; it has draw, surprise, mixture');
    expect(stdout).toContain('"functions": { "cs236-hw2/vae/sample-gaussian": { "function": … } }');
    expect(stdout).toContain('✗ cs236-hw2/gmvae/log-normal-mixture  mixture in hw/dists.py: it takes (m, v), and is called with 3');
    expect(stdout).toContain('✗ cs236-hw2/ssvae/negative-elbo-bound  there is no hw/semi.py; here are ');
    expect(stdout).toContain('Next  add "module" to cs236-hw2/ssvae/negative-elbo-bound in ');
    expect(stdout).toMatch(/✗ cs236-hw2\/fsvae\/negative-elbo-bound {2}/);
    expect(stdout).toContain('4 of 9 functions are not found as they are needed.');
  });
});

describe('a file of names that cannot mean what it says', () => {
  const refused = async (text: string) => {
    const file = path.join(scratch, `names-${(made += 1)}.json`);
    fs.writeFileSync(file, text);
    const { stderr, code } = await elbow('grade', OWN, '--assignment', 'cs236-hw2', '--names', file);
    expect(code).toBe(64);
    return stderr;
  };
  const of = (functions: object, assignment = 'cs236-hw2'): string => JSON.stringify({ assignment, functions });

  it.each([
    ['no JSON', '{', 'is not a file of names'],
    ['an unknown key', of({ 'cs236-hw2/vae/sample-gaussian': { func: 'draw' } }), 'must NOT have additional properties (func)'],
    ['a name that is code', of({ 'cs236-hw2/vae/sample-gaussian': { function: 'draw(1)' } }), 'must match pattern'],
    ['a path out of the hand-in', of({ 'cs236-hw2/vae/sample-gaussian': { module: '/etc/passwd.py' } }), 'must match pattern'],
    ['a task that is none', of({ 'cs236-hw2/vae/draw': {} }), 'which is no function of cs236-hw2. Its functions are:\n  cs236-hw2/vae/sample-gaussian'],
    ['an argument left out', of({ 'cs236-hw2/vae/sample-gaussian': { arguments: ['v'] } }), '"arguments" must hold each of m and v once'],
    ['parts of one value', of({ 'cs236-hw2/vae/sample-gaussian': { returns: ['z'] } }), '"returns" has no place here'],
    ['a part left out', of({ 'cs236-hw2/vae/negative-elbo-bound': { returns: ['kl', 'rec'] } }), '"returns" must hold each of nelbo, kl, and rec once'],
    ['a sign of a part that is none', of({ 'cs236-hw2/vae/negative-elbo-bound': { sign: { elbo: -1 } } }), '"sign" names elbo; the parts are nelbo, kl, and rec'],
    ['a reduction where there is none', of({ 'cs236-hw2/gmvae/log-normal': { reduction: 'sum' } }), '"reduction" has no place here'],
    ['another assignment', of({}, 'no-such'), "There is no assignment 'no-such'"],
  ])('is refused: %s', async (_, text, reason) => {
    expect(await refused(text)).toContain(reason);
  });
});
