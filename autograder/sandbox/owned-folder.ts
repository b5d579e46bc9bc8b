/** Folders of the machine that only root may write: what lies in them can be trusted by a grader that is root. */
import fs from 'node:fs';
import path from 'node:path';

const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/** The first of `candidates` that exists or can be made, and that nobody else can tamper with; null where there is none. */
export function ownedFolder(candidates: readonly string[]): string | null {
  return candidates.find((folder) => isMade(folder) && isSafe(folder)) ?? null;
}

function isMade(folder: string): boolean {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    // A strict umask must not keep the boxes' users out.
    if ((fs.lstatSync(folder).mode & 0o755) !== 0o755) fs.chmodSync(folder, 0o755);
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whoever may rename a folder above it could put another in its place. */
function isSafe(folder: string): boolean {
  const stat = fs.lstatSync(folder);
  const tampered = (stat.mode & WRITABLE_BY_OTHERS) !== 0 && (stat.mode & STICKY) === 0;
  if (!stat.isDirectory() || stat.uid !== process.getuid?.() || tampered) return false;
  const parent = path.dirname(folder);
  return parent === folder || isSafe(parent);
}
