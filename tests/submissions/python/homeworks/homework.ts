/** What is tried of a homework in Python. */
import type { TextFile } from '../../../../contract/submission.ts';
import { code, notebook, words } from './notebooks.ts';

/** A known mistake by its id, the task that has it, and what is written in place of what; `after`: where to begin to look. */
export type Row = readonly [id: string, task: string, from: string, to: string, after?: string];

export interface Homework {
  readonly id: string;
  /** By file of the right hand-in. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** What mistakes of a file need beside it. */
  readonly added?: Readonly<Record<string, string>>;
  readonly notebooks: {
    readonly solved: readonly TextFile[];
    readonly untouched: readonly TextFile[];
    /** Of tasks that they do not ask for. */
    readonly lacks: (task: string) => boolean;
    /** What the solved ones get for functions. */
    readonly machineMarks: number;
  };
}

/** A file, cell by cell, and below it what is run. */
export function asNotebook(files: readonly TextFile[], name: string, called: string, run = 'print("done")'): readonly TextFile[] {
  return files.flatMap(({ path, text }) => (path === name ? [{ path: called, text: notebook([words('# Homework'), ...text.split(/\n\n\n(?=def |class )/).map(code), code(run)]) }] : []));
}
