/** The two ways intake says no. Anything else that is thrown is a fault of ours or of the machine. */

/** The student's mistake; becomes a refusal at the door. The message is the reason the student reads. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The mistake of whoever runs the grader: a wrong path, a malformed list. The message is all they need. */
export class IntakeError extends Error {
  override readonly name = 'IntakeError';
}

/** An error of the disk or the operating system, as opposed to one about the bytes that were read. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
