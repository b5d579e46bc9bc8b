/** Tests start the bundled children: these must be made from the sources that lie here now. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { projectRoot } from '../../../autograder/paths.ts';

const SOURCES = ['contract', 'autograder/languages/typescript/child', 'autograder/languages/python/child', 'scripts/bundle.mjs', 'package-lock.json'];
const CHILDREN = ['cpu.blob', 'wasm.cjs', 'native.cjs', 'python/child.py'].map((name) => path.join(projectRoot, 'dist/child', name));
const lock = path.join(projectRoot, '.cache/bundle.lock');

/** Bundles the children again where a source is newer; test files run side by side, so one does and the others wait. */
export async function buildStaleChildren(): Promise<void> {
  while (newest(SOURCES.map((source) => path.join(projectRoot, source))) > oldest(CHILDREN)) {
    if (takeLock()) {
      try {
        await execa(process.execPath, [path.join(projectRoot, 'scripts/bundle.mjs')]);
        return;
      } finally {
        fs.rmdirSync(lock);
      }
    }
    await sleep(200);
  }
}

function takeLock(): boolean {
  try {
    fs.mkdirSync(path.dirname(lock), { recursive: true });
    fs.mkdirSync(lock);
    return true;
  } catch {
    // A lock this old was left by a run that was killed.
    if (Date.now() - (fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 60_000) fs.rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function oldest(files: readonly string[]): number {
  return Math.min(...files.map((file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

function newest(files: readonly string[]): number {
  return Math.max(
    ...files.map((file) => {
      const stat = fs.statSync(file);
      return stat.isDirectory() ? newest(fs.readdirSync(file).map((name) => path.join(file, name))) : stat.mtimeMs;
    }),
  );
}
