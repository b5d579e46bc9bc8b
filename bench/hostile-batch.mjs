// A class of which half is hostile: every honest hand-in must get what it gets without the others, and the
// grader must need as much memory at the end as at the start.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';
import { median, plainEnvironment, table } from './measure.mjs';

const usage = `Usage: node bench/hostile-batch.mjs [--submissions N] [--jobs N] [--without-sleepers] [--uncertified]

Grades N hand-ins, half of them hostile (tests/hostile), and the honest ones once more alone; prints whether
the results are equal to the last word, and what lives in the grader's memory over the run: every two seconds,
after a full collection of garbage. What it holds beside that is garbage that V8 had no reason to collect yet.

  --submissions N     hand-ins in the batch (default 200)
  --jobs N            how many at a time (default 2)
  --without-sleepers  leave out those that only wait for a limit: each takes two minutes
  --uncertified       with fixtures whose certificate is stale, while work on them goes on`;

const SAMPLE_MILLISECONDS = 2000;
/** Megabytes that the last quarter may hold beyond the first: the results are kept until the class page is written. */
const MOST_GROWTH = 20;
const root = path.dirname(import.meta.dirname);
const examples = path.join(root, 'examples/cs236-hw2');
const HONEST = ['ada-perfect', 'carla-variance-as-deviation', 'dora-kl-sign', 'emil-samples-and-images', 'fatima-labels-and-images', 'goran-fsvae-deviation', 'hana-mean-of-logs', 'ivan-not-averaged', 'jana-no-gradient', 'lena-throws', 'petra-nan-and-column', 'vera-underflow'];

const { values: options } = parseArgs({
  options: {
    submissions: { type: 'string', default: '200' },
    jobs: { type: 'string', default: '2' },
    'without-sleepers': { type: 'boolean', default: false },
    uncertified: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) console.log(usage);
else if (process.platform !== 'linux') throw new Error('Hostile hand-ins are graded on Linux only.');
else {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'elbow-hostile-'));
  try {
    await run(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function run(scratch) {
  const { readCorpus, LARGE_TEXTS } = await loadTypeScript({ './tests/hostile/corpus.ts': ['readCorpus'], './tests/hostile/large-texts.ts': ['LARGE_TEXTS'] });
  const hostile = readCorpus({ ...LARGE_TEXTS, GRADER_PID: String(process.pid), TCP_PORT: '9', UDP_PORT: '9', SHOWN_ANSWERS: '[]' }).filter(({ waits }) => !options['without-sleepers'] || waits !== true);
  const half = Math.floor(Number(options.submissions) / 2);
  const [alone, mixed] = ['alone', 'mixed'].map((name) => path.join(scratch, name));
  for (const name of HONEST) cpSync(path.join(examples, name), path.join(alone, name), { recursive: true });
  for (let index = 0; index < half; index += 1) {
    const number = String(index).padStart(4, '0');
    const honest = HONEST[index % HONEST.length];
    cpSync(path.join(examples, honest), path.join(mixed, `${number}-${honest}`), { recursive: true });
    const attack = hostile[index % hostile.length];
    for (const { path: name, text } of attack.files) write(path.join(mixed, `${number}-x-${attack.name}`, name), text);
  }

  const reference = await grade(alone, path.join(scratch, 'out-alone'));
  console.log(`${HONEST.length} honest hand-ins alone: ${reference.seconds.toFixed(0)} s`);
  const { results, memory, seconds } = await grade(mixed, path.join(scratch, 'out-mixed'));
  console.log(`${results.length} of ${2 * half} hand-ins graded in ${seconds.toFixed(0)} s, ${hostile.length} kinds of attack`);
  const different = results.filter(({ student }) => !student.id.includes('-x-')).filter((result) => !isDeepStrictEqual(anonymous(result), anonymous(expectedOf(result, reference.results))));
  console.log(`honest hand-ins with another result than alone: ${different.length}${different.map(({ student }) => `\n  ${student.id}`).join('')}`);
  const quarters = ['live', 'resident', 'garbage'].map((name) => [name, ...quarterMedians(memory.map((sample) => sample[name])).map((megabytes) => megabytes.toFixed(1)), String(Math.max(...memory.map((sample) => sample[name])))]);
  console.log(`memory of the grader, MiB, medians of ${memory.length} looks\n${table([['', '1st quarter', '2nd', '3rd', '4th', 'at most'], ...quarters])}`);
  const [first, , , last] = quarterMedians(memory.map(({ live }) => live));
  const grows = last - first > MOST_GROWTH;
  if (grows) console.log('the grader grows');
  if (different.length > 0 || results.length !== 2 * half || grows) process.exitCode = 1;
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function expectedOf({ student }, reference) {
  return reference.find((result) => student.id.endsWith(`-${result.student.id}`));
}

/** A result without who it is of. */
function anonymous(result) {
  return { ...result, student: null, source: null };
}

function quarterMedians(numbers) {
  const size = Math.floor(numbers.length / 4);
  return [0, 1, 2, 3].map((quarter) => median(numbers.slice(quarter * size, (quarter + 1) * size)));
}

/** Grades a batch with the built command; the grader's memory is looked at all along, from inside. */
async function grade(batch, out) {
  const started = performance.now();
  const samples = `${out}.memory`;
  writeFileSync(samples, '');
  const inside = ['--expose-gc', '--import', path.join(root, 'bench/sample-memory.mjs')];
  const command = [...inside, path.join(root, 'bin/elbow.mjs'), 'grade', batch, '--assignment', 'cs236-hw2', '--out', out, '--jobs', options.jobs, ...(options.uncertified ? ['--uncertified'] : [])];
  const environment = plainEnvironment({ SAMPLES_FILE: samples, SAMPLE_EVERY: String(SAMPLE_MILLISECONDS) });
  const grader = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  const code = await new Promise((resolve) => {
    grader.once('close', resolve);
  });
  if (code !== 0 && code !== 1) throw new Error(`elbow ended with code ${code}`);
  const results = JSON.parse(readFileSync(path.join(out, 'staff/grades.json'), 'utf8'));
  const memory = readFileSync(samples, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return { results, memory, seconds: (performance.now() - started) / 1000 };
}
