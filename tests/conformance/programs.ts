/**
 * What a language must bring to be tested: the same programs, function by function, in its own words.
 * A new adapter is held to the whole suite by adding its programs to the map below.
 */
import type { Backend } from '../../contract/messages.ts';
import type { TextFile } from '../../contract/submission.ts';
import { typescriptPrograms } from './typescript-programs.ts';

export interface LanguagePrograms {
  /** Of every module's file name. */
  readonly ending: string;
  readonly files: readonly TextFile[];
  /** Given helpers as they were given; some are edited in `files`. */
  readonly originals: readonly TextFile[];
  /** A function in `lacking` that needs a kernel which that backend does not have. */
  readonly lacking: Partial<Readonly<Record<Backend, { readonly function: string; readonly kernel: string }>>>;
}

export const programsOf: ReadonlyMap<string, LanguagePrograms> = new Map([['typescript', typescriptPrograms]]);
