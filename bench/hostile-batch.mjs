// A class of which half is hostile: every honest hand-in must get what it gets without the others, and the
// grader must need as much memory at the end as at the start.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';
import { median, plainEnvironment } from './measure.mjs';

const usage = `Usage: node bench/hostile-batch.mjs [--submissions N] [--jobs N] [--without-sleepers]

Grades N hand-ins, half of them hostile (tests/hostile), and the honest ones once more alone; prints whether
the results are equal to the last word, and the grader's resident memory over the run.

  --submissions N     hand-ins in the batch (default 200)
  --jobs N            how many at a time (default 2)
  --without-sleepers  leave out those that only wait for a limit: each takes two minutes`;

const SAMPLE_MILLISECONDS = 250;
/** A leak of a megabyte a hand-in would double it; collections of garbage come when they come. */
const MOST_GROWTH = 1.5;
const root = path.dirname(import.meta.dirname);
const examples = path.join(root, 'examples/cs236-hw2');
const HONEST = ['ada-perfect', 'carla-variance-as-deviation', 'dora-kl-sign', 'emil-samples-and-images', 'fatima-labels-and-images', 'goran-fsvae-deviation', 'hana-mean-of-logs', 'ivan-not-averaged', 'jana-no-gradient', 'lena-throws', 'petra-nan-and-column', 'vera-underflow'];

const { values: options } = parseArgs({
  options: {
    submissions: { type: 'string', default: '200' },
    jobs: { type: 'string', default: '2' },
    'without-sleepers': { type: 'boolean', default: false },
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
  const quarter = Math.floor(memory.length / 4);
  const [first, last] = [median(memory.slice(0, quarter)), median(memory.slice(-quarter))];
  console.log(`memory of the grader, MiB: first quarter ${first}, last quarter ${last} (medians), at most ${Math.max(...memory)}`);
  const grows = last > MOST_GROWTH * first;
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

/** Grades a batch with the built command; the grader's memory is looked at all along. */
async function grade(batch, out) {
  const started = performance.now();
  const command = [path.join(root, 'bin/elbow.mjs'), 'grade', batch, '--assignment', 'cs236-hw2', '--out', out, '--jobs', options.jobs];
  const grader = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'], env: plainEnvironment() });
  const memory = [];
  const timer = setInterval(() => memory.push(residentMegabytes(grader.pid)), SAMPLE_MILLISECONDS);
  const code = await new Promise((resolve) => {
    grader.once('close', resolve);
  });
  clearInterval(timer);
  if (code !== 0 && code !== 1) throw new Error(`elbow ended with code ${code}`);
  const results = JSON.parse(readFileSync(path.join(out, 'staff/grades.json'), 'utf8'));
  return { results, memory: memory.filter((megabytes) => megabytes > 0), seconds: (performance.now() - started) / 1000 };
}

function residentMegabytes(pid) {
  try {
    return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
