/** What one hand-in may cost us to look at. Real hand-ins stay far below every line. */
export interface IntakeLimits {
  /** Files looked at, those in skipped folders (node_modules, .git, ...) not counted. */
  readonly entries: number;
  /** Files counted in all, skipped ones too. */
  readonly entriesInAll: number;
  /** Files read. */
  readonly files: number;
  /** Bytes of one file read, unpacked. */
  readonly fileBytes: number;
  /** Bytes of one notebook: its plots lie in it as text. */
  readonly notebookBytes: number;
  /** Bytes of all files read, unpacked. */
  readonly totalBytes: number;
  /** Bytes of one file that training made, and of all of them. */
  readonly resultBytes: number;
  readonly resultBytesInAll: number;
  /** Archives opened that lie inside a folder or another archive. */
  readonly archives: number;
  /** Bytes of all archives that lie inside others. */
  readonly archiveBytes: number;
  /** Bytes a tar unpacks to: it has no directory, so all of it goes by. */
  readonly unpackedBytes: number;
  /** Archives inside archives. */
  readonly nesting: number;
  /** Folders inside folders. */
  readonly depth: number;
  /** Bytes of one path. */
  readonly pathBytes: number;
}

export const intakeLimits: IntakeLimits = {
  entries: 2_000,
  entriesInAll: 100_000,
  files: 64,
  fileBytes: 1024 * 1024,
  notebookBytes: 16 * 1024 * 1024,
  totalBytes: 48 * 1024 * 1024,
  resultBytes: 64 * 1024 * 1024,
  resultBytesInAll: 128 * 1024 * 1024,
  archives: 24,
  archiveBytes: 128 * 1024 * 1024,
  unpackedBytes: 1024 * 1024 * 1024,
  nesting: 3,
  depth: 32,
  pathBytes: 1_024,
};

/** Of one file that is read. */
export function mostBytes(path: string, { fileBytes, notebookBytes }: IntakeLimits): number {
  return /\.ipynb$/i.test(path) ? notebookBytes : fileBytes;
}
