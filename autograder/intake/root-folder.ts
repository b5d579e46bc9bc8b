/** Finds the folder that holds the work: zips come with wrapper folders, Downloads/hw2/, and old copies beside. */
import type { HandInRules } from '../../contract/rubric.ts';
import { isAttachment } from './attachments.ts';
import { isArchiveName } from './archive-kind.ts';
import type { Entry } from './listing.ts';
import { Refused } from './problems.ts';
import { byText, folded, listed, shown } from './safe-name.ts';

/**
 * The prefix of the folder ('' or 'hw2/') that holds the declared code files; where there is none
 * the written ones decide, and a different case is better than nothing, so that a hint can be given.
 * Never a guess: two folders that could both be meant are refused.
 */
export function findRoot(entries: readonly Entry[], rules: HandInRules): string {
  const paths = entries.map((entry) => entry.path);
  for (const names of [rules.code, rules.written]) {
    for (const alike of [same, folded]) {
      const roots = rootsOf(paths, names, alike);
      if (roots.size > 0) return shallowest(roots);
    }
  }
  // Only pictures or PDFs: a person can still mark them.
  if (paths.some(isAttachment)) return '';
  throw nothingFound(paths, rules);
}

function same(name: string): string {
  return name;
}

/** Every folder that holds one of the names, and how many it holds. */
export function rootsOf(paths: readonly string[], names: readonly string[], alike: (name: string) => string = same): ReadonlyMap<string, number> {
  const roots = new Map<string, number>();
  const endings = names.map((name) => ({ name, ending: alike(`/${name}`) }));
  for (const path of paths) {
    const whole = alike(`/${path}`);
    for (const { name, ending } of endings) {
      if (!whole.endsWith(ending)) continue;
      const root = path.split('/').slice(0, -name.split('/').length).map((part) => `${part}/`).join('');
      roots.set(root, (roots.get(root) ?? 0) + 1);
    }
  }
  return roots;
}

function shallowest(roots: ReadonlyMap<string, number>): string {
  const ordered = [...roots].toSorted(([a], [b]) => byText(a, b));
  const first = ordered.reduce((best, next) => (depth(next[0]) < depth(best[0]) ? next : best));
  // A stray file further up must not hide the folder where the work is.
  const rival = ordered.find((other) => other !== first && (depth(other[0]) === depth(first[0]) || other[1] > first[1]));
  if (rival === undefined) return first[0];
  throw new Refused(
    `Two folders hold files the assignment asks for, ${folderName(first[0])} and ${folderName(rival[0])}, and it is not clear which one counts. Hand in one folder with all the files in it and leave the other out.`,
  );
}

function depth(root: string): number {
  return root.split('/').length;
}

function folderName(root: string): string {
  return root === '' ? 'the top folder' : `"${shown(root)}"`;
}

function nothingFound(paths: readonly string[], rules: HandInRules): Refused {
  const wanted = listed([...rules.code, ...rules.written]);
  if (paths.length === 0) return new Refused(`The hand-in is empty. The assignment asks for ${wanted}.`);
  const inner = paths.filter(isArchiveName);
  if (inner.length > 0) {
    return new Refused(`The hand-in holds another archive (${listed(inner)}) instead of the files themselves. Unpack it and hand in ${wanted} directly.`);
  }
  return new Refused(`None of the files the assignment asks for is in the hand-in. Asked for: ${wanted}. Found: ${listed(paths)}. Rename your files, or hand in the right folder.`);
}
