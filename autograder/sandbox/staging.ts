/**
 * Files a box needs, where the box's user can read them. A grader that is root often lives where nobody
 * else may look (/root, a home folder, a checkout with a strict umask), and a box's user is nobody.
 * Such files are hard-linked, or copied, into a folder of the machine: once, and found again by what
 * they are. Contents are not hashed (native TensorFlow is 600 MB); a file that changes is another file.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ownedFolder } from './owned-folder.ts';

/** Not below /run: files there cannot be executed on most systems. */
const FOLDERS = ['/var/lib/elbow/files', '/opt/elbow/files'];

const DAY = 24 * 60 * 60 * 1000;
const UNUSED_AFTER = 30 * DAY;
const ABANDONED_AFTER = DAY / 24;

const known = new Map<string, string>();

/** A path to the same bytes that every user of this machine may read. */
export function readableByAll(file: string): string {
  const found = known.get(file) ?? locate(fs.realpathSync(file));
  known.set(file, found);
  return found;
}

function locate(file: string): string {
  if (isReadableByAll(file)) return file;
  // A file is copied; a folder, as a Python's library is, can be gigabytes.
  if (fs.statSync(file).isDirectory()) throw new Error(`${file} cannot be read by the box's user: install it where every user of this machine may read it`);
  const folder = ownedFolder(FOLDERS);
  if (folder === null) throw new Error(`${file} cannot be read by the box's user, and neither ${FOLDERS.join(' nor ')} can be made to copy it to`);
  return stage(file, folder);
}

/** By permission bits: others may read the file and pass every folder above it. */
export function isReadableByAll(file: string): boolean {
  const { mode } = fs.statSync(file);
  return (mode & 0o004) !== 0 && everyFolderOpen(path.dirname(file));
}

function everyFolderOpen(folder: string): boolean {
  if ((fs.statSync(folder).mode & 0o001) === 0) return false;
  const parent = path.dirname(folder);
  return parent === folder || everyFolderOpen(parent);
}

/** Puts a file into the stage unless it is there; a grader stopped at any moment leaves nothing that looks finished. */
export function stage(file: string, folder: string): string {
  const stat = fs.statSync(file, { bigint: true });
  const key = createHash('sha256').update([file, stat.dev, stat.ino, stat.size, stat.mtimeNs].join('\0')).digest('hex').slice(0, 24);
  const home = path.join(folder, key);
  const staged = path.join(home, path.basename(file));
  if (fs.existsSync(staged)) {
    markUsed(home);
    return staged;
  }
  removeUnused(folder);
  const draft = fs.mkdtempSync(path.join(folder, '.new-'));
  try {
    linkOrCopy(file, path.join(draft, path.basename(file)), Number(stat.mode));
    fs.chmodSync(draft, 0o755);
    moveIntoPlace(draft, home);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return staged;
}

/** A link shares its permissions with the original, which are not ours to change: then a copy. */
function linkOrCopy(file: string, target: string, mode: number): void {
  const wanted = (mode & 0o111) === 0 ? 0o644 : 0o755;
  if ((mode & wanted) === wanted) {
    try {
      fs.linkSync(file, target);
      return;
    } catch {
      // Another file system.
    }
  }
  fs.copyFileSync(file, target, fs.constants.COPYFILE_FICLONE);
  fs.chmodSync(target, wanted);
}

function moveIntoPlace(draft: string, home: string): void {
  try {
    fs.renameSync(draft, home);
  } catch (error) {
    // Another grader was first; its copy is as good.
    if (!fs.existsSync(home)) throw error;
  }
}

function markUsed(home: string): void {
  const now = new Date();
  fs.utimesSync(home, now, now);
}

/** What no grader has asked for in a month, and what a killed one left half made. */
export function removeUnused(folder: string, now = Date.now()): void {
  for (const name of fs.readdirSync(folder)) {
    const entry = path.join(folder, name);
    const age = now - (fs.statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? now);
    if (age > (name.startsWith('.new-') ? ABANDONED_AFTER : UNUSED_AFTER)) fs.rmSync(entry, { recursive: true, force: true });
  }
}
