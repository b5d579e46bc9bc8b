/**
 * One unprivileged user per box, for a grader that is root. Inside a box of root's own, the kernel's
 * limits on processes would not hold and host files would be readable as root.
 *
 * A slot is a user number. Two graders never share one: a slot is held by the newest of the files
 * `NUMBER.GENERATION`, which names its grader. Taking over from a dead grader means making the next
 * generation, which only one can; the newest file is never deleted, so that nobody can take a slot over
 * twice from a state that has passed. (Deleting the dead grader's file first would let a third grader
 * delete the second's.)
 */
import fs from 'node:fs';
import path from 'node:path';
import { ownedFolder } from './owned-folder.ts';
import { identityOf, isAlive } from './process-stat.ts';

/** Free on every system by systemd's list of user numbers, and within the 65536 that containers map. */
export const SLOT_USERS = { first: 60720, count: 400 } as const;

const FOLDERS = ['/run/elbow/slots', '/var/lib/elbow/slots'];

export interface Slot {
  /** User and group number. */
  readonly user: number;
  /** Only after everything of the box is gone. */
  readonly release: () => void;
}

const free: number[] = [];
const held = new Map<number, string>();

/** Null when this grader is an ordinary user: then its boxes are his. */
export function takeSlot(): Slot | null {
  if (process.getuid?.() !== 0) return null;
  const user = free.pop() ?? lockSlot();
  return { user, release: () => void free.push(user) };
}

/** Gives all slots back: for the end of the grader. */
export function releaseSlots(): void {
  for (const file of held.values()) {
    try {
      // Empty means free; the file stays, as the newest generation.
      fs.truncateSync(file);
    } catch {
      // The folder is gone, and the locks with it.
    }
  }
  held.clear();
  free.length = 0;
}

function lockSlot(): number {
  const folder = ownedFolder(FOLDERS);
  if (folder === null) throw new Error(`no folder for the boxes' users: neither ${FOLDERS.join(' nor ')} can be made`);
  if (held.size === 0) process.once('exit', releaseSlots);
  for (let user = SLOT_USERS.first; user < SLOT_USERS.first + SLOT_USERS.count; user += 1) {
    const file = held.has(user) ? null : lockIn(folder, user);
    if (file === null) continue;
    held.set(user, file);
    return user;
  }
  throw new Error(`all ${SLOT_USERS.count} users for boxes are taken by graders that run now`);
}

/** The file that now holds the slot, or null when another grader does. */
export function lockIn(folder: string, user: number, owner = identityOf(process.pid) ?? ''): string | null {
  const newest = newestGeneration(folder, user);
  if (newest > 0 && isAlive(readOwner(path.join(folder, `${user}.${newest}`)))) return null;

  const mine = path.join(folder, `${user}.${newest + 1}`);
  if (!writeNew(mine, owner)) return null;
  // A grader that was slow to come here may have made a generation that was long passed.
  if (newestGeneration(folder, user) !== newest + 1) {
    fs.rmSync(mine, { force: true });
    return null;
  }
  for (const generation of generations(folder, user)) if (generation <= newest) fs.rmSync(path.join(folder, `${user}.${generation}`), { force: true });
  return mine;
}

/** Whole or not at all: a reader must never see a lock without its owner. */
function writeNew(file: string, text: string): boolean {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  fs.writeFileSync(draft, text);
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function newestGeneration(folder: string, user: number): number {
  return Math.max(0, ...generations(folder, user));
}

function generations(folder: string, user: number): readonly number[] {
  const prefix = `${user}.`;
  return fs.readdirSync(folder).flatMap((name) => (name.startsWith(prefix) ? [Number(name.slice(prefix.length))] : []));
}

function readOwner(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // A newer generation has just replaced it; the attempt to make the next one will tell.
    return '';
  }
}
