// How long a student waits: from the start of `elbow check` to its first printed result.
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runInScratch } from './in-scratch.mjs';
import { median, plainEnvironment, table } from './measure.mjs';

const usage = `Usage: npm run bench:check-start

Wall seconds from starting the process to its first line and to its end, of elbow check in the untouched
template and in a filled one, in turn with \`node -e 0\`; medians of 10 after one run to warm up.`;

const REPETITIONS = 10;
const root = path.dirname(import.meta.dirname);

await runInScratch(usage, run);

async function run(scratch) {
  const elbow = path.join(root, 'bin', 'elbow.mjs');
  const copyOf = (folder) => {
    const copy = path.join(scratch, path.basename(folder));
    // Without what was trained: measuring a checkpoint is another thing (bench/evaluation.mjs).
    cpSync(path.join(root, folder), copy, { recursive: true, filter: (file) => !/checkpoints|metrics\.json/.test(file) });
    return copy;
  };
  const contenders = [
    { title: 'node -e 0', parameters: ['-e', '0'], prints: false, accepted: [0] },
    // Exit code 1: not all of it is right yet.
    { title: 'elbow check, untouched template', parameters: [elbow, 'check', copyOf('student-template/cs236-hw2')], prints: true, accepted: [1] },
    { title: 'elbow check, filled template', parameters: [elbow, 'check', copyOf('examples/cs236-hw2/ada-perfect')], prints: true, accepted: [0] },
  ];
  for (const contender of contenders) await time(contender, scratch);
  const rounds = [];
  for (let round = 0; round < REPETITIONS; round += 1) {
    const used = [];
    for (const contender of contenders) used.push(await time(contender, scratch));
    rounds.push(used);
  }
  const rows = contenders.map(({ title, prints }, index) => {
    const first = rounds.map((used) => used[index].first ?? used[index].end);
    const ratio = median(rounds.map((used, round) => first[round] / used[0].end));
    const range = `${Math.min(...first).toFixed(3)}-${Math.max(...first).toFixed(3)}`;
    return [title, prints ? median(first).toFixed(3) : '', prints ? range : '', median(rounds.map((used) => used[index].end)).toFixed(3), ratio.toFixed(1)];
  });
  console.log(`${os.cpus()[0].model}, ${os.availableParallelism()} cores, Node ${process.versions.node}; load ${os.loadavg()[0].toFixed(2)} at the end\n`);
  console.log(table([['', 'first line s', 'range', 'end s', 'ratio'], ...rows]));
  console.log('\nRatio: time to the first line over that of node -e 0 to its end. Every run is a new process; its files are in memory.');
}

/** Wall seconds to the first printed byte and to the end. */
function time({ title, parameters, prints, accepted }, cwd) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, parameters, { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let first = null;
    let output = '';
    child.stdout.on('data', (bytes) => {
      first ??= (performance.now() - started) / 1000;
      output += bytes;
    });
    child.stderr.on('data', (bytes) => (output += bytes));
    child.on('error', reject);
    child.on('close', (code) => {
      if (accepted.includes(code) && (first !== null) === prints) resolve({ first, end: (performance.now() - started) / 1000 });
      else reject(new Error(`${title}: exit code ${code}\n${output.slice(-3000)}`));
    });
  });
}
