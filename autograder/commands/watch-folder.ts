/** Runs something now and after every change in a folder, one run at a time, until the signal. */
import fs from 'node:fs';

/** Editors write a file in several steps: wait until they are done. */
const SETTLE_MILLISECONDS = 60;

export async function watchFolder(folder: string, run: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  let changed = true;
  let wake = (): void => undefined;
  const watcher = fs.watch(folder, { recursive: true, signal }, (_, name) => {
    if (name !== null && /node_modules|^\.|[\\/]\./.test(name)) return;
    changed = true;
    wake();
  });
  watcher.on('error', () => undefined);
  signal.addEventListener('abort', () => wake());
  while (!signal.aborted) {
    if (!changed) await new Promise<void>((resolve) => (wake = resolve));
    if (signal.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
    changed = false;
    await run();
  }
  watcher.close();
}
