/** What of a file's imports is not as the template has it, for courses that let nobody change them. */
import type { TextFile } from '../../../contract/submission.ts';

/** A whole statement, over several lines where it has them; `import(...)` and `require(...)` anywhere. */
const STATEMENT = /^[ \t]*import\b(?!\s*\()[^'"`;]*['"][^'"\n]*['"]\s*;?/gm;
const CALL = /\b(?:import|require)\s*\(\s*(['"`])([^'"`\n]*)\1/g;

/** Once every stub is filled in, nothing uses it: editors take such an import away. */
const OF_STUBS = /from '\.\/given\/unanswered\.ts'/;

/** @param given by file, the statements it comes with. Files that are not there, or are nobody's, are left alone. */
export function noteImports(code: readonly TextFile[], given: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return code.flatMap(({ path, text }) => {
    if (!Object.hasOwn(given, path)) return [];
    const own = importsIn(text);
    const expected = (given[path] ?? []).map(plain);
    const added = own.filter((statement) => !expected.includes(statement));
    const removed = expected.filter((statement) => !own.includes(statement) && !OF_STUBS.test(statement));
    const changes = [listed('added', added), listed('left out', removed)].filter((part) => part !== '');
    return changes.length === 0 ? [] : [`The imports of ${path} are not those of the template, which this course does not allow: ${changes.join('; ')}.`];
  });
}

function importsIn(text: string): readonly string[] {
  const code = withoutComments(text);
  const statements = [...code.matchAll(STATEMENT)].map(([statement]) => plain(statement));
  return [...new Set([...statements, ...[...code.matchAll(CALL)].map(([, , module = '']) => `import('${module}')`)])];
}

/** Spacing, quotes and semicolons are nobody's business. */
function plain(statement: string): string {
  return statement
    .replaceAll('"', "'")
    .replaceAll(/\s*,\s*/g, ', ')
    .replaceAll(/\s*\{\s*/g, ' { ')
    .replaceAll(/,?\s*\}\s*/g, ' } ')
    .replaceAll(/\s+/g, ' ')
    .replace(/\s*;?\s*$/, '')
    .trim();
}

function listed(what: string, statements: readonly string[]): string {
  return statements.length === 0 ? '' : `${what} ${statements.map((statement) => `“${statement}”`).join(', ')}`;
}

/** Comments only: a quote in a comment would else begin a string. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
