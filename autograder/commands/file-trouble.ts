/** What the machine said about a file, in a sentence that says what to do: a stack would say nothing more. */

/** Only what no fault of ours causes: that a file is not there may be one. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, then run the same command again.',
  EDQUOT: 'Your share of the disk is used up. Free some space, then run the same command again.',
  EROFS: 'That disk can be read only. Name another place.',
  EACCES: 'You have no permission for it. Name another place, or change its permissions.',
  EPERM: 'You have no permission for it. Name another place, or change its permissions.',
  ENOTDIR: 'A file stands where a folder is wanted. Name another place.',
  EEXIST: 'A file stands where a folder is wanted. Name another place.',
  EISDIR: 'It is a folder, and a file is wanted.',
};

/** Null where it is something else. */
export function fileTrouble(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return reason === undefined || path === undefined ? null : `${path} could not be read or written. ${reason}`;
}
