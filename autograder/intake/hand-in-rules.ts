/** Picks from a hand-in what the assignment asks for, and writes down what a reader of the report should know. */
import type { HandInRules } from '../../contract/rubric.ts';
import type { Attachment, ResultFile, TextFile } from '../../contract/submission.ts';
import { attachmentOf, isAttachment } from './attachments.ts';
import { decodeText } from './decode-text.ts';
import { noteOnMissing, notesOnLeftAlone, notesOnSkippedFolders, notesOnText } from './hand-in-notes.ts';
import { type IntakeLimits, mostBytes } from './intake-limits.ts';
import type { Entry, Listing } from './listing.ts';
import { Refused } from './problems.ts';
import { readResults } from './result-files.ts';
import { findRoot } from './root-folder.ts';
import { byText, folded, nameProblem, shown } from './safe-name.ts';

export interface Picked {
  readonly code: readonly TextFile[];
  readonly written: readonly TextFile[];
  readonly attachments: readonly Attachment[];
  readonly results: readonly ResultFile[];
  readonly notes: readonly string[];
}

/** An entry whose path starts at the root; what lies outside the root keeps its whole path and is never read. */
interface Placed {
  readonly path: string;
  readonly entry: Entry;
}

export async function pick(listing: Listing, rules: HandInRules, limits: IntakeLimits): Promise<Picked> {
  const root = findRoot(listing.entries, rules);
  const declared = [...new Set([...rules.code, ...rules.given, ...rules.written])];
  const within = listing.entries.filter((entry) => entry.path.startsWith(root)).map((entry) => ({ path: entry.path.slice(root.length), entry }));
  const inside = unflattened(within, [...declared, ...rules.results]).toSorted((a, b) => depth(a.path) - depth(b.path) || byText(a.path, b.path));
  const outside = listing.entries.filter((entry) => !entry.path.startsWith(root)).map((entry) => ({ path: entry.path, entry }));

  const asked = declared.flatMap((name) => inside.filter(({ path }) => path === name));
  const extra = inside.filter(({ path, entry }) => entry.kind === 'file' && !declared.includes(path) && rules.extraCode.some((ending) => path.endsWith(ending)));
  refuseLinks(asked);
  refuseUnsafe([...asked, ...extra]);
  refuseTwins([...asked, ...extra], inside);
  const { chosen, tooMuch } = withinLimits(asked, extra, limits);

  const notes = rules.code.filter((name) => !inside.some(({ path }) => path === name)).map((name) => noteOnMissing(name, [...inside, ...outside].map(({ path }) => path)));
  const texts: TextFile[] = [];
  for (const { path, entry } of chosen) {
    const decoded = decodeText(await entry.read());
    notes.push(...notesOnText(path, decoded, { isAsked: declared.includes(path) }));
    if (decoded !== null) texts.push({ path, text: decoded.text });
  }

  const read = new Set([...chosen, ...extra].map(({ path }) => path));
  const rest = inside.filter(({ path }) => !read.has(path));
  const links = rest.filter(({ path, entry }) => entry.kind !== 'file' && !rules.results.includes(path)).map(({ path }) => path);
  const others = [...rest.filter(({ entry }) => entry.kind === 'file'), ...outside];
  // Handed in by itself, beside an archive with the work, a result lies outside the work's folder.
  const results = await readResults([...rest, ...outside.filter(({ path }) => !rest.some((placed) => placed.path === path))], rules, limits);
  const aside = others.map(({ path }) => path).filter((path) => !isAttachment(path) && !rules.scaffolding.includes(path) && !rules.results.includes(path));
  notes.push(...tooMuch, ...notesOnSkippedFolders(new Map([...listing.skipped].filter(([folder]) => !rules.scaffolding.includes(folder)))), ...notesOnLeftAlone(links, aside));
  for (const { path, content } of results) if (content.kind === 'unread') notes.push(`${shown(path)} ${content.problem}. It was not looked at; the rest was.`);
  const attachments: Attachment[] = [];
  for (const { path, entry } of others.filter((placed) => isAttachment(placed.path))) attachments.push(await attachmentOf(path, entry, limits));
  return {
    code: texts.filter(({ path }) => !rules.written.includes(path)),
    written: texts.filter(({ path }) => rules.written.includes(path)),
    attachments,
    results,
    notes,
  };
}

