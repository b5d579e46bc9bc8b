/** The example batch, graded for real by the built command: every mark, byte for byte, on every backend. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import type { Backend } from '../../contract/messages.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { elbow, filesBelow, type Finished, projectRoot } from './command-line.ts';
import { expectedHandIns, short } from './example-marks.ts';
import { hiddenNumbersIn } from './hidden-numbers.ts';

const examples = path.join(projectRoot, 'examples/cs236-hw2');
const students = path.join(projectRoot, 'examples/cs236-hw2-students.csv');
/** Runs into the same limit everywhere: ten seconds of computing that say nothing about a backend. */
const ENDLESS = 'milo-never-returns';
/** Where there is no sandbox the marks are the same; what the one who looks around finds is not. */
const boxed = (await inspectBox()).status === 'present';
const MARKUP = '<script>alert(1)</script>';
const MINUTES = 60_000;

let work: string;
let first: string;
let finished: Finished;

beforeAll(async () => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-examples-'));
  first = path.join(work, 'first');
  finished = await grade(examples, first, '--students', students, '--jobs', '2');
}, 15 * MINUTES);

afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

function grade(batch: string, out: string, ...options: readonly string[]): Promise<Finished> {
  return elbow('grade', batch, '--assignment', 'cs236-hw2', '--out', out, '--isolation', boxed ? 'bubblewrap' : 'none', ...options);
}

function resultsIn(out: string): readonly SubmissionResult[] {
  return JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
}

/** Marks and outcomes of every task, in the form of the expectations. */
function verdictsIn(out: string) {
  return resultsIn(out).map(({ source, status, grade: { machine }, questions }) => {
    const tasks = questions.flatMap((question) => question.tasks);
    return { source, status, machine: machine.earned, verdicts: Object.fromEntries(tasks.map(({ task, earned, outcome }) => [short(task), [earned, outcome]])) };
  });
}

function page(source: string): string {
  const result = resultsIn(first).find((candidate) => candidate.source === source);
  return fs.readFileSync(path.join(first, 'students', `${result?.student.id}.html`), 'utf8');
}

describe('one run', () => {
  it('says that one hand-in needs a person, and which', () => {
    expect(finished.stderr).toBe('');
    expect(finished.stdout).toContain('27 hand-ins graded, 1 refused.');
    expect(finished.stdout).toMatch(/Refused: s1000020: The zip is damaged or cut short/);
    expect(finished.code).toBe(1);
  });

  it('finds every hand-in on the list, and nothing else', () => {
    expect(finished.stdout).not.toMatch(/Listed but not handed in|Handed in but not listed|Not a hand-in/);
    expect(verdictsIn(first).map(({ source }) => source)).toEqual(expectedHandIns.map(({ source }) => source));
  });

  it.each(expectedHandIns)('gives $source the $machine marks a person would', (expected) => {
    expect(verdictsIn(first).find(({ source }) => source === expected.source)).toEqual(expected);
  });

  it('blames the grader for nothing', () => {
    const open = resultsIn(first).filter(({ status, grade: { notGradablePoints } }) => status === 'not-gradable' || notGradablePoints > 0);
    expect(open.map(({ source }) => source)).toEqual([]);
    expect(fs.readFileSync(path.join(first, 'staff/logs/grading.log'), 'utf8')).toMatch(/^isolation: .*\n$/);
  });

  it('shows students no number that a hidden case expects', async () => {
    const forStudents = [...filesBelow(path.join(first, 'students')).values()].map((bytes) => bytes.toString('utf8'));
    expect(forStudents).toHaveLength(expectedHandIns.length);
    expect(await hiddenNumbersIn(forStudents)).toEqual([]);
  });

  it('writes a page for every student and three files about the class', () => {
    const pages = resultsIn(first).map(({ student }) => `students/${student.id}.html`);
    // Pages for markers, one an answer, and what is kept for a rerun have tests of their own.
    const files = [...filesBelow(first).keys()].filter((name) => !/^staff\/(marking|machine)\//.test(name));
    const staff = ['class.html', 'fixtures.json', 'grades.csv', 'grades.json', 'logs/grading.log', 'manual-marks.csv', 'times.json'];
    expect(files).toEqual([...staff.map((name) => `staff/${name}`), ...pages]);
  });
});

describe('what students read', () => {
  const said: readonly (readonly [source: string, text: RegExp])[] = [
    ['kofi-does-not-compile.zip', /vae\.ts does not compile: Expected &quot;\)&quot; but found &quot;;&quot; \(vae\.ts:27:89\)/],
    ['lena-throws', /Error in matMul: inner shapes \(3\) and \(4\)/],
    // The error starts inside the library; the line is the student's own.
    ['lena-throws', /gmvae\.ts:26:23/],
    ['milo-never-returns', /stopped after 5 seconds of computing/],
    ['nina-exits', /process\.exit/],
    ['nina-exits', /log weights \[ 6, 5 \]/],
    ['omar-prints-a-megabyte', /printed in a hidden case is not shown/],
    ['omar-prints-a-megabyte', /given\/divergences\.ts was edited/],
    ['petra-nan-and-column', /NaN \(not a number\)/],
    ['petra-nan-and-column', /shape \[5, 1\] where \[5\] is asked for/],
    ['quinn-looks-for-answers', /fixtures: 0/],
    ['quinn-looks-for-answers', /environment: 0/],
    ['uma-half-done.zip', /ssvae\.ts is missing/],
    ['vera-underflow', /holds an infinity/],
  ];

  it.for(said)('%s: %s', ([source, text], { skip }) => {
    skip(!boxed && source === 'quinn-looks-for-answers', 'there is no sandbox on this machine');
    const lines = page(source).split('\n');
    expect(lines.find((line) => text.test(line))).toBeDefined();
  });

  it('tells the marker of the macOS zip about none of the copies it holds', () => {
    expect(page('bela-other-ways.zip')).not.toMatch(/__MACOSX|DS_Store/);
  });
});

