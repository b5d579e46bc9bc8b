// What grading one hand-in in Python takes, and where it goes: elbow and otter-grader side by side on the same functions.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../scripts/setup/cache-folder.mjs';
import { measure, median, plainEnvironment, table } from './measure.mjs';
import { installGrader, otterRuns } from './other-graders.mjs';
import { functions, notebook, otterTests, POINTS_EACH } from './python-notebook.mjs';

const usage = `Usage: npm run bench:python -- [--submissions N] [--repetitions N] [--skip-others]

Wall and CPU seconds per hand-in of CS 236 homework 2 in PyTorch, every process counted. A batch of N and one of
3 N are graded: their difference is the steady state, without what a batch takes to start.`;

const root = path.dirname(import.meta.dirname);
const reference = path.join(root, 'reference/cs236-hw2/python');
const template = path.join(root, 'student-template/cs236-hw2-python');
const FIVE = ['codebase/utils.py', 'codebase/models/vae.py'];

const { values: options } = parseArgs({
  options: { submissions: { type: 'string', default: '8' }, repetitions: { type: 'string', default: '3' }, 'skip-others': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
const submissions = Number(options.submissions);
let runs = 0;

if (options.help || !(submissions > 0)) {
  console.log(usage);
} else {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'elbow-bench-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  run(scratch);
}

function run(scratch) {
  console.log(`${os.cpus()[0].model}, ${os.availableParallelism()} cores, Node ${process.versions.node}; load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]} before the first run`);
  const elbow = [
    ['elbow, the same five functions, --jobs 1', 'five', ['--jobs', '1']],
    ['elbow, whole hand-in, --jobs 1', 'whole', ['--jobs', '1']],
    ['elbow, whole hand-in, --jobs 2', 'whole', ['--jobs', '2']],
    ['elbow, whole hand-in, --jobs 2, no box', 'whole', ['--jobs', '2', '--isolation', 'none']],
  ].map(([title, kind, parameters]) => [title, () => steady(scratch, kind, parameters)]);
  const contenders = [...elbow, ...otters(scratch)];
  const rounds = Array.from({ length: Number(options.repetitions) }, () => contenders.map(([, measured]) => measured()));
  const rows = contenders.map(([title], index) => [title, ...['wall', 'cpu'].map((what) => median(rounds.map((used) => used[index][what])).toFixed(3))]);
  console.log(`\nSeconds per hand-in in steady state, medians of ${rounds.length} rounds\n`);
  console.log(table([['', 'wall s', 'CPU s'], ...rows]));
  console.log('\nWhere a child’s start goes, CPU seconds: ' + starts().map(([what, seconds]) => `${what} ${seconds.toFixed(3)}`).join(', '));
}

/** What each further hand-in takes, once children are started ahead of need. */
function steady(scratch, kind, parameters) {
  const [few, many] = [submissions, 3 * submissions].map((count) => graded(scratch, kind, count, parameters));
  return { wall: (many.wall - few.wall) / (2 * submissions), cpu: (many.cpu - few.cpu) / (2 * submissions) };
}

function graded(scratch, kind, count, parameters) {
  const [batch, out] = ['batch', 'out'].map((name) => path.join(scratch, name));
  for (const folder of [batch, out]) rmSync(folder, { recursive: true, force: true });
  runs += 1;
  for (let copy = 1; copy <= count; copy += 1) {
    const folder = path.join(batch, `s${1000 + copy}`);
    cpSync(template, folder, { recursive: true });
    if (kind === 'whole') cpSync(reference, folder, { recursive: true, filter: (file) => !file.includes('__pycache__') });
    for (const file of FIVE) cpSync(path.join(reference, file), path.join(folder, file));
    // No two are the same, so that no answer could be remembered.
    for (const file of FIVE) appendFileSync(path.join(folder, file), `\n# copy ${copy}, run ${runs} of ${process.pid}\n`);
  }
  const used = measure([process.execPath, path.join(root, 'bin/elbow.mjs'), 'grade', batch, '--assignment', 'cs236-hw2', '--out', out, '--uncertified', ...parameters], { cwd: scratch, environment: plainEnvironment() });
  const passed = JSON.parse(readFileSync(path.join(out, 'staff/grades.json'), 'utf8')).map(({ questions }) => questions.flatMap(({ tasks }) => tasks).filter(({ handoutName, outcome }) => handoutName !== '' && outcome === 'pass').length);
  const wanted = kind === 'whole' ? 9 : 5;
  if (passed.length !== count || passed.some((tasks) => tasks !== wanted)) throw new Error(`${wanted} functions of each hand-in were to pass, and ${passed.join(', ')} did`);
  return used;
}

/** PyTorch is the machine's own for both. */
function otters(scratch) {
  if (options['skip-others']) return [];
  const bin = installGrader('otter-grader-torch', path.join(cacheFolder(root), 'bench'), console.log);
  const packages = spawnSync('/usr/bin/python3', ['-c', 'import importlib.util, os; print(os.path.dirname(os.path.dirname(importlib.util.find_spec("torch").origin)))'], { encoding: 'utf8' }).stdout.trim();
  const [site] = spawnSync(path.join(bin, 'python'), ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], { encoding: 'utf8' }).stdout.trim().split('\n');
  writeFileSync(path.join(site, 'zz-torch.pth'), `${packages}\n`);
  const runOne = otterRuns(bin, path.join(scratch, 'otter'), { notebook: notebook(), tests: otterTests(), submissions: Math.min(3, submissions), fullMarks: functions.length * POINTS_EACH });
  return [['otter run, the same five functions, no box', runOne]];
}

/** By itself, as a child does it: numbers of this machine's Python. */
function starts() {
  const childFolder = path.join(root, 'dist/child/python');
  const programs = [
    ['Python', ''],
    ['with NumPy', 'import numpy'],
    ['with PyTorch’s own library', 'import numpy, torch._C'],
    ['with all of PyTorch', 'import torch, torch.distributions'],
    ['with PyTorch as a child loads it', `import gc, sys; gc.disable(); sys.path.insert(0, ${JSON.stringify(childFolder)}); import later; later.load_parts_later(); import torch, torch.distributions`],
  ];
  const environment = plainEnvironment({ OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' });
  return programs.map(([what, program]) => [what, median(Array.from({ length: 5 }, () => measure(['/usr/bin/python3', '-s', '-c', program], { cwd: '/', environment }).cpu))]);
}
