/**
 * Many pieces, one hand-in. Of several versions the latest counts; code and write-up that were collected
 * apart come together; a file that lies loose counts before its copy in an archive. What does not count
 * is always named, and what cannot be told is refused rather than guessed.
 */
import type { HandInRules } from '../../contract/rubric.ts';
import { withoutArchiveEnding } from './archive-kind.ts';
import type { Entry, Listing } from './listing.ts';
import type { Piece } from './open-part.ts';
import { holdsAskedFor } from './pieces.ts';
import { Refused } from './problems.ts';
import { findRoot } from './root-folder.ts';
import { folded, shown } from './safe-name.ts';

export interface Merged {
  readonly listing: Listing;
  readonly notes: readonly string[];
}

/** A piece that holds work, its entries from the folder of the work on. */
interface Work {
  readonly piece: Piece;
  readonly entries: ReadonlyMap<string, Entry>;
  /** The asked-for files in it. */
  readonly asked: ReadonlySet<string>;
  readonly outside: readonly Entry[];
}

export function mergePieces(pieces: readonly Piece[], rules: HandInRules): Merged {
  const broken = pieces.filter(({ problem }) => problem !== undefined);
  const whole = pieces.filter(({ problem }) => problem === undefined).map((piece) => placedAsAsked(piece, rules));
  const holding = whole.filter(({ listing }) => holdsAskedFor(listing.entries, rules));
  const [first] = broken;
  if (first !== undefined && holding.length === 0) throw new Refused(first.problem ?? '');
  const notes = broken.map(({ name, problem }) => `${shown(name)} was left alone. ${problem ?? ''}`);
  const [only, ...more] = whole;
  if (only !== undefined && more.length === 0) return { listing: only.listing, notes };

  const works = latest(holding.map((piece) => workOf(piece, rules)), notes);
  const others = whole.filter((piece) => !holding.includes(piece)).flatMap(({ name, kind, listing }) => listing.entries.map((entry) => ({ ...entry, path: kind === 'file' || name === '' ? entry.path : `${name}/${entry.path}` })));
  const skipped = new Map(whole.flatMap(({ listing }) => [...listing.skipped]));
  return { listing: { entries: [...together(works, rules, notes), ...others], skipped }, notes };
}

function together(works: readonly Work[], rules: HandInRules, notes: string[]): readonly Entry[] {
  const [only, ...more] = works;
  // As it is, so that what is there twice is seen to be.
  if (only !== undefined && more.length === 0) return only.piece.listing.entries;
  const entries = new Map<string, { readonly entry: Entry; readonly from: string }>();
  const aside: Entry[] = [];
  for (const { work, dropped } of resolved(works, rules, notes)) {
    for (const [path, entry] of work.entries) {
      const first = entries.get(folded(path));
      if (dropped.has(path)) continue;
      if (first !== undefined) notes.push(readFrom(path, first.from, work.piece.name));
      else entries.set(folded(path), { entry: { ...entry, path }, from: work.piece.name });
    }
    aside.push(...work.outside.map((entry) => ({ ...entry, path: `${work.piece.name}/${entry.path}` })));
  }
  return [...[...entries.values()].map(({ entry }) => entry), ...aside];
}

/** A course system may have flattened folders: a lone `proof.md` is `derivations/proof.md` where only that is asked for. */
function placedAsAsked(piece: Piece, { code, written, given, results }: HandInRules): Piece {
  if (piece.kind !== 'file') return piece;
  const names = [...code, ...written, ...given, ...results];
  const entries = piece.listing.entries.map((entry) => {
    const [meant, ...others] = names.filter((name) => name === entry.path || name.endsWith(`/${entry.path}`));
    return meant === undefined || others.length > 0 ? entry : { ...entry, path: meant };
  });
  return { ...piece, listing: { ...piece.listing, entries } };
}

function workOf(piece: Piece, rules: HandInRules): Work {
  const root = findRoot(piece.listing.entries, rules);
  const inside = piece.listing.entries.filter(({ path }) => path.startsWith(root)).map((entry) => [entry.path.slice(root.length), entry] as const);
  const names = new Set([...rules.code, ...rules.written].map(folded));
  return {
    piece,
    entries: new Map(inside),
    asked: new Set(inside.map(([path]) => folded(path)).filter((path) => names.has(path))),
    outside: piece.listing.entries.filter(({ path }) => !path.startsWith(root)),
  };
}

/** Drops earlier versions: of archives and folders whose work overlaps, and of the same loose file. */
function latest(works: readonly Work[], notes: string[]): readonly Work[] {
  return works.filter((work) => {
    const rivals = works.filter((other) => other !== work && other.piece.collection === work.piece.collection && isLoose(other) === isLoose(work) && overlap(work, other).length > 0);
    const [first, ...others] = rivals.filter((other) => isLater(other.piece, work.piece));
    const later = others.reduce((best, other) => (best !== undefined && isLater(other.piece, best.piece) ? other : best), first);
    if (later !== undefined) notes.push(`${shown(work.piece.name)} was left alone: ${shown(later.piece.name)} is a later version.`);
    return later === undefined;
  });
}

function isLoose({ piece }: Work): boolean {
  return piece.kind === 'file';
}

/** @throws Refused where nothing tells which of two is later. */
function isLater(a: Piece, b: Piece): boolean {
  if (a.version !== undefined && b.version !== undefined && a.version !== b.version) return a.version > b.version;
  const [named, other] = [versionIn(a.name), versionIn(b.name)];
  if (named.stem === other.stem && named.number !== other.number) return named.number > other.number;
  throw new Refused(`${shown(a.name)} and ${shown(b.name)} hold the same files of the assignment, and it is not clear which one counts. Keep only the last.`);
}

/** What browsers, course systems and people put behind a name: `hw2 (1).zip`, `hw2-2.zip`, `hw2_v3.zip`. */
function versionIn(name: string): { readonly stem: string; readonly number: number } {
  const bare = folded(withoutArchiveEnding(name));
  const found = /^(.*?)(?: ?\((\d{1,3})\)|[-_ ]v?(\d{1,3}))$/u.exec(bare);
  return found === null ? { stem: bare, number: 0 } : { stem: found[1] ?? '', number: Number(found[2] ?? found[3]) };
}

/** Which copies of a file that two pieces hold do not count, piece by piece. */
function resolved(works: readonly Work[], rules: HandInRules, notes: string[]): readonly { readonly work: Work; readonly dropped: ReadonlySet<string> }[] {
  return works.map((work) => {
    const dropped = [...work.entries.keys()].filter((path) => {
      const better = works.find((other) => other !== work && work.asked.has(folded(path)) && other.asked.has(folded(path)) && counts(other, work, path, rules));
      if (better !== undefined) notes.push(readFrom(path, better.piece.name, work.piece.name));
      return better !== undefined;
    });
    return { work, dropped: new Set(dropped) };
  });
}

/** Collected apart, code comes from the first collection and answers from the last; together, a loose file before a packed one. */
function counts(a: Work, b: Work, path: string, rules: HandInRules): boolean {
  if (a.piece.collection !== b.piece.collection) return rules.written.includes(path) ? a.piece.collection > b.piece.collection : a.piece.collection < b.piece.collection;
  return isLoose(a) && !isLoose(b);
}

function readFrom(path: string, from: string, other: string): string {
  const place = path.endsWith(from) ? 'as the file that was handed in by itself' : `from ${shown(from)}`;
  return `${shown(path)} was read ${place}, not from ${shown(other)}.`;
}

function overlap(a: Work, b: Work): readonly string[] {
  return [...a.asked].filter((name) => b.asked.has(name));
}
