// Makes `elbow` a command for npm scripts anywhere below the project: npm puts node_modules/.bin of every
// ancestor folder on PATH, so the student template needs no installation of its own.
import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = '../../bin/elbow.mjs';
const windowsScript = '@node "%~dp0\\..\\..\\bin\\elbow.mjs" %*\r\n';

export function linkCommand(root) {
  const folder = join(root, 'node_modules/.bin');
  const windows = process.platform === 'win32';
  const link = join(folder, windows ? 'elbow.cmd' : 'elbow');
  if (contentOf(link, windows) === (windows ? windowsScript : target)) return;
  mkdirSync(folder, { recursive: true });
  rmSync(link, { force: true });
  if (windows) writeFileSync(link, windowsScript);
  else symlinkSync(target, link);
}

function contentOf(link, windows) {
  try {
    return windows ? readFileSync(link, 'utf8') : readlinkSync(link);
  } catch {
    return undefined;
  }
}
