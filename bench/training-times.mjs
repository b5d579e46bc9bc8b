// How long each model trains with the handout's settings, on native TensorFlow and on WebAssembly.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { runInScratch } from './in-scratch.mjs';
import { plainEnvironment, table } from './measure.mjs';

const usage = `Usage: node bench/training-times.mjs

Milliseconds an iteration of elbow train --reference, as it measures them itself at the start of a run, and what
the handout's iterations take at that rate; one thread. The ratio is WebAssembly's to native TensorFlow.`;

/** A few more than are measured. */
const ITERATIONS = 30;
const MODELS = { vae: 20_000, gmvae: 20_000, fsvae: 20_000, 'ssvae --gw 0': 30_000, ssvae: 30_000 };
const elbow = path.join(path.dirname(import.meta.dirname), 'bin', 'elbow.mjs');

await runInScratch(usage, run);

async function run(scratch) {
  const rows = [['', 'native, ms', 'in all', 'WebAssembly, ms', 'in all', 'ratio']];
  for (const [name, iterations] of Object.entries(MODELS)) {
    const [native, wasm] = ['native', 'wasm'].map((backend) => iterationOf(name.split(' '), backend, scratch));
    rows.push([name, native.toFixed(1), minutes(native * iterations), wasm.toFixed(1), minutes(wasm * iterations), (wasm / native).toFixed(1)]);
  }
  console.log(`${os.cpus()[0]?.model ?? ''}, load ${os.loadavg()[0].toFixed(1)}`);
  console.log(table(rows));
}

function iterationOf(model, backend, scratch) {
  const parameters = ['train', ...model, '--reference', '--seed', '1', '--fresh', '--iterations', String(ITERATIONS), '--backend', backend, '--out', scratch];
  const { stdout, stderr, status } = spawnSync(process.execPath, [elbow, ...parameters], { env: plainEnvironment(), encoding: 'utf8' });
  const measured = /([\d.]+) ms an iteration/.exec(stdout);
  if (status !== 0 || measured === null) throw new Error(`elbow ${parameters.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
  return Number(measured[1]);
}

function minutes(milliseconds) {
  const whole = Math.round(milliseconds / 60_000);
  return whole < 90 ? `${Math.max(1, whole)} min` : `${(whole / 60).toFixed(1)} h`;
}
