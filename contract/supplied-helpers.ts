/**
 * Right functions that ship beside the fixtures as `helpers.json`, so that what builds on a student's wrong
 * one can be judged without it. Staff only: they are answers to tasks, and no part of a template.
 */
import { type Static, Type } from './schema.ts';

const strict = { additionalProperties: false } as const;

export const HELPERS_FILE = 'helpers.json';

/** `helpers.python.json`: the same in another language. */
export function helpersFile(language: string): string {
  return HELPERS_FILE.replace('.json', `.${language}.json`);
}

/** The language of such a file; null for every other name. */
export function languageOfHelpers(name: string): string | null {
  return /^helpers\.([a-z]+)\.json$/.exec(name)?.[1] ?? null;
}

export const SuppliedHelpers = Type.Object(
  {
    /** For each task that another builds on, the file below in which its function is found. */
    sources: Type.Record(Type.String(), Type.String()),
    /** These files and all that they import, as texts. */
    files: Type.Array(Type.Object({ path: Type.String(), text: Type.String() }, strict)),
  },
  strict,
);
export type SuppliedHelpers = Static<typeof SuppliedHelpers>;
