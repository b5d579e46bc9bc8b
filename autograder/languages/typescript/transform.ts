/**
 * One file of a hand-in from TypeScript to CommonJS, by itself: a bundler would follow imports out of the
 * hand-in (a relative path, a tsconfig `paths` entry, an absolute .json) and put what it finds inside.
 *
 * One compiler process serves all hand-ins, and a text can be made on which it never ends, dies, or writes
 * gigabytes. So it has a deadline, after which it is started anew; whoever was served then, and every text
 * of a kind that honest work never is, is compiled again in a process of its own, under limits.
 */
import { SourceMap } from 'node:module';
import type { Message, TransformOptions } from 'esbuild';
import type { TextFile } from '../../../contract/submission.ts';
import type { PreparedCode } from '../adapter.ts';
import { type Compiled, compileAlone } from './compile-alone.ts';

const OPTIONS = {
  loader: 'ts',
  format: 'cjs',
  target: 'node20',
  // Nested blocks are not indented: the indentation of 75 KB of `if(a)if(a)...` is 450 MB.
  minifyWhitespace: true,
  sourcemap: 'external',
  // `import('./mine.ts')` becomes a require, and so obeys the same rules.
  supported: { 'dynamic-import': false },
  // Stated, so that no tsconfig.json of the hand-in or of a folder above it is looked for.
  tsconfigRaw: '{}',
  logLevel: 'silent',
} satisfies TransformOptions;

/** Honest files take milliseconds; one that is late for any other reason is only compiled a second time. */
const SHARED_SECONDS = 5;

/** Below it, no nesting is deep enough to end the compiler. */
const SHARED_CHARACTERS = 64 << 10;

/** The compiler adds up the strings of an enum, so that twenty lines can make a gigabyte. */
const MAY_GROW = /\benum\b/;

/** So many files of a hand-in may pass the limits before the rest is not tried any more. */
const MOST_FAILURES = 3;

export async function transformFiles(files: readonly TextFile[]): Promise<PreparedCode> {
  const compiled = new Map<TextFile, Compiled>();
  await Promise.all(
    files.map(async (file) => {
      const result = await compileShared(file);
      if (result !== null) compiled.set(file, result);
    }),
  );
  // One after another: each may take all the memory that a compiler is allowed.
  let failures = 0;
  for (const file of files.filter((candidate) => !compiled.has(candidate))) {
    const result = failures < MOST_FAILURES ? await compileAlone(file) : 'too-much';
    if (result === 'too-much') failures += 1;
    compiled.set(file, result);
  }
  const maps = new Map<string, () => SourceMap>();
  const prepared = files.map((file) => {
    const result = compiled.get(file) ?? 'too-much';
    if (result === 'too-much') return { path: file.path, broken: tooMuch(file.path) };
    if ('broken' in result) return { path: file.path, broken: result.broken };
    maps.set(file.path, lazily(result.map));
    return { path: file.path, code: result.code };
  });
  return { files: prepared, locate: (path, line, column) => locate(maps.get(path), line, column) };
}

function tooMuch(path: string): string {
  return `${path} could not be compiled with the time and memory that a file gets: is it made by a program, or nested very deeply?`;
}

/** Null where the shared compiler should not, or could not, do it. */
async function compileShared(file: TextFile): Promise<Compiled | null> {
  if (file.text.length > SHARED_CHARACTERS || MAY_GROW.test(file.text)) return null;
  const { stop, transform } = await import('esbuild');
  let late: NodeJS.Timeout | undefined;
  try {
    const deadline = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new Error('the compiler is late')), SHARED_SECONDS * 1000);
    });
    return await Promise.race([transform(file.text, { ...OPTIONS, sourcefile: file.path }), deadline]);
  } catch (error) {
    const broken = describeFailure(file.path, error);
    if (broken !== null) return { broken };
    // It is late or dead; the next transform starts another.
    await stop();
    return null;
  } finally {
    clearTimeout(late);
  }
}

/** Null where the compiler, and not the text, failed. */
function describeFailure(path: string, error: unknown): string | null {
  const first = (error as { errors?: readonly Message[] }).errors?.[0];
  if (first === undefined) return null;
  const place = first.location === null ? path : `${path}:${first.location.line}:${first.location.column + 1}`;
  const line = first.location?.lineText.trim().slice(0, 200);
  return `${path} does not compile: ${first.text} (${place})${line ? `\n    ${line}` : ''}`;
}

/** Reading a map takes longer than compiling did, and only errors need it. */
function lazily(map: string): () => SourceMap {
  let read: SourceMap | undefined;
  return () => (read ??= new SourceMap(JSON.parse(map)));
}

function locate(map: (() => SourceMap) | undefined, line: number, column: number): { line: number; column: number } {
  // Node's source maps count from 0, stack frames from 1.
  const entry = map?.().findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalLine' in entry)) return { line, column };
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
