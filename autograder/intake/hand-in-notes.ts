/** The sentences about a hand-in that its report begins with. */
import type { Decoded } from './decode-text.ts';
import { byText, folded, listed, shown } from './safe-name.ts';

const PACKAGES = 'node_modules';
/** A conflict left by git: the file cannot run, and "unexpected token" would not say why. */
const CONFLICT = /^(?:<{7} .*|>{7} .*)$/m;
/** What browsers and file managers put between a name and its ending: `vae (1).ts`, `vae - Copy.ts`. */
const COPY = String.raw`(?: ?\(\d+\)| - copy| copy|[ _]\d+)?`;

/** @param paths everything in the hand-in, those of the root folder relative to it. */
export function noteOnMissing(name: string, paths: readonly string[]): string {
  const missing = `${name} is missing`;
  const elsewhere = paths.find((path) => path.endsWith(`/${name}`));
  if (elsewhere !== undefined) return `${missing}: the hand-in has ${shown(elsewhere)} instead. Move it to where the other files are.`;
  const otherCase = paths.find((path) => folded(`/${path}`).endsWith(folded(`/${name}`)));
  if (otherCase !== undefined) return `${missing}: ${shown(otherCase)} differs in upper and lower case, which counts. Rename it.`;
  const alike = likeCopyOf(name);
  const similar = paths.find((path) => alike.test(baseOf(path)));
  if (similar !== undefined) return `${missing}: was ${shown(similar)} meant? Only the exact name is read.`;
  return `${missing}.`;
}

/** The same file under a name a download or an editor gave it: `vae (1).ts`, `vae.ts.txt`, `vae.js`. */
function likeCopyOf(name: string): RegExp {
  const base = baseOf(name);
  const stem = base.replace(/\.[^.]*$/, '').replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return new RegExp(String.raw`^${stem}${COPY}(?:\.[a-z]{1,5}){1,2}$`, 'iu');
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Of files that were not asked for, an empty one is no news: `__init__.py` is mostly empty. */
export function notesOnText(path: string, decoded: Decoded | null, { isAsked }: { readonly isAsked: boolean }): readonly string[] {
  if (decoded === null) return [`${shown(path)} is not a text file, so it counts as missing. Save it as plain text in UTF-8.`];
  const notes = decoded.doubt === undefined ? [] : [`${shown(path)} ${decoded.doubt}.`];
  if (isAsked && decoded.text.trim() === '') notes.push(`${shown(path)} is empty.`);
  const conflict = CONFLICT.exec(decoded.text);
  if (conflict !== null) {
    const line = decoded.text.slice(0, conflict.index).split('\n').length;
    notes.push(`${shown(path)} still holds the marks of a merge conflict (line ${line}), so it cannot run as it is.`);
  }
  return notes;
}

export function notesOnSkippedFolders(skipped: ReadonlyMap<string, number | undefined>): readonly string[] {
  const others = [...skipped.keys()].filter((folder) => folder !== PACKAGES).toSorted(byText);
  const notes = others.length === 0 ? [] : [`${listed(others)} was left alone.`];
  if (!skipped.has(PACKAGES)) return notes;
  const count = skipped.get(PACKAGES);
  const size = count === undefined ? '' : ` (${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'})`;
  return [`${PACKAGES}${size} was left alone: packages are provided, so leave it out of the next hand-in.`, ...notes];
}

export function notesOnLeftAlone(links: readonly string[], others: readonly string[]): readonly string[] {
  const notes: string[] = [];
  if (links.length > 0) notes.push(`Links and special files are not followed: ${listed(links)}.`);
  if (others.length > 0) notes.push(`Left alone, because the assignment does not ask for it: ${listed(others.toSorted(byText))}.`);
  return notes;
}
