// What grading one hand-in of a batch takes: elbow, nbgrader and otter-grader side by side.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../scripts/setup/cache-folder.mjs';
import { casesOf, elbowBatch, expectHandIns, kinds } from './elbow-batch.mjs';
import { median, table } from './measure.mjs';
import { functions } from './notebook.mjs';
import { installGrader, nbgrader, otter } from './other-graders.mjs';

const usage = `Usage: npm run bench:grade-batch -- [--submissions N] [--repetitions N] [--skip-others]

Wall and CPU seconds per hand-in, every process counted, of elbow, nbgrader autograde and otter run.
All of them are run once to warm up and then in turn, several times; medians are shown.

  --submissions N  hand-ins in a batch (default 50; otter run, one process a hand-in, gets at most 10)
  --repetitions N  rounds that count (default 3)
  --skip-others    measure elbow alone; nothing is installed`;

const others = [
  { id: 'nbgrader', title: 'nbgrader autograde, five functions', prepare: nbgrader, most: Infinity },
  // It starts anew for every hand-in, so more of them would only take longer.
  { id: 'otter-grader', title: 'otter run, five functions', prepare: otter, most: 10 },
];
const WARM_UP_SUBMISSIONS = 2;

const { values: options } = parseArgs({
  options: {
    submissions: { type: 'string', default: '50' },
    repetitions: { type: 'string', default: '3' },
    'skip-others': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const submissions = wholeNumber('submissions');
const repetitions = wholeNumber('repetitions');

if (options.help) {
  console.log(usage);
} else if (process.platform !== 'linux') {
  console.error('This measures with what only Linux tells of processes.');
  process.exitCode = 1;
} else {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'elbow-bench-'));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  try {
    run(scratch);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

function run(scratch) {
  expectHandIns();
  const graders = options['skip-others'] ? [] : findGraders();
  console.log(`${os.cpus()[0].model}, ${os.availableParallelism()} cores, Node ${process.versions.node}; load ${loadAverage()} before the first run`);

  warmUp(path.join(scratch, 'warm-up'), graders);
  const contenders = makeContenders(path.join(scratch, 'batch'), submissions, graders);
  const rounds = [];
  for (let round = 0; round < repetitions; round += 1) {
    // Each round starts with another one, so that no place in the order is always the same one's.
    const order = [...contenders.keys()].map((_, place) => (place + round) % contenders.length);
    const used = [];
    for (const index of order) used[index] = contenders[index].measure();
    rounds.push(used);
    console.log(`round ${round + 1} of ${repetitions} done, load ${loadAverage()}`);
  }
  print(contenders, rounds);
}

/** Caches of files and of compiled Python are filled, and every grader shows that it gives full marks. */
function warmUp(scratch, graders) {
  for (const contender of makeContenders(scratch, Math.min(WARM_UP_SUBMISSIONS, submissions), graders)) contender.measure();
}

function makeContenders(scratch, count, graders) {
  const whole = elbowBatch(scratch, 'whole', count);
  const five = elbowBatch(scratch, 'five', count);
  const template = elbowBatch(scratch, 'template', count);
  const elbow = [
    { id: 'five', title: 'elbow, five functions, --jobs 1', measure: () => five(['--jobs', '1']) },
    { id: 'whole', title: 'elbow, whole hand-in, --jobs 1', measure: () => whole(['--jobs', '1']) },
    { id: 'whole2', title: 'elbow, whole hand-in, --jobs 2', measure: () => whole(['--jobs', '2']) },
    { id: 'template', title: 'elbow, untouched template, --jobs 1', measure: () => template(['--jobs', '1']) },
    { id: 'unboxed', title: 'elbow, untouched template, no box', measure: () => template(['--jobs', '1', '--isolation', 'none']) },
  ];
  const otherGraders = graders.map(({ id, title, prepare, most, bin }) => ({ id, title, measure: prepare(bin, scratch, Math.min(count, most)) }));
  return [...elbow, ...otherGraders];
}

function findGraders() {
  const cache = path.join(cacheFolder(path.dirname(import.meta.dirname)), 'bench');
  return others.flatMap((grader) => {
    try {
      return [{ ...grader, bin: installGrader(grader.id, cache, console.log) }];
    } catch (error) {
      console.log(`${grader.id} is left out: ${error.message}`);
      return [];
    }
  });
}

function print(contenders, rounds) {
  const column = (id, what) => rounds.map((used) => used[contenders.findIndex((contender) => contender.id === id)][what]);
  // Ratios within a round first: what slows the machine down slows its neighbours in the round as well.
  const ratio = (id, to, what) => median(column(id, what).map((seconds, round) => seconds / column(to, what)[round]));
  const rows = contenders.map(({ id, title }) => {
    const cpu = column(id, 'cpu');
    const range = `${Math.min(...cpu).toFixed(3)}-${Math.max(...cpu).toFixed(3)}`;
    return [title, median(column(id, 'wall')).toFixed(3), median(cpu).toFixed(3), range, ratio(id, 'five', 'wall').toFixed(2), ratio(id, 'five', 'cpu').toFixed(2)];
  });
  console.log(`\nSeconds per hand-in, ${submissions} hand-ins a batch, medians of ${repetitions} rounds\n`);
  console.log(table([['', 'wall s', 'CPU s', 'CPU range', 'wall ratio', 'CPU ratio'], ...rows]));

  const [five, whole] = ['five', 'whole'].map((id) => column(id, 'passed')[0]);
  const box = median(column('template', 'cpu').map((seconds, round) => (seconds - column('unboxed', 'cpu')[round]) * 1000));
  console.log(`
Ratios are to the first row. Compared are right answers only.
  elbow: ${five.length} functions (${kinds.five.join(' and ')}: sampling, two log-densities, the negative ELBO, the IWAE bound)
    in ${casesOf(five)} cases, with gradients; whole: ${whole.length} functions in ${casesOf(whole)} cases. In a bubblewrap box: yes.
  the others: ${functions.length} functions in numpy (${functions.join(', ')})
    with one cell of tests each. In a box: no.
elbow's own share (start-up, box, one child, transform, compare, report): ${median(column('template', 'cpu')).toFixed(3)} CPU s, of it ${box.toFixed(0)} ms for the box.
A hand-in with answers to the heavy cases starts a second child, which the rows of right hand-ins hold.`);
  for (const { id } of others.filter((other) => contenders.some((contender) => contender.id === other.id))) {
    console.log(`elbow takes ${share(ratio('five', id, 'cpu'))} of the CPU time of ${id} for five functions, ${share(ratio('whole', id, 'cpu'))} for the whole hand-in.`);
  }
}

function share(number) {
  return `${Math.round(number * 100)} %`;
}

function loadAverage() {
  return readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
}

function wholeNumber(name) {
  const text = options[name];
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    console.error(`--${name} takes a whole number above 0, not '${text}'.\n\n${usage}`);
    process.exit(64);
  }
  return Number(text);
}
