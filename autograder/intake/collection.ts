/** What lies at the top of a collection of hand-ins, be it a folder or the zip that a course system gave out. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from './hand-in.ts';
import { type IntakeLimits } from './intake-limits.ts';
import type { Entry } from './listing.ts';
import { skippedBecause } from './listing.ts';
import { downloadLimits, OpenFiles } from './open-part.ts';
import { Refused } from './problems.ts';
import { byText } from './safe-name.ts';
import { listZip } from './unzip.ts';

export interface Child {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special';
  readonly place: Pick<Part, 'path' | 'inside'>;
  readonly read: () => Promise<Buffer>;
  /** What is in it, where it is a folder. */
  readonly children: () => Promise<readonly Child[]>;
}

export async function folderChildren(folder: string): Promise<readonly Child[]> {
  const children = await readdir(folder, { withFileTypes: true });
  return children
    .filter(({ name }) => skippedBecause(name) === undefined)
    .toSorted((a, b) => byText(a.name, b.name))
    .map((child) => {
      const path = join(folder, child.name);
      const kind = child.isDirectory() ? 'folder' : child.isSymbolicLink() ? 'link' : child.isFile() ? 'file' : 'special';
      return { name: child.name, kind, place: { path }, read: () => readFile(path), children: () => folderChildren(path) };
    });
}

/** Null where the file is no zip that can be listed: then it is for the reading of the hand-in to say why. */
export async function zipChildren(path: string, limits: IntakeLimits): Promise<readonly Child[] | null> {
  const files = new OpenFiles();
  try {
    const { entries } = await listZip(await files.open(path), downloadLimits(limits));
    return childrenIn(entries, '', path, limits);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  } finally {
    await files.close();
  }
}

function childrenIn(entries: readonly Entry[], prefix: string, path: string, limits: IntakeLimits): readonly Child[] {
  const within = entries.filter((entry) => entry.path.startsWith(prefix));
  const names = new Map(within.map((entry) => [entry.path.slice(prefix.length).split('/')[0] ?? '', entry] as const));
  return [...names].toSorted(([a], [b]) => byText(a, b)).map(([name, entry]) => {
    const isFolder = entry.path !== prefix + name;
    const inside = isFolder ? `${prefix}${name}/` : entry.path;
    return {
      name,
      kind: isFolder ? 'folder' : entry.kind,
      place: { path, inside },
      read: () => readAgain(path, entry.path, limits),
      children: () => Promise.resolve(isFolder ? childrenIn(within, inside, path, limits) : []),
    };
  });
}

/** The zip was closed after the listing: a class has too many to keep open. */
async function readAgain(path: string, inside: string, limits: IntakeLimits): Promise<Buffer> {
  const files = new OpenFiles();
  try {
    const { entries } = await listZip(await files.open(path), downloadLimits(limits));
    return (await entries.find((entry) => entry.path === inside)?.read()) ?? Buffer.alloc(0);
  } finally {
    await files.close();
  }
}
