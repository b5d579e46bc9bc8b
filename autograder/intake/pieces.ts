/**
 * From the parts of a hand-in to its pieces: where a folder or archive holds none of the asked-for files
 * but other archives, those are opened instead (a zip in a zip, a folder with the zip and a PDF in it).
 */
import type { HandInRules } from '../../contract/rubric.ts';
import { isArchiveName } from './archive-kind.ts';
import type { Part } from './hand-in.ts';
import type { IntakeLimits } from './intake-limits.ts';
import type { Entry } from './listing.ts';
import { listArchive, type OpenFiles, openPart, type Piece, sourceOf } from './open-part.ts';
import { Refused } from './problems.ts';
import { folded } from './safe-name.ts';

export async function openPieces(parts: readonly Part[], rules: HandInRules, limits: IntakeLimits, files: OpenFiles): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const part of parts) {
    const piece = await orProblem(part.name, part.collection ?? 0, () => openPart(part, limits, files));
    pieces.push(...(await unwrapped(piece, rules, limits, files, limits.nesting)));
  }
  return pieces;
}

async function unwrapped(piece: Piece, rules: HandInRules, limits: IntakeLimits, files: OpenFiles, nesting: number): Promise<readonly Piece[]> {
  const { entries } = piece.listing;
  const archives = entries.filter(isArchive);
  if (piece.kind === 'file' || archives.length === 0 || holdsAskedFor(entries, rules)) return [piece];
  if (nesting === 0) return [{ ...piece, listing: { ...piece.listing, entries: [] }, problem: 'archives are packed into one another too deep. Put the files themselves into one zip.' }];
  const rest = entries.filter((entry) => !isArchive(entry));
  const pieces: Piece[] = [];
  for (const entry of archives) {
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
    const inner = await orProblem(name, piece.collection, async () => ({
      name,
      kind: 'archive',
      collection: piece.collection,
      listing: await listArchive(await sourceOf(entry, limits, files), name, limits),
    }));
    pieces.push(...(await unwrapped(inner, rules, limits, files, nesting - 1)));
  }
  return rest.length === 0 ? pieces : [...pieces, { ...piece, kind: 'folder', name: '', listing: { ...piece.listing, entries: rest } }];
}

/** What cannot be opened must not cost the rest: it matters only where the work is nowhere else. */
async function orProblem(name: string, collection: number, opened: () => Promise<Piece>): Promise<Piece> {
  try {
    return await opened();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { name, kind: 'archive', collection, listing: { entries: [], skipped: new Map() }, problem: error.message };
  }
}

function isArchive(entry: Entry): boolean {
  return entry.kind === 'file' && isArchiveName(entry.path);
}

/** In any folder and any case: then the archives beside are not what was meant. */
export function holdsAskedFor(entries: readonly Entry[], rules: HandInRules): boolean {
  const endings = [...rules.code, ...rules.written].map((name) => folded(`/${name}`));
  return entries.some(({ path }) => endings.some((ending) => folded(`/${path}`).endsWith(ending)));
}
