/** What a language wants run, and the command that it becomes. */

/** A file that a program is told of, wherever the box puts it; `before` as in `--allow-fs-read=`. */
export interface FileArgument {
  readonly file: string;
  readonly before?: string;
}

/** Files are read-only. */
export interface Launch {
  readonly program: string;
  readonly arguments: readonly (string | FileArgument)[];
  /** Further files that must lie beside those named in `arguments`. */
  readonly files: readonly string[];
  readonly environment: Readonly<Record<string, string | { readonly file: string }>>;
  /** Files and folders that must lie where they lie on this machine; asked for when a box is made. */
  readonly places?: () => readonly string[];
}

export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where the child reads and writes frames: on descriptor 3, or on its standard input and output. */
  readonly frames: 'descriptor' | 'stdio';
  /** What the descriptors from 4 on are given to read: bubblewrap's arguments and the filter. */
  readonly inputs: readonly (string | Uint8Array)[];
  /** Whether the descriptor after those will name the pid of the program inside. */
  readonly reportsPid: boolean;
}

export function argumentText(argument: string | FileArgument, locate: (file: string) => string): string {
  return typeof argument === 'string' ? argument : `${argument.before ?? ''}${locate(argument.file)}`;
}
