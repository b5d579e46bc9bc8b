/** What training made: read as bytes under limits of its own. A file that cannot be read costs nothing but itself. */
import type { HandInRules } from '../../contract/rubric.ts';
import type { ResultFile } from '../../contract/submission.ts';
import type { IntakeLimits } from './intake-limits.ts';
import type { Entry } from './listing.ts';
import { Refused } from './problems.ts';
import { nameProblem } from './safe-name.ts';

/** @param found entries by the name the assignment has for them; a name that is there twice is not read. */
export async function readResults(found: readonly { readonly path: string; readonly entry: Entry }[], { results }: HandInRules, limits: IntakeLimits): Promise<readonly ResultFile[]> {
  const files: ResultFile[] = [];
  let room = limits.resultBytesInAll;
  for (const name of results) {
    const [first, ...others] = found.filter(({ path }) => path === name);
    if (first === undefined) continue;
    const content = others.length > 0 ? unread('is in the hand-in more than once') : await contentOf(first.entry, Math.min(room, limits.resultBytes), limits);
    if (content.kind === 'bytes') room -= content.bytes.length;
    files.push({ path: name, content });
  }
  return files;
}

async function contentOf({ kind, path, bytes, read }: Entry, room: number, limits: IntakeLimits): Promise<ResultFile['content']> {
  if (kind !== 'file') return unread(kind === 'link' ? 'is a link to another file' : 'is no ordinary file');
  if (nameProblem(path) !== null) return unread('has a name that cannot be read safely');
  if (bytes > limits.resultBytes) return unread(`is larger than ${limits.resultBytes / 1024 / 1024} MiB`);
  if (bytes > room) return unread(`brings what training made above ${limits.resultBytesInAll / 1024 / 1024} MiB`);
  try {
    return { kind: 'bytes', bytes: await read() };
  } catch (error) {
    if (error instanceof Refused) return unread(`could not be read: ${error.message}`);
    throw error;
  }
}

function unread(problem: string): ResultFile['content'] {
  return { kind: 'unread', problem };
}
