/** What a file of Python defines, by its text alone: nothing is run for it. */
import type { TextFile } from '../../../contract/submission.ts';
import { codeCells, isNotebook } from './notebook.ts';

/**
 * Every function, class and method, `Class.method`, and names that are given a value, with what follows the file's name
 * in a place: `:31`, or `, cell 6:4` of a notebook. A later definition counts.
 */
export function definitions({ path, text }: TextFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const pieces = isNotebook(path) ? cellsOf(text).map(({ number, source }) => ({ label: `, cell ${number}`, source })) : [{ label: '', source: text }];
  for (const { label, source } of pieces) {
    for (const [name, line] of definedBy(source)) found.set(name, `${label}:${line}`);
  }
  return found;
}

function cellsOf(text: string): ReturnType<typeof codeCells> {
  try {
    return codeCells(text);
  } catch {
    return [];
  }
}

function definedBy(source: string): readonly (readonly [name: string, line: number])[] {
  let owner: string | null = null;
  return source.split(/\r\n?|\n/).flatMap((line, index) => {
    const [, indent = '', kind, name = ''] = /^(\s*)(?:async\s+)?(def|class)\s+(\w+)/.exec(line) ?? [];
    if (kind !== undefined && indent === '') {
      owner = kind === 'class' ? name : null;
      return [[name, index + 1] as const];
    }
    if (kind === 'def' && owner !== null) return [[`${owner}.${name}`, index + 1] as const];
    const given = /^(\w+)\s*=[^=]/.exec(line)?.[1];
    return given === undefined ? [] : [[given, index + 1] as const];
  });
}