describe('markup in a hand-in', () => {
  it('is text on every page', () => {
    const pages = [...filesBelow(first)].filter(([name]) => name.endsWith('.html')).map(([name, bytes]) => [name, bytes.toString('utf8')] as const);
    expect(pages.length).toBeGreaterThan(expectedHandIns.length);
    const raw = pages.filter(([, html]) => /<script|<img[^>]*src=.?x\b|<h1>98\.9|<b>m =/i.test(html));
    expect(raw.map(([name]) => name)).toEqual([]);
  });

  it('is shown where it was: name, console, error, answers', () => {
    const escaped = MARKUP.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const rosa = page('rosa-script-tags');
    const [name = '', ...tasks] = rosa.split('sampleGaussian in distributions.ts');
    expect(name).toContain(`${escaped} Rosa`);
    expect(tasks.join('')).toContain(`${escaped} [ 5, 3 ]`);
    expect(tasks.join('')).toContain(`It threw TypeError: ${escaped}`);
    expect(tasks.join('')).toContain(`${escaped} nelbo 101.5`);
    expect(fs.readFileSync(path.join(first, 'staff/class.html'), 'utf8')).toContain(`${escaped} Rosa`);
  });

  it('does not reach a template: what looks like one stays as it was written', () => {
    expect(page('rosa-script-tags')).toContain('{{{student.id}}}');
  });
});

describe('trained models', () => {
  it('are shown with their pictures: what was handed in, and what their checkpoint draws', () => {
    const captions = [...page('ada-perfect').matchAll(/<figcaption>([^<]*)</g)].map(([, caption]) => caption);
    expect(captions).toEqual(['Handed in as vae-samples.png', 'Drawn by elbow from your checkpoint', 'Handed in as gmvae-samples.png']);
  });

  it.each([
    ['wanda-trained-too-short', 'It was trained for 100 iterations; the handout asks for 20,000.'],
    ['xenia-trained-with-a-wrong-loss', 'sampleGaussian in distributions.ts is marked wrong above, and a model trained with it cannot be as good: that is paid for there and costs nothing here.'],
    ['yara-cut-off-checkpoint', 'checkpoints/vae.safetensors cannot be used: tensor decoder.1.kernel does not agree with its size. A person marks what is reported.'],
    ['yusuf-made-up-numbers', 'You report nelbo 99.80 where the checkpoint measures 228.53'],
    ['zane-ten-gigabyte-header', 'checkpoints/vae.safetensors cannot be used: the header claims to be larger than 1 MiB.'],
    ['zora-nan-checkpoint.zip', 'The model in checkpoints/vae.safetensors has diverged'],
  ])('%s reads why', (source, text) => {
    expect(page(source)).toContain(text);
  });

  it('have their copies named to staff, and to nobody else', () => {
    const note = /The picture for cs236-hw2\/vae\/samples is the same in the hand-ins of s1000001 and s1000026/;
    expect(fs.readFileSync(path.join(first, 'staff/class.html'), 'utf8')).toMatch(note);
    expect(page('ada-perfect')).not.toContain('s1000026');
  });

  it('leave no picture in lists for other programs', () => {
    expect(fs.statSync(path.join(first, 'staff/grades.json')).size).toBeLessThan(2_000_000);
    expect(fs.readFileSync(path.join(first, 'staff/grades.json'), 'utf8')).not.toContain('iVBORw0KGgo');
  });
});

describe('another run', () => {
  it('with another number of jobs gives the same bytes', { timeout: 15 * MINUTES }, async () => {
    const again = path.join(work, 'again');
    await grade(examples, again, '--students', students, '--jobs', '3');
    const [a, b] = [lasting(first), lasting(again)];
    expect([...b.keys()]).toEqual([...a.keys()]);
    expect([...a].filter(([name, bytes]) => b.get(name)?.equals(bytes) !== true).map(([name]) => name)).toEqual([]);
  });

  it.for<Backend>(['native', 'wasm', 'cpu'])('on %s gives the same marks and outcomes', { timeout: 15 * MINUTES }, async (backend, { skip }) => {
    skip(typescript.launch(backend) === null, `the ${backend} backend is not on this machine`);
    const out = path.join(work, backend);
    const batch = path.join(work, `batch-${backend}`);
    fs.cpSync(examples, batch, { recursive: true, filter: (file) => path.basename(file) !== ENDLESS });
    await grade(batch, out, '--jobs', '2', '--backend', backend);
    expect(verdictsIn(out)).toEqual(expectedHandIns.filter(({ source }) => source !== ENDLESS));
  });
});

/** Everything but how long it took. */
function lasting(out: string): ReadonlyMap<string, Buffer> {
  return new Map([...filesBelow(out)].filter(([name]) => name !== 'staff/times.json' && !/^staff\/(logs|machine)\//.test(name)));
}

describe('examples/README.md', () => {
  it('states the marks that are expected here', () => {
    // The other batches follow under headings of their own.
    const [, section = ''] = fs.readFileSync(path.join(projectRoot, 'examples/README.md'), 'utf8').split(/^# /m);
    const rows = section.matchAll(/^\| `([^`]+)` \|[^|]*\| (\S+) \|/gm);
    const stated = [...rows].map(([, source, marks]) => [source, marks]);
    expect(stated).toEqual(expectedHandIns.map(({ source, status, machine }) => [source, status === 'refused' ? 'none' : String(machine)]));
  });
});
