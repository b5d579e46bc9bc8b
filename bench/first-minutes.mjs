// A student's first minutes with the kit, in a folder whose path has blanks and letters that are not ASCII: unzip, install, check, pack.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { runInScratch } from './in-scratch.mjs';
import { plainEnvironment, table } from './measure.mjs';

const usage = `Usage: node bench/first-minutes.mjs

Wall seconds of each step with the kit of cs236-hw2: unzip, npm install (from the network or npm's cache), the
first and the second npm run check, npm run pack, and elbow grade of the zip that it makes.`;

const root = path.dirname(import.meta.dirname);
const elbow = path.join(root, 'bin/elbow.mjs');

await runInScratch(usage, run);

async function run(scratch) {
  const home = path.join(scratch, 'Zoë’s Übung 2');
  mkdirSync(home);
  step([process.execPath, elbow, 'kit', 'cs236-hw2', '--out', path.join(home, 'kit.zip')], home, [0]);
  const folder = path.join(home, 'cs236-hw2');
  const rows = [
    ['unzip', step(['unzip', '-q', 'kit.zip'], home, [0])],
    ['npm install', step(['npm', 'install', '--silent'], folder, [0])],
    // Exit code 1: not all of it is right yet.
    ['npm run check, the first', step(['npm', 'run', '--silent', 'check'], folder, [1])],
    ['npm run check, again', step(['npm', 'run', '--silent', 'check'], folder, [1])],
    ['npm run pack s1234567', step(['npm', 'run', '--silent', 'pack', 's1234567'], folder, [1])],
    ['elbow grade of that zip', step([process.execPath, elbow, 'grade', path.join(folder, 's1234567.zip'), '--assignment', 'cs236-hw2', '--out', path.join(home, 'reports'), '--uncertified'], home, [0, 1])],
  ];
  console.log(table([['', 'wall s'], ...rows.map(([title, seconds]) => [title, seconds.toFixed(1)])]));
}

function step([command, ...parameters], cwd, accepted) {
  const before = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, parameters, { cwd, env: plainEnvironment(), encoding: 'utf8' });
  if (!accepted.includes(status)) throw new Error(`${command} ${parameters.join(' ')}: ${error?.message ?? `exit code ${status}\n${stdout}${stderr}`}`);
  return (performance.now() - before) / 1000;
}
