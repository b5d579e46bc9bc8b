/**
 * One file through a compiler process of its own, with a limit on its CPU time and memory: for a file that
 * the shared compiler did not survive, or that is of a kind it might not. What is slow or too large here is
 * so by itself, and never because of another hand-in.
 */
import { createRequire } from 'node:module';
import { execa } from 'execa';
import type { TextFile } from '../../../contract/submission.ts';

const CPU_SECONDS = 5;
const MEMORY_BYTES = 1 << 30;
/** Far above the CPU limit, for a busy machine and for systems without that limit. */
const WALL_SECONDS = 60;
/** Code and source map of the largest file that intake lets through are a few times its 1 MiB. */
const MAX_OUTPUT_CHARACTERS = 16 << 20;

export type Compiled =
  | { readonly code: string; readonly map: string }
  | { readonly broken: string }
  /** It passed a limit: nothing more is known of it. */
  | 'too-much';

export async function compileAlone(file: TextFile): Promise<Compiled> {
  const { program, limits } = compiler();
  const result = await execa(program, [...limits, ...OPTIONS, `--sourcefile=${file.path}`], {
    input: file.text,
    // Nothing lies there that could be read by mistake.
    cwd: '/',
    env: {},
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT_CHARACTERS,
    timeout: WALL_SECONDS * 1000,
    forceKillAfterDelay: 100,
  });
  if (result.code === 'ENOENT') throw new Error(`the compiler could not be started: ${result.shortMessage}`);
  if (!result.failed) return splitMap(result.stdout);
  const sentence = sentenceOf(file.path, result.stderr);
  return sentence === null ? 'too-much' : { broken: sentence };
}

/** As in transform.ts, in the words of the command line. */
const OPTIONS = [
  '--loader=ts',
  '--format=cjs',
  '--target=node20',
  '--minify-whitespace',
  '--sourcemap=inline',
  '--supported:dynamic-import=false',
  '--tsconfig-raw={}',
  '--log-level=error',
  '--log-limit=1',
  '--color=false',
];

function compiler(): { program: string; limits: readonly string[] } {
  const binary = `@esbuild/${process.platform}-${process.arch}/${process.platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild'}`;
  const file = createRequire(createRequire(import.meta.url).resolve('esbuild')).resolve(binary);
  if (process.platform !== 'linux') return { program: file, limits: [] };
  return { program: 'prlimit', limits: [`--cpu=${CPU_SECONDS}:${CPU_SECONDS}`, `--data=${MEMORY_BYTES}`, '--core=0', file] };
}

const MAP_COMMENT = '//# sourceMappingURL=data:application/json;base64,';

function splitMap(output: string): Compiled {
  const at = output.lastIndexOf(MAP_COMMENT);
  return { code: output.slice(0, at), map: Buffer.from(output.slice(at + MAP_COMMENT.length), 'base64').toString('utf8') };
}

/** `✘ [ERROR] what`, then `file:line:column:` and the line itself; null where it ended without a word of its own. */
function sentenceOf(path: string, words: string): string | null {
  const what = /\[ERROR\] (.*)/.exec(words)?.[1];
  if (what === undefined) return null;
  const place = /:(\d+):(\d+):\n\s*\d+ │ (.*)/.exec(words);
  if (place === null) return `${path} does not compile: ${what} (${path})`;
  const line = place[3]?.trim().slice(0, 200);
  return `${path} does not compile: ${what} (${path}:${place[1]}:${Number(place[2]) + 1})${line ? `\n    ${line}` : ''}`;
}
