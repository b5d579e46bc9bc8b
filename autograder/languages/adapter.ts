/** What elbow needs to know of a language: how to make a hand-in loadable and what to start. */
import type { Backend, SourceFile } from '../../contract/messages.ts';
import type { TextFile } from '../../contract/submission.ts';
import type { Launch } from '../sandbox/sandbox.ts';

export interface PreparedCode {
  readonly files: readonly SourceFile[];
  /** Where a line of the loadable text stands in the student's file. */
  readonly locate: (path: string, line: number, column: number) => { readonly line: number; readonly column: number };
}

export interface LanguageAdapter {
  readonly id: string;
  /** Makes each file loadable by itself, without looking at any other file; what cannot be is `broken`. */
  readonly prepare: (files: readonly TextFile[]) => Promise<PreparedCode>;
  /** What of a file of the template is given: all but the functions that are asked for. */
  readonly givenPart: (file: TextFile, asked: readonly string[]) => TextFile;
  /** A sentence for each given helper that was edited: the original was used. */
  readonly noteEdits: (code: readonly TextFile[], originals: readonly TextFile[]) => readonly string[];
  /** A sentence for each file whose imports are not the given ones, where a course lets nobody change them. */
  readonly noteImports: (code: readonly TextFile[], given: Readonly<Record<string, readonly string[]>>) => readonly string[];
  /** How to start the child on a backend, or null where this machine does not have that backend. */
  readonly launch: (backend: Backend) => Launch | null;
  /** Weights that this language's libraries write, where that is another format than elbow's: a function of ours that makes tensors of a file's bytes, for the child. */
  readonly weights?: { readonly ending: string; readonly function: string; readonly source: () => SourceFile };
  /** Where a case runs: on what the command line asks for, or ('auto') on what suits its size. */
  readonly backendFor: (asked: Backend | 'auto', weight: 'light' | 'heavy') => Backend;
}
