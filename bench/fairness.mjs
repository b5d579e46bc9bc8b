// Whether luck ever costs a mark: right ways to write every function, on cases of thousands of fresh seeds.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';

const usage = `Usage: npm run bench:fairness -- [--runs N] [--whole N] [--first-seed N] [--seeds-per-child N] [--assignment ID]

Judges all right variants of the catalogue on fresh cases, seed after seed, as often as asked; then a number
of them by the whole path (generate, sandbox, compare, score). Prints every lost mark and every diagnosis.

  --runs N             (variant, seed) pairs in children that serve many (default 10000)
  --whole N            hand-ins by the whole path, on fresh fixtures (default 500)
  --first-seed N       where a run that was stopped goes on (default 0)
  --seeds-per-child N  seeds that one child serves (default 100)
  --assignment ID      which homework (default cs236-hw2)`;

const root = path.dirname(import.meta.dirname);
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    whole: { type: 'string', default: '500' },
    'first-seed': { type: 'string', default: '0' },
    'seeds-per-child': { type: 'string', default: '100' },
    assignment: { type: 'string', default: 'cs236-hw2' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) console.log(usage);
else await run();

async function run() {
  const [runs, whole, firstSeed, seedsPerChild] = ['runs', 'whole', 'first-seed', 'seeds-per-child'].map(wholeNumber);
  console.log(`${os.cpus()[0].model}, ${os.availableParallelism()} cores, Node ${process.versions.node}`);
  const faults = (await inChildren(runs, firstSeed, seedsPerChild)) + (await byTheWholePath(whole));
  console.log(faults === 0 ? 'No mark was lost, and no right variant was taken for a mistake.' : `${faults} faults: see above.`);
  process.exitCode = faults === 0 ? 0 : 1;
}

/** Returns how many runs lost a mark. */
async function inChildren(runs, firstSeed, seedsPerChild) {
  if (runs === 0) return 0;
  const { fairnessRuns } = await loadTypeScript({ './bench/fairness-runs.ts': ['fairnessRuns'] });
  let [done, lost, open, seeds] = [0, 0, 0, new Set()];
  for await (const { variant, seed, lost: checks, open: waiting } of fairnessRuns(options.assignment, firstSeed, seedsPerChild)) {
    if (checks.length > 0) console.log(`LOST  ${variant}, seed ${seed}: ${checks.join(', ')}`);
    done += 1;
    lost += checks.length > 0 ? 1 : 0;
    open += waiting.length > 0 ? 1 : 0;
    seeds.add(seed);
    if (done % 500 === 0) console.log(`${done} of ${runs} runs, ${seeds.size} seeds: ${lost} lost marks, ${open} left to a person`);
    if (done >= runs) break;
  }
  console.log(`${done} runs in children on ${seeds.size} seeds: ${lost} lost marks, ${open} left to a person`);
  return lost;
}

/** Returns how many hand-ins lost a mark or got a diagnosis. */
async function byTheWholePath(hands) {
  if (hands === 0) return 0;
  const { assignments, knownHandIns } = await loadTypeScript({
    './assignments/assignments.ts': ['assignments'],
    './fixtures/certify/known-hand-ins.ts': ['knownHandIns'],
  });
  const variants = (await knownHandIns(assignments.get(options.assignment))).filter(({ kind }) => kind === 'right-variant');
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'elbow-fairness-'));
  let [done, faults] = [0, 0];
  try {
    for (let seed = 1; done < hands; seed += 1) {
      const now = variants.slice(0, hands - done);
      for (const [index, { files }] of now.entries()) {
        for (const file of files) write(path.join(scratch, `${seed}`, 'hand-ins', `v${index}`, file.path), file.text);
      }
      const [fixtures, handIns, out] = ['fixtures', 'hand-ins', 'out'].map((name) => path.join(scratch, `${seed}`, name));
      elbow('fixtures', 'generate', '--assignment', options.assignment, '--term', 'fairness', '--seed', String(7919 * seed), '--out', fixtures);
      elbow('grade', handIns, '--assignment', options.assignment, '--fixtures', fixtures, '--uncertified', '--out', out);
      for (const result of JSON.parse(readFileSync(path.join(out, 'staff', 'grades.json'), 'utf8'))) {
        const tasks = result.questions.flatMap((question) => question.tasks);
        // A derivation has checks too, and these hand-ins hold functions alone.
        const wrong = tasks.filter(({ outcome, handoutName, diagnosis }) => diagnosis !== undefined || (handoutName !== '' && outcome !== 'pass'));
        if (tasks.every(({ handoutName }) => handoutName === '')) throw new Error(`no function was judged in ${out}`);
        const { id } = now[Number(result.student.id.slice(1))];
        for (const { task, outcome, diagnosis } of wrong) console.log(`${outcome}  ${id}, fixtures of seed ${7919 * seed}: ${task}${diagnosis === undefined ? '' : `, taken for ${diagnosis.ids.join(', ')}`}`);
        faults += wrong.length > 0 ? 1 : 0;
      }
      done += now.length;
      console.log(`${done} of ${hands} hand-ins by the whole path: ${faults} faults`);
      rmSync(path.join(scratch, `${seed}`), { recursive: true, force: true });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return faults;
}

function elbow(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'bin', 'elbow.mjs'), ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
  // 1: something needs a person, which is what is counted here.
  if (status !== 0 && status !== 1) throw new Error(`elbow ${args[0]} ended with ${status}\n${stdout}${stderr}`);
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function wholeNumber(name) {
  const text = options[name];
  if (/^\d{1,7}$/.test(text)) return Number(text);
  console.error(`--${name} takes a whole number, not '${text}'.\n\n${usage}`);
  process.exit(64);
}
