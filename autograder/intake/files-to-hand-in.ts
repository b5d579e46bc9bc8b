/** What of a student's folder belongs into the hand-in: exactly what the grader will read from it, and nothing else. */
import { realpath } from 'node:fs/promises';
import type { HandInRules } from '../../contract/rubric.ts';
import { isAttachment } from './attachments.ts';
import { pick } from './hand-in-rules.ts';
import { intakeLimits } from './intake-limits.ts';
import { recogniseLanguage } from './language-of.ts';
import { Refused } from './problems.ts';
import { listFolder } from './read-folder.ts';
import { byText } from './safe-name.ts';

export interface FileToHandIn {
  readonly path: string;
  readonly bytes: Buffer;
}

export type FilesToHandIn =
  | { readonly kind: 'refused'; readonly reason: string }
  /** Notes are those that the report would begin with. */
  | { readonly kind: 'files'; readonly files: readonly FileToHandIn[]; readonly missing: readonly string[]; readonly notes: readonly string[] };

export async function filesToHandIn(folder: string, anyRules: HandInRules): Promise<FilesToHandIn> {
  try {
    const { entries: found, skipped } = await listFolder(await realpath(folder), intakeLimits);
    const { entries, rules } = recogniseLanguage(found, anyRules);
    const { code, written, results, notes } = await pick({ entries, skipped }, rules, intakeLimits);
    const read = [...code, ...written, ...results.filter(({ content }) => content.kind === 'bytes')].map(({ path }) => path);
    // A file that is read as if it lay in its folder is packed where it lies: the grader will read it so again.
    const isRead = (path: string): boolean => read.includes(path) || (!path.includes('/') && read.some((name) => name.endsWith(`/${path}`) && !entries.some((other) => other.path === name)));
    const wanted = entries.filter(({ kind, path }) => kind === 'file' && (isRead(path) || isAttachment(path)));
    const files: FileToHandIn[] = [];
    for (const { path, read: bytes } of wanted.toSorted((a, b) => byText(a.path, b.path))) files.push({ path, bytes: await bytes() });
    return { kind: 'files', files, missing: [...rules.code, ...rules.written].filter((name) => !read.includes(name)), notes };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', reason: error.message };
    throw error;
  }
}
