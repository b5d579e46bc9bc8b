/** PDFs and pictures: named for the person who marks, and hashed so that a mark belongs to what was looked at. */
import { createHash } from 'node:crypto';
import type { Attachment } from '../../contract/submission.ts';
import type { IntakeLimits } from './intake-limits.ts';
import type { Entry } from './listing.ts';
import { Refused } from './problems.ts';
import { shown } from './safe-name.ts';

const ENDINGS = ['.pdf', '.png', '.jpg', '.jpeg', '.svg'];

export function isAttachment(path: string): boolean {
  const lower = path.toLowerCase();
  return ENDINGS.some((ending) => lower.endsWith(ending));
}

/** One that is too large to be read is known by its name and size. */
export async function attachmentOf(path: string, entry: Entry, limits: IntakeLimits): Promise<Attachment> {
  const bytes = entry.kind === 'file' && entry.bytes <= limits.resultBytes ? await bytesOf(entry) : null;
  const known = bytes ?? `${path} ${entry.bytes}`;
  return { name: shown(path), sha256: createHash('sha256').update(known).digest('hex') };
}

async function bytesOf(entry: Entry): Promise<Buffer | null> {
  try {
    return await entry.read();
  } catch (error) {
    // Damaged, or too large for its archive: a person will see that, and nothing else of the hand-in is touched.
    if (error instanceof Refused) return null;
    throw error;
  }
}
