/** Why a child ended, as a sentence a student understands. No measured time in it: a rerun must give the same report. */
import type { Ending, Limit } from '../../contract/reply.ts';

export function describeEnding(ending: Ending): string {
  switch (ending.kind) {
    case 'exited':
      return 'The program ended before it returned an answer: look for a call that ends it (process.exit, os._exit).';
    case 'limit':
      return describeLimit(ending.limit, ending.allowed);
    case 'protocol':
      return 'The program wrote to the channel that is reserved for the grader, so its answer could not be read.';
    case 'our-fault':
      return 'This could not be graded because of a fault on the grader’s side. It costs no marks.';
  }
}

function describeLimit(limit: Limit, allowed: number): string {
  switch (limit) {
    case 'cpu-time':
      return `It was stopped after ${allowed} seconds of computing without an answer: look for a loop that never ends.`;
    case 'wall-time':
      return `It was stopped after ${allowed} seconds of waiting without an answer: look for what it waits for and never comes (a promise, a timer, a sleep).`;
    case 'memory':
      return `It was stopped because it needed more than ${allowed} MB of memory: look for a list that grows in a loop, or tensors far larger than the task asks for.`;
    case 'output':
      return `It was stopped because it printed more than ${Math.round(allowed / 1024)} KiB: look for a print inside a loop.`;
    case 'answer':
      return `Its answers were not read, because together they are larger than ${Math.round(allowed / 1024)} KiB: look at the shapes of what it returns.`;
  }
}
