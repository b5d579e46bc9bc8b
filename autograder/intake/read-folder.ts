/** Lists a hand-in that is a folder, under the rules of a zip: no links followed, nothing but regular files read. */
import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IntakeLimits } from './intake-limits.ts';
import { type Entry, type Listing, ListingBuilder, skippedBecause } from './listing.ts';
import { Refused } from './problems.ts';
import { readExactly } from './read-exactly.ts';
import { byText, shown } from './safe-name.ts';

/** Knows where it lies: the path's accents are composed, those of the name on disk perhaps not. */
export interface FolderEntry extends Entry {
  readonly place: string;
}

export async function listFolder(folder: string, limits: IntakeLimits): Promise<Listing<FolderEntry>> {
  const builder = new ListingBuilder<FolderEntry>(limits);
  await walk(folder, '', 0, builder, limits);
  return builder.listing();
}

async function walk(folder: string, prefix: string, depth: number, builder: ListingBuilder<FolderEntry>, limits: IntakeLimits): Promise<void> {
  if (depth > limits.depth) throw new Refused(`Folders are nested more than ${limits.depth} deep ("${shown(prefix)}"). Hand in a folder with your files directly in it.`);
  const children = await readdir(join(folder, prefix), { withFileTypes: true });
  for (const child of children.toSorted((a, b) => byText(a.name, b.name))) {
    const path = prefix + child.name;
    const because = skippedBecause(child.name);
    if (Buffer.byteLength(path) > limits.pathBytes) throw new Refused(`A path is longer than ${limits.pathBytes} bytes ("${shown(path)}"). Shorten the names.`);
    if (because !== undefined) builder.skip(because, false);
    else if (child.isDirectory() && isUtf8Name(child.name)) {
      builder.count();
      await walk(folder, `${path}/`, depth + 1, builder, limits);
    } else builder.add(await entryOf(join(folder, path), path, child));
  }
}

/** Linux stores any bytes as a name; one that is not UTF-8 comes garbled and nothing opens under it. */
function isUtf8Name(name: string): boolean {
  return !name.includes('\uFFFD');
}

async function entryOf(place: string, path: string, child: Dirent): Promise<FolderEntry> {
  const kind = child.isSymbolicLink() ? 'link' : child.isFile() && isUtf8Name(child.name) ? 'file' : 'special';
  const bytes = kind === 'file' ? (await lstat(place)).size : 0;
  return { path: path.normalize('NFC'), kind, bytes, place, read: () => readRegular(place, path, bytes) };
}

/** Opened without following a link and without waiting for a pipe, then looked at again: the name may have changed hands. */
async function readRegular(place: string, path: string, bytes: number): Promise<Buffer> {
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const now = await file.stat();
    if (!now.isFile() || now.size !== bytes) throw new Refused(`${shown(path)} changed while it was read. Hand in a folder nobody is writing to.`);
    return await readExactly(file, 0, bytes);
  } finally {
    await file.close();
  }
}
