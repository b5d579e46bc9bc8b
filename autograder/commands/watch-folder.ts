/** Runs something now and after every change in a folder, one run at a time, until the signal. */
import fs from 'node:fs';
import path from 'node:path';

/** Editors write a file in several steps: wait until they are done. */
const SETTLE_MILLISECONDS = 60;

/** What a student does not edit. Installed packages are thousands of folders, each of which would be watched. */
const UNWATCHED = new Set(['node_modules', 'elbow-checker']);

export async function watchFolder(folder: string, run: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  let changed = true;
  let wake = (): void => undefined;
  const watchers = new Map<string, fs.FSWatcher>();
  const watch = (one: string): void => {
    const watcher = fs.watch(one, { signal }, (_, name) => {
      if (name !== null && isUnwatched(name)) return;
      changed = true;
      wake();
    });
    // The folder is gone; whatever took its place is found below.
    watcher.on('error', () => forget(one));
    watchers.set(one, watcher);
  };
  const forget = (one: string): void => {
    watchers.get(one)?.close();
    watchers.delete(one);
  };
  // One by one and not recursively: that would go into installed packages, on Linux down to every file.
  const watchAll = (): void => {
    const there = new Set(foldersBelow(folder));
    for (const one of watchers.keys()) if (!there.has(one)) forget(one);
    for (const one of there) if (!watchers.has(one)) watch(one);
  };
  signal.addEventListener('abort', () => wake());
  while (!signal.aborted) {
    watchAll();
    if (!changed) await new Promise<void>((resolve) => (wake = resolve));
    if (signal.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
    changed = false;
    await run();
  }
  for (const watcher of watchers.values()) watcher.close();
}

function foldersBelow(folder: string): readonly string[] {
  const inner = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !isUnwatched(entry.name));
  return [folder, ...inner.flatMap(({ name }) => foldersBelow(path.join(folder, name)))];
}

function isUnwatched(name: string): boolean {
  return name.startsWith('.') || UNWATCHED.has(name);
}
