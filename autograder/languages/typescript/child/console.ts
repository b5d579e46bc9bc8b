/** Console text goes to the grader in frames of its own, in order, so that a later kill loses none of it. */
import { format } from 'node:util';
import type { SendFrame } from './channel.ts';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const;

/** One frame never carries more than this; what is longer is cut into pieces. */
const PIECE = 1 << 16;

let muted = false;

/** Runs something that repeats the student's code for a measurement: what it prints was heard already. */
export function quietly<Result>(run: () => Result): Result {
  muted = true;
  try {
    return run();
  } finally {
    muted = false;
  }
}

export function captureConsole(send: SendFrame): void {
  const emit = (text: string): void => {
    if (muted) return;
    for (let start = 0; start < text.length; start += PIECE) {
      send({ type: 'console', text: text.slice(start, start + PIECE) });
    }
  };
  for (const method of METHODS) {
    console[method] = (...values: unknown[]) => emit(`${format(...values)}\n`);
  }
  const write = (chunk: unknown): boolean => {
    emit(typeof chunk === 'string' ? chunk : String(chunk));
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
}
