/** What elbow needs to know of a language: how to make a hand-in loadable and what to start. */
import type { Backend, SourceFile } from '../../contract/messages.ts';
import type { CourseFunction } from '../../contract/names.ts';
import type { TextFile } from '../../contract/submission.ts';
import type { Launch } from '../sandbox/sandbox.ts';

export interface PreparedCode {
  readonly files: readonly SourceFile[];
  /** Where a line of the loadable text stands in the student's file. */
  readonly locate: (path: string, line: number, column: number) => { readonly line: number; readonly column: number };
}

/** A task whose function a course has in another way. */
export interface CourseTask {
  /** The name of the function that makes the one of the other. */
  readonly wrapper: string;
  readonly arguments: readonly string[];
  /** Of a result that has parts, in the assignment's order. */
  readonly components: readonly string[];
  /** What is asked for over the batch. */
  readonly reduction?: 'sum' | 'mean';
  readonly course: CourseFunction;
}

/** What a course does in another way is undone by given functions (contract/names.ts). */
export interface Conventions {
  /** The text of a file with a function for each task: it is called with the course's function and the assignment's arguments. */
  readonly asAsked: (tasks: readonly CourseTask[]) => string;
  /** The text of a file with right functions as the course has them. `right`: the name that one has in `source`. */
  readonly asTheCourse: (tasks: readonly (CourseTask & { readonly source: string; readonly right: string })[]) => string;
  /** Whether a right function can be made what the course has. */
  readonly hasWayBack: (task: CourseTask) => boolean;
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
  /** What a file defines, by its text alone, and where: what follows the file's name in a place, `:31`. */
  readonly definitions: (file: TextFile) => ReadonlyMap<string, string>;
  /** Null where courses have none of their own. */
  readonly conventions: Conventions | null;
  /** How to start the child on a backend, or null where this machine does not have that backend. */
  readonly launch: (backend: Backend) => Launch | null;
  /** Weights that this language's libraries write, where that is another format than elbow's: a function of ours that makes tensors of a file's bytes, for the child. */
  readonly weights?: { readonly ending: string; readonly function: string; readonly source: () => SourceFile };
  /** Where a case runs: on what the command line asks for, or ('auto') on what suits its size. */
  readonly backendFor: (asked: Backend | 'auto', weight: 'light' | 'heavy') => Backend;
}
