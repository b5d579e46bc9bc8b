/** What a student's code threw, as text that is safe to make: a hostile getter or toString is survived. */
import type { Thrown } from '../../../../contract/messages.ts';
import { SUBMISSION_PREFIX } from './modules.ts';

const MAX_FRAMES = 10;

export function describeThrown(error: unknown): Thrown {
  const isObject = typeof error === 'object' && error !== null;
  const name = isObject ? text(() => (error as { name?: unknown }).name) : '';
  const message = isObject ? text(() => (error as { message?: unknown }).message) : text(() => error);
  const stack = isObject ? text(() => (error as { stack?: unknown }).stack) : '';
  return { name: (name || 'Error').slice(0, 200), message: message.slice(0, 4000), frames: ownFrames(stack) };
}

function text(read: () => unknown): string {
  try {
    const value = read();
    return typeof value === 'string' ? value : String(value ?? '');
  } catch {
    return '';
  }
}

/** Only frames of the hand-in's own files: the grader's and the library's lines help nobody. */
function ownFrames(stack: string): Thrown['frames'] {
  const frames: Thrown['frames'] = [];
  for (const line of stack.slice(0, 20_000).split('\n')) {
    const start = line.indexOf(SUBMISSION_PREFIX);
    const match = start < 0 ? null : /^(.{1,300}?):(\d{1,9}):(\d{1,9})/.exec(line.slice(start + SUBMISSION_PREFIX.length));
    if (match?.[1] === undefined) continue;
    frames.push({ path: match[1], line: Number(match[2]), column: Number(match[3]) });
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}