/** Course systems take folders away: a lone `proof.md` is `derivations/proof.md` where only that is asked for and missing. */
function unflattened(placed: readonly Placed[], declared: readonly string[]): readonly Placed[] {
  const paths = new Set(placed.map(({ path }) => path));
  return placed.map(({ path, entry }) => {
    const [meant, ...others] = declared.filter((name) => name.endsWith(`/${path}`));
    const isMeant = meant !== undefined && others.length === 0 && !paths.has(meant) && !declared.includes(path);
    return { path: isMeant ? meant : path, entry };
  });
}

function depth(path: string): number {
  return path.split('/').length;
}

function refuseLinks(asked: readonly Placed[]): void {
  const odd = asked.find(({ entry }) => entry.kind !== 'file');
  if (odd === undefined) return;
  const what = odd.entry.kind === 'link' ? 'a link to another file' : 'not an ordinary file';
  throw new Refused(`${shown(odd.path)} is ${what}. Put the file itself into the hand-in.`);
}

function refuseUnsafe(wanted: readonly Placed[]): void {
  for (const { path } of wanted) {
    const problem = nameProblem(path);
    if (problem !== null) throw new Refused(`${shown(path)} cannot be read: ${problem}. Rename it and hand in again.`);
  }
}

/** Which of two is meant depends on the computer that unpacks them, so neither is read. */
function refuseTwins(wanted: readonly Placed[], inside: readonly Placed[]): void {
  const wantedKeys = new Set(wanted.map(({ path }) => folded(path)));
  const firsts = new Map<string, string>();
  for (const { path: second } of inside) {
    const key = folded(second);
    const first = firsts.get(key);
    firsts.set(key, second);
    if (first === undefined || !wantedKeys.has(key)) continue;
    const what = first === second ? `${shown(first)} is in the hand-in twice` : `${shown(first)} and ${shown(second)} are the same name on many computers`;
    throw new Refused(`${what}, and it is not clear which one counts. Leave one of them out.`);
  }
}

/** Files asked for must all fit; of the extra ones those next to them come first, and the rest are left out with a note. */
function withinLimits(asked: readonly Placed[], extra: readonly Placed[], limits: IntakeLimits): { readonly chosen: readonly Placed[]; readonly tooMuch: readonly string[] } {
  const chosen: Placed[] = [];
  const tooMuch: string[] = [];
  let total = 0;
  for (const [index, file] of [...asked, ...extra].entries()) {
    const excess = excessOf(file.entry.bytes, total, mostBytes(file.path, limits), limits);
    if (index < asked.length && excess !== null) throw new Refused(`${shown(file.path)} ${excess}. Hand in the code and answers only, without data in them.`);
    if (excess !== null) tooMuch.push(`${shown(file.path)} was not read: it ${excess}.`);
    else if (index >= asked.length && chosen.length >= limits.files) tooMuch.push(`${shown(file.path)} was not read: at most ${limits.files} files are.`);
    else {
      chosen.push(file);
      total += file.entry.bytes;
    }
  }
  return { chosen, tooMuch: firstFew(tooMuch) };
}

function excessOf(bytes: number, total: number, most: number, limits: IntakeLimits): string | null {
  if (bytes > most) return `is larger than ${megabytes(most)}`;
  if (total + bytes > limits.totalBytes) return `brings the hand-in above ${megabytes(limits.totalBytes)} of text`;
  return null;
}

function megabytes(bytes: number): string {
  return `${Number((bytes / 1024 / 1024).toFixed(2))} MiB`;
}

function firstFew(notes: readonly string[]): readonly string[] {
  const most = 5;
  return notes.length <= most ? notes : [...notes.slice(0, most), `${notes.length - most} more files were not read for the same reasons.`];
}
