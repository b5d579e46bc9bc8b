/**
 * What a language must bring to be tested: the same programs, function by function, in its own words.
 * A new adapter is held to the whole suite by adding its programs to the map below.
 */
import type { Backend } from '../../contract/messages.ts';
import type { TextFile } from '../../contract/submission.ts';
import { pythonPrograms } from './python-programs.ts';
import { typescriptPrograms } from './typescript-programs.ts';

export interface LanguagePrograms {
  /** Of every module's file name. */
  readonly ending: string;
  readonly files: readonly TextFile[];
  /** Given helpers as they were given; some are edited in `files`. */
  readonly originals: readonly TextFile[];
  /** A function in `lacking` that needs a kernel which that backend does not have. */
  readonly lacking: Partial<Readonly<Record<Backend, { readonly function: string; readonly kernel: string }>>>;
  /** Programs that have no counterpart in the language. */
  readonly lacks: readonly string[];
  /** Further ways to draw two rows of three standard normals. */
  readonly served: readonly string[];
  /** What `prints` prints. */
  readonly printed: string;
  /** What is said of a file that does not compile, and where that is. */
  readonly broken: { readonly says: string; readonly place: string };
  /** Modules that import what is not there, and what they are told. */
  readonly reachingOut: readonly (readonly [module: string, says: string])[];
}

export const programsOf: ReadonlyMap<string, LanguagePrograms> = new Map([
  ['typescript', typescriptPrograms],
  ['python', pythonPrograms],
]);
