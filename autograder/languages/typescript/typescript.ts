/** Hand-ins in TypeScript (or plain JavaScript) on TensorFlow.js. */
import fs from 'node:fs';
import path from 'node:path';
import type { Backend } from '../../../contract/messages.ts';
import type { TextFile } from '../../../contract/submission.ts';
import { projectRoot } from '../../paths.ts';
import type { FileArgument, Launch } from '../../sandbox/sandbox.ts';
import type { LanguageAdapter } from '../adapter.ts';
import { noteImports } from './import-notes.ts';
import { transformFiles } from './transform.ts';

const childFolder = path.join(projectRoot, 'dist/child');
const tfjsNode = path.join(projectRoot, 'node_modules/@tensorflow/tfjs-node');

export const typescript: LanguageAdapter = {
  id: 'typescript',
  prepare: transformFiles,
  givenPart: (file) => file,
  noteEdits,
  noteImports,
  definitions,
  // Courses that keep a hand-out of their own keep it in Python.
  conventions: null,
  launch,
  // Small cases run where a child starts fastest, heavy ones on WebAssembly: native TensorFlow takes longer to start than they take.
  backendFor: (asked, weight) => (asked === 'auto' ? (weight === 'heavy' ? 'wasm' : 'cpu') : asked),
};

/** The first line that begins with a name's definition. */
function definitions({ text }: TextFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const name = /^\s*(?:export\s+)?(?:(?:default\s+)?(?:async\s+)?function\s*\*?|const|let|var)\s+(\w+)/.exec(line)?.[1];
    if (name !== undefined && !found.has(name)) found.set(name, `:${index + 1}`);
  }
  return found;
}

/** Given files are whole files. */
function noteEdits(code: readonly TextFile[], originals: readonly TextFile[]): readonly string[] {
  const texts = new Map(originals.map(({ path: name, text }) => [name, text.trim()]));
  return code
    .filter(({ path: name, text }) => texts.has(name) && texts.get(name) !== text.trim())
    .map(({ path: name }) => `${name} was edited. Its given functions were used as they were given; what you added beside them works.`);
}

function launch(backend: Backend): Launch | null {
  switch (backend) {
    case 'cpu':
      return cpu();
    case 'wasm':
      return wasm();
    case 'native':
      return native();
  }
}

/** The snapshot holds all of TensorFlow.js ready made: half the start-up time of loading it. It fits one version of Node, so a kit has none. */
function cpu(): Launch {
  const snapshot = inChildFolder('cpu.blob');
  const main = inChildFolder('cpu.cjs');
  if (!fs.existsSync(snapshot)) return node([mayRead(main), { file: main }]);
  // The last word names no file. Without one, Node from 22 on lets the program read the folder it stands in.
  return node(['--snapshot-blob', { file: snapshot }, 'snapshot']);
}

function wasm(): Launch {
  const files = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map(inChildFolder);
  const main = inChildFolder('wasm.cjs');
  return node([...[main, ...files].map(mayRead), { file: main }], files);
}

function native(): Launch | null {
  const binding = path.join(tfjsNode, 'lib/napi-v8/tfjs_binding.node');
  if (!fs.existsSync(binding)) return null;
  const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'].map((name) => path.join(tfjsNode, 'deps/lib', name));
  const main = inChildFolder('native.cjs');
  return node(['--allow-addons', ...[main, binding].map(mayRead), { file: main }], libraries.filter((file) => fs.existsSync(file)), {
    ELBOW_TENSORFLOW_BINDING: { file: binding },
    // Where the libraries lie in the box; outside it the binding finds them by itself.
    LD_LIBRARY_PATH: '/child',
    TF_CPP_MIN_LOG_LEVEL: '3',
    // One thread: a class is graded side by side, and sums do not depend on how they were split.
    TF_NUM_INTRAOP_THREADS: '1',
    TF_NUM_INTEROP_THREADS: '1',
  });
}

/**
 * A belt beside the box, and all there is without one: no files, no programs, no workers, no text turned
 * into code. Node's makers promise nothing against code that means harm, so nothing rests on it.
 */
const BELT = [
  process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission',
  // The snapshot is built with the same flag (scripts/bundle.mjs): Node 20 refuses one that differs.
  '--disallow-code-generation-from-strings',
  // Else Node 20 says on every start that permissions are an experiment.
  '--no-warnings',
];

/** One flag a file: with commas, Node 20 and 24 read a list differently. */
function mayRead(file: string): FileArgument {
  return { before: '--allow-fs-read=', file };
}

function node(args: Launch['arguments'], files: readonly string[] = [], environment: Launch['environment'] = {}): Launch {
  return { program: process.execPath, arguments: [...BELT, ...args], files, environment };
}

function inChildFolder(name: string): string {
  return path.join(childFolder, name);
}
