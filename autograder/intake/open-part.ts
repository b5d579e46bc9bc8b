/** Opens what a hand-in consists of: a folder, a file, an archive, or something within a download that is a zip. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { archiveKind, headBytes, isArchiveName } from './archive-kind.ts';
import { bufferSource, type ByteSource, fileSource } from './byte-source.ts';
import type { Part } from './hand-in.ts';
import type { IntakeLimits } from './intake-limits.ts';
import type { Entry, Listing } from './listing.ts';
import { Refused } from './problems.ts';
import { listFolder } from './read-folder.ts';
import { shown } from './safe-name.ts';
import { listTar } from './untar.ts';
import { listZip } from './unzip.ts';

/** Something that may hold the student's work. */
export interface Piece {
  readonly name: string;
  readonly kind: 'folder' | 'archive' | 'file';
  readonly listing: Listing;
  readonly version?: number;
  readonly collection: number;
  /** Why it could not be opened; the listing is empty then. */
  readonly problem?: string;
}

/** What is held open while a hand-in is read: entries are unpacked only when somebody asks for them. */
export class OpenFiles {
  readonly #handles: FileHandle[] = [];
  #archives = 0;
  #held = 0;

  async open(path: string): Promise<ByteSource> {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    this.#handles.push(file);
    return fileSource(file, (await file.stat()).size);
  }

  /** Archives inside others are held in memory, so all of them together must stay within bounds. */
  hold(entry: Entry, limits: IntakeLimits): void {
    this.#archives += 1;
    this.#held += entry.place === undefined ? entry.bytes : 0;
    if (this.#archives <= limits.archives && this.#held <= limits.archiveBytes) return;
    throw new Refused(`${shown(entry.path)} is one archive too many, or too large for one inside another. Hand in one zip with the files themselves, without node_modules and data sets.`);
  }

  async close(): Promise<void> {
    await Promise.all(this.#handles.splice(0).map((file) => file.close()));
  }
}

export async function openPart(part: Part, limits: IntakeLimits, files: OpenFiles): Promise<Piece> {
  const { name, collection = 0 } = part;
  const known = { name, collection, ...(part.version === undefined ? {} : { version: part.version }) };
  if (part.inside !== undefined) return openInside(part, part.inside, known, limits, files);
  const stats = await lstat(part.path);
  if (stats.isDirectory()) return { ...known, kind: 'folder', listing: await listFolder(part.path, limits) };
  if (!stats.isFile()) {
    const what = stats.isSymbolicLink() ? 'a link to another place' : 'neither a zip nor a folder';
    throw new Refused(`${shown(basename(part.path))} is ${what}. Hand in the zip or folder itself.`);
  }
  const source = await files.open(part.path);
  if (isArchiveName(name)) return { ...known, kind: 'archive', listing: await listArchive(source, name, limits) };
  const read = (): Promise<Buffer> => source.bytes(0, source.size);
  return { ...known, kind: 'file', listing: listingOf([{ path: name.normalize('NFC'), kind: 'file', bytes: source.size, read }]) };
}

async function openInside(part: Part, inside: string, known: Omit<Piece, 'kind' | 'listing'>, limits: IntakeLimits, files: OpenFiles): Promise<Piece> {
  const { entries } = await listZip(await files.open(part.path), downloadLimits(limits));
  if (inside.endsWith('/')) {
    const within = entries.filter(({ path }) => path.startsWith(inside)).map((entry) => ({ ...entry, path: entry.path.slice(inside.length) }));
    if (within.length > limits.entries) throw new Refused(`The hand-in holds more than ${limits.entries.toLocaleString('en')} files. Hand in only what the assignment asks for.`);
    return { ...known, kind: 'folder', listing: listingOf(within) };
  }
  const entry = entries.find(({ path }) => path === inside);
  if (entry === undefined) throw new Error(`${part.path} no longer holds ${inside}`);
  if (isArchiveName(part.name)) return { ...known, kind: 'archive', listing: await listArchive(await sourceOf(entry, limits, files), part.name, limits) };
  return { ...known, kind: 'file', listing: listingOf([{ ...entry, path: part.name.normalize('NFC') }]) };
}

/** The zip of a whole class holds more than a hand-in may. */
export function downloadLimits(limits: IntakeLimits): IntakeLimits {
  return { ...limits, entries: limits.entries * 1_000, entriesInAll: limits.entriesInAll * 100 };
}

/** @throws Refused for what is no archive, or one that is not read; what to do is in the sentence. */
export async function listArchive(source: ByteSource, name: string, limits: IntakeLimits): Promise<Listing> {
  if (source.size === 0) throw new Refused(`${shown(name)} is empty (0 bytes): the upload was probably cut off. Hand it in once more.`);
  const kind = archiveKind(await source.bytes(0, Math.min(headBytes, source.size)));
  if (kind === 'a tar archive' || kind === 'a tar.gz archive') return listTar(source, limits, kind === 'a tar.gz archive');
  if (kind === null || kind === 'zip') return listZip(source, limits);
  throw new Refused(`${shown(name)} is ${kind}, which is not read. Put your files into a .zip (or a plain folder) and hand that in.`);
}

/** An archive that lies among other files, ready to be listed itself. */
export async function sourceOf(entry: Entry, limits: IntakeLimits, files: OpenFiles): Promise<ByteSource> {
  files.hold(entry, limits);
  return entry.place === undefined ? bufferSource(await entry.read()) : files.open(entry.place);
}

function listingOf(entries: readonly Entry[]): Listing {
  return { entries, skipped: new Map() };
}
