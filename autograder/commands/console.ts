/** How a command speaks: it never prints by itself, so that every command can be run by a test. */
export interface Console {
  readonly print: (line: string) => void;
  /** Whether a person is watching: then progress is drawn over itself, else it is plain lines. */
  readonly interactive: boolean;
  /** Writes without a line end, for progress that is drawn over itself. */
  readonly draw: (text: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A mistake of whoever runs elbow: the message says what to do next. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A fault of the machine that its owner can mend: the message says how, and a stack would say nothing more. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
}

export const exitCodes = { done: 0, needsAttention: 1, ourFault: 2, usage: 64, interrupted: 130 } as const;
