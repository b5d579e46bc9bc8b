// Runs a program to its end and keeps the tail of what it printed, which is shown only when it fails.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const keptCharacters = 20_000;
const patienceMilliseconds = 10_000;

let current; // the program running now; setup runs one at a time
let stopping = false;

export function run(command, args, { cwd, env = process.env, limitSeconds, shell = false } = {}) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    // A group of its own, so that compilers and downloaders started by the program end with it.
    const detached = process.platform !== 'win32';
    const child = spawn(command, args, { cwd, env, shell, detached, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timedOut = false;

    const timer = limitSeconds && setTimeout(() => ((timedOut = true), signalGroup(child, 'SIGKILL')), limitSeconds * 1000);
    const finish = (code, failure) => {
      clearTimeout(timer);
      if (current === child) current = undefined;
      if (stopping) return; // Ctrl-C is no failure of the program: nobody may go on, or remember one
      if (timedOut) failure = `${command} was stopped after ${limitSeconds} s`;
      resolve({ ok: code === 0 && !timedOut, output: output + failure, milliseconds: performance.now() - startedAt });
    };

    current = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => (output = (output + bytes).slice(-keptCharacters)));
    }
    child.on('error', (error) => finish(null, error.code === 'ENOENT' ? `${command} was not found` : error.message));
    child.on('close', (code, signal) => finish(code, signal ? `${command} ended by ${signal}` : ''));
  });
}

// Waits for the end: npm takes seconds to put back what it had begun, and a setup started in that time
// would install into a folder that npm is still emptying.
export async function stopRunning() {
  stopping = true;
  if (!current) return;
  const child = current;
  const ended = new Promise((resolve) => child.once('close', resolve));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMilliseconds);
  await ended;
  clearTimeout(timer);
}

function signalGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

// The last line that says something: what most tools end their complaints with.
export function lastLine(output) {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}

// Looks through PATH without starting a process: the fast path of setup must stay fast.
export function findOnPath(name, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  return undefined;
}

export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 1000 ? 2 : 1)} s`;
}
