// otter-grader and nbgrader: each installed in a folder of its own, and given the five-function notebook.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { measure, plainEnvironment } from './measure.mjs';
import { functions, nbgraderNotebook, otterNotebook, otterTests, POINTS_EACH } from './notebook.mjs';

const fullMarks = functions.length * POINTS_EACH;

/**
 * The folder of one grader's programs; an error with one clear sentence where it cannot be had. Each has
 * a folder of its own: a package that only nbgrader asks for (rfc3987-syntax) doubles the CPU time of
 * otter run when it lies beside it.
 */
export function installGrader(name, cache, say) {
  const requirements = path.join(import.meta.dirname, 'five-functions', `${name}.txt`);
  const text = readFileSync(requirements, 'utf8');
  const folder = path.join(cache, `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`);
  const complete = path.join(folder, 'complete');
  if (!existsSync(complete)) {
    say(`Installing ${text.split('\n')[0]} in ${folder} (a minute) ...`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    try {
      install('python3', ['-m', 'venv', folder]);
      install(path.join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    writeFileSync(complete, '');
  }
  return path.join(folder, 'bin');
}

function install(program, parameters) {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status === 0) return;
  const reason = error?.message ?? `${stdout}${stderr}`.trim().split('\n').at(-1);
  throw new Error(`${path.basename(program)} ${parameters.slice(0, 2).join(' ')} failed: ${reason}`);
}

/** One course with a batch of hand-ins; every run starts from a fresh copy, so that nothing is already graded. */
export function nbgrader(bin, scratch, submissions) {
  const course = path.join(scratch, 'nbgrader-course');
  const environment = graderEnvironment(bin, scratch);
  writeIn(path.join(course, 'source', 'hw', 'hw.ipynb'), nbgraderNotebook());
  measure([path.join(bin, 'nbgrader'), 'generate_assignment', 'hw'], { cwd: course, environment });
  for (let copy = 1; copy <= submissions; copy += 1) writeIn(path.join(course, 'submitted', `student${copy}`, 'hw', 'hw.ipynb'), nbgraderNotebook());
  return () => {
    const cwd = path.join(scratch, 'nbgrader-run');
    rmSync(cwd, { recursive: true, force: true });
    cpSync(course, cwd, { recursive: true });
    const used = measure([path.join(bin, 'nbgrader'), 'autograde', 'hw'], { cwd, environment });
    measure([path.join(bin, 'nbgrader'), 'export', '--to', 'grades.csv'], { cwd, environment });
    const [header, ...lines] = readFileSync(path.join(cwd, 'grades.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
    expectFullMarks('nbgrader', lines.map((line) => Number(line[header.indexOf('score')])), submissions);
    return perSubmission(used, submissions);
  };
}

/** `otter run` is one process a hand-in, so that a batch is no more than one after the other. */
export function otter(bin, scratch, submissions) {
  return otterRuns(bin, path.join(scratch, 'otter'), { notebook: otterNotebook(), tests: otterTests(), submissions, fullMarks });
}

/** The same for any notebook and its tests. */
export function otterRuns(bin, folder, { notebook, tests, submissions, fullMarks: wanted }) {
  const environment = graderEnvironment(bin, folder);
  const program = path.join(bin, 'otter');
  for (const [name, text] of tests) writeIn(path.join(folder, 'tests', name), text);
  measure([program, 'generate', '--tests-dir', 'tests', '--output-path', 'autograder.zip', '--no-environment'], { cwd: folder, environment });
  for (let copy = 1; copy <= submissions; copy += 1) writeIn(path.join(folder, `student${copy}.ipynb`), notebook);
  return () => {
    const used = { wall: 0, cpu: 0 };
    for (let copy = 1; copy <= submissions; copy += 1) {
      const out = path.join(folder, 'out');
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out);
      const { wall, cpu } = measure([program, 'run', `student${copy}.ipynb`, '--autograder', 'autograder.zip', '--output-dir', out, '--no-logo'], { cwd: folder, environment });
      used.wall += wall;
      used.cpu += cpu;
      const results = JSON.parse(readFileSync(path.join(out, 'results.json'), 'utf8'));
      expectFullMarks('otter run', [results.tests.reduce((sum, test) => sum + (test.score ?? 0), 0)], 1, wanted);
    }
    return perSubmission(used, submissions);
  };
}

/** Their configuration goes to the scratch folder, and one thread does for arrays this small. */
function graderEnvironment(bin, scratch) {
  const home = path.join(scratch, 'home');
  mkdirSync(home, { recursive: true });
  return plainEnvironment({ HOME: home, PATH: `${bin}${path.delimiter}${process.env.PATH}`, OPENBLAS_NUM_THREADS: '1' });
}

function expectFullMarks(grader, marks, submissions, wanted = fullMarks) {
  if (marks.length === submissions && marks.every((mark) => mark === wanted)) return;
  throw new Error(`${grader} was to give ${submissions} hand-ins ${wanted} marks each and gave ${marks.join(', ')}: it did not do the work that was to be measured`);
}

function perSubmission({ wall, cpu }, submissions) {
  return { wall: wall / submissions, cpu: cpu / submissions };
}

function writeIn(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
