// How long a student who watches waits after a save: to the first answer about the saved file, and to the whole table.
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runInScratch } from './in-scratch.mjs';
import { median, plainEnvironment, table } from './measure.mjs';

const usage = `Usage: npm run bench:check-watch

Wall seconds from saving vae.ts (broken and mended in turn) to the first answer and to the end, of
elbow check --watch in filled work, beside the whole of elbow check; medians of 10 each.`;

const SAVES = 10;
/** Between two saves: the next child has to be ready, as it is when a person types. */
const PAUSE_MILLISECONDS = 1500;
const root = path.dirname(import.meta.dirname);
const elbow = path.join(root, 'bin', 'elbow.mjs');

await runInScratch(usage, run);

async function run(scratch) {
  cpSync(path.join(root, 'student-template/cs236-hw2'), scratch, { recursive: true, filter: (source) => !source.includes('node_modules') });
  const complete = path.join(root, 'tests/submissions/cs236-hw2/complete');
  for (const name of readdirSync(complete).filter((file) => file.endsWith('.ts'))) cpSync(path.join(complete, name), path.join(scratch, name));
  const whole = [];
  for (let round = 0; round < SAVES; round += 1) whole.push(await timeCheck(scratch));
  const { first, end } = await timeSaves(scratch);
  const base = median(whole);
  const rows = [
    ['', 'first answer, s', 'end, s', 'end / elbow check'],
    ['elbow check, from its start', '', base.toFixed(2), '1.00'],
    ['elbow check --watch, after a save', median(first).toFixed(2), median(end).toFixed(2), (median(end) / base).toFixed(2)],
  ];
  console.log(table(rows));
}

function timeCheck(folder) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [elbow, 'check', folder], { env: plainEnvironment(), stdio: 'ignore' });
    child.on('error', reject).on('exit', () => resolve((performance.now() - started) / 1000));
  });
}

async function timeSaves(folder) {
  const child = spawn(process.execPath, [elbow, 'check', folder, '--watch'], { env: plainEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] });
  let heard = '';
  let tell = () => undefined;
  child.stdout.on('data', (chunk) => {
    heard += chunk.toString('utf8');
    tell();
  });
  const until = (pattern) =>
    new Promise((resolve) => {
      tell = () => pattern.test(heard) && resolve(performance.now());
      tell();
    });
  const file = path.join(folder, 'vae.ts');
  const right = readFileSync(file, 'utf8');
  const [first, end] = [[], []];
  await until(/Waiting for the next save/);
  for (let save = 0; save < SAVES; save += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    heard = '';
    const started = performance.now();
    writeFileSync(file, save % 2 === 0 ? right.replace('tf.add(kl, rec)', 'tf.sub(kl, rec)') : right);
    first.push(((await until(/\n/)) - started) / 1000);
    end.push(((await until(/Waiting for the next save/)) - started) / 1000);
  }
  child.kill('SIGTERM');
  return { first, end };
}
