// What a command used, and the arithmetic on many such figures.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LONGEST_RUN_MILLISECONDS = 3_600_000;

/** Wall and CPU seconds of a command with everything it started. One that fails is no figure but an error. */
export function measure(command, { cwd, environment }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'elbow-bench-log-'));
  const log = path.join(folder, 'log');
  try {
    const run = spawnSync('python3', [path.join(import.meta.dirname, 'measure.py'), log, ...command], {
      cwd,
      env: environment,
      encoding: 'utf8',
      timeout: LONGEST_RUN_MILLISECONDS,
    });
    if (run.status !== 0) throw new Error(`could not be measured: ${command.join(' ')}\n${run.error?.message ?? run.stderr}`);
    const { status, wall, cpu } = JSON.parse(run.stdout);
    if (status !== 0) throw new Error(`exit code ${status}: ${command.join(' ')}\n${readFileSync(log, 'utf8').slice(-3000)}`);
    return { wall, cpu };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The environment every measured program gets. A variable such as NODE_EXTRA_CA_CERTS alone costs a
 * Node process 48 ms, which would say nothing about a grader.
 */
export function plainEnvironment(more = {}) {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'ELBOW_CACHE', 'XDG_CACHE_HOME'].filter((name) => process.env[name] !== undefined);
  return { ...Object.fromEntries(kept.map((name) => [name, process.env[name]])), LANG: 'C.UTF-8', ...more };
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A table of text: the first column to the left, the others to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')).join('\n');
}
