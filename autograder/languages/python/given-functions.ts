/**
 * Which given functions a student has edited. In Python they stand beside those that are asked for, in one
 * file, so texts are compared function by function: comments, empty lines and spaces at the ends aside.
 */
import type { TextFile } from '../../../contract/submission.ts';
import { listed } from '../../listed.ts';

export function noteEdits(code: readonly TextFile[], originals: readonly TextFile[]): readonly string[] {
  return originals.flatMap(({ path, text }) => {
    const own = code.find((file) => file.path === path);
    if (own === undefined) return [];
    const found = functionsIn(own.text);
    const edited = [...functionsIn(text)].filter(([name, given]) => found.has(name) && found.get(name) !== given).map(([name]) => name);
    if (edited.length === 0) return [];
    return [`${path}: ${listed(edited)} ${edited.length === 1 ? 'differs' : 'differ'} from what was given. The given ${edited.length === 1 ? 'function was' : 'functions were'} used; what you added beside works.`];
  });
}

/** The file without the functions that students write: theirs must not be met by a stub. */
export function givenPart({ path, text }: TextFile, asked: readonly string[]): TextFile {
  let leftOut = false;
  const kept = text.split('\n').filter((line) => {
    if (/^\S/.test(line)) leftOut = asked.includes(/^def\s+(\w+)/.exec(line)?.[1] ?? '');
    return !leftOut;
  });
  return { path, text: kept.join('\n') };
}

/** The text of every function at the top of a file, by name, without what says nothing. */
function functionsIn(text: string): ReadonlyMap<string, string> {
  const functions = new Map<string, string>();
  let name: string | null = null;
  for (const line of withoutWords(text).split('\n')) {
    const bare = line.replace(/#.*$/, '').trimEnd();
    if (bare === '') continue;
    if (!/^\s/.test(bare)) name = /^def\s+(\w+)/.exec(bare)?.[1] ?? null;
    if (name !== null) functions.set(name, `${functions.get(name) ?? ''}${bare}\n`);
  }
  return functions;
}

function withoutWords(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/^\s*[rR]?("""|''')[^]*?\1[ \t]*$/gm, '');
}
