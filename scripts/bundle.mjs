/**
 * Bundles the command line and the children into dist/. Children are bundled with the grader's random
 * generator in the place of tfjs-core's (see autograder/languages/typescript/child/random.ts).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const child = path.join(root, 'autograder/languages/typescript/child');
const stamp = path.join(dist, 'stamp');
const SOURCES = ['contract', 'assignments', 'autograder', 'data', 'evaluation', 'fixtures', 'reference', 'training', 'scripts/bundle.mjs', 'package-lock.json'];

/** True when dist/ was made from exactly these sources by this Node (the snapshot fits one binary only). */
export function isFresh() {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === fingerprint();
}

export async function bundle({ quiet = false } = {}) {
  const started = Date.now();
  const esbuild = await import('esbuild');
  const fresh = fingerprint();
  const work = `${dist}.${process.pid}`;
  fs.rmSync(work, { recursive: true, force: true });
  fs.mkdirSync(path.join(work, 'child'), { recursive: true });
  try {
    const [, children] = await Promise.all([bundleCommandLine(esbuild, work), bundleChildren(esbuild, work), bundleTrainers(esbuild, work), bundleEvaluation(esbuild, work)]);
    buildSnapshot(path.join(work, 'child'));
    await hashFoundations(esbuild, work, children);
    fs.writeFileSync(path.join(work, 'stamp'), fresh);
    // The old bundle stays whole until the new one is.
    fs.rmSync(dist, { recursive: true, force: true });
    fs.renameSync(work, dist);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  if (!quiet) console.log(`bundled the command line and the children into dist/ (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

async function bundleCommandLine(esbuild, work) {
  const entryPoints = { cli: 'autograder/cli.ts', 'student-cli': 'autograder/student-cli.ts', fixtures: 'fixtures/fixtures.ts' };
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entryPoints).filter(([, file]) => fs.existsSync(path.join(root, file)))),
    outdir: work,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // esbuild brings a binary of its own; it is asked for by path.
    external: ['esbuild'],
    // Some packages are CommonJS and call require for Node's own modules.
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
}

const besideStudentCode = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'error',
  legalComments: 'none',
  metafile: true,
};

/** Returns what went into them. */
async function bundleChildren(esbuild, work) {
  const build = (name, plugins = []) =>
    esbuild.build({
      ...besideStudentCode,
      entryPoints: [path.join(child, `${name}.ts`)],
      outfile: path.join(work, 'child', `${name}.cjs`),
      plugins: [replaceInLibrary(replacements), ...plugins],
    });
  const built = await Promise.all([build('cpu'), build('wasm'), build('native', [nativeTensorFlow])]);
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
    fs.copyFileSync(path.join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist', file), path.join(work, 'child', file));
  }
  fs.cpSync(path.join(root, 'autograder/languages/python/child'), path.join(work, 'child/python'), { recursive: true, filter: (file) => !file.endsWith('__pycache__') });
  return built.map(({ metafile }) => metafile);
}

/** The processes of `elbow train`, which run the same modules as the children, and draw their noise inside TensorFlow. */
async function bundleTrainers(esbuild, work) {
  const folder = path.join(root, 'autograder/trainer/process');
  const ours = replaceInLibrary(new Map([...replacements, ['random_normal', path.join(folder, 'random-normal.ts')]]));
  const build = (name, plugins = []) =>
    esbuild.build({ ...besideStudentCode, entryPoints: [path.join(folder, `${name}.ts`)], outfile: path.join(work, 'trainer', `${name}.cjs`), plugins: [ours, ...plugins] });
  await Promise.all([build('wasm'), build('native', [nativeTensorFlow])]);
}

/** The program that measures checkpoints with the reference; a grader without it leaves them to a person. */
async function bundleEvaluation(esbuild, work) {
  if (!fs.existsSync(path.join(root, 'evaluation'))) return;
  const build = (name, plugins) => esbuild.build({ ...besideStudentCode, entryPoints: [`evaluation/${name}.ts`], outfile: path.join(work, 'evaluation', `${name}.cjs`), plugins });
  await Promise.all([build('native', [nativeTensorFlow]), build('wasm', [])]);
}

/** Files of tfjs-core that the child replaces, because the exports of tf are read-only: generators, and an operation with a fault. */
const replacements = new Map([
  ['rand_util', path.join(child, 'random.ts')],
  ['log_sigmoid', path.join(child, 'log-sigmoid.ts')],
]);

function replaceInLibrary(files) {
  return {
    name: 'library-replacements',
    setup(build) {
      build.onResolve({ filter: new RegExp(`(^|/)(${[...files.keys()].join('|')})$`) }, ({ importer, path: imported }) => {
        const replacement = files.get(path.posix.basename(imported));
        return replacement !== undefined && importer.includes('tfjs-core') ? { path: replacement } : undefined;
      });
    },
  };
}

/** tfjs-node without its look-up of the binding (which drags in an installer) and with a tf it can extend. */
const nativeTensorFlow = {
  name: 'native-tensorflow',
  setup(build) {
    build.onResolve({ filter: /^@tensorflow\/tfjs$/ }, ({ importer }) =>
      importer.includes('tfjs-node') ? { path: path.join(child, 'tfjs-for-node.ts') } : undefined,
    );
    build.onResolve({ filter: /^@mapbox\/node-pre-gyp$/ }, () => ({ path: 'binding', namespace: 'binding' }));
    build.onLoad({ filter: /.*/, namespace: 'binding' }, () => ({
      contents: 'exports.find = () => process.env.ELBOW_TENSORFLOW_BINDING;',
    }));
    // Its message format finds the global object by running text as code, which children do not allow.
    build.onLoad({ filter: /tfjs-node\/dist\/proto\/api_pb\.js$/ }, ({ path: file }) => ({
      contents: fs.readFileSync(file, 'utf8').replace("Function('return this')()", 'globalThis'),
    }));
  },
};

/**
 * Hashes of what verdicts rest on, for certificates of fixtures (autograder/commands/certification.ts): of every
 * file that goes into the children, and of every one that turns answers into marks. Reports are not imported by
 * those; the sandbox is left out, because it decides where code runs and not what its answers are worth.
 */
async function hashFoundations(esbuild, work, children) {
  const judges = ['pipeline.ts', 'answer-key/answer-key.ts', 'languages/languages.ts'];
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: judges.map((file) => `export * from './autograder/${file}';`).join('\n'), resolveDir: root, loader: 'ts' },
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [{ name: 'without-the-sandbox', setup: (build) => build.onResolve({ filter: /\/sandbox\// }, ({ path: imported }) => ({ path: imported, external: true })) }],
    logLevel: 'warning',
  });
  const hashes = { child: hashTexts([await hashInputs(esbuild, children), ...pythonChild()]), judgement: await hashInputs(esbuild, [metafile]) };
  fs.writeFileSync(path.join(work, 'judgement.json'), `${JSON.stringify(hashes)}\n`);
}

/** Of the files and not of the bundle, which another linker would write another way; comments do not count. */
async function hashInputs(esbuild, metafiles) {
  const hash = createHash('sha256');
  const files = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)));
  for (const file of [...files].toSorted()) {
    if (!fs.existsSync(path.join(root, file))) continue; // made up by a plugin, or the list of entries
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    // Of a package by the place it is installed at: packages may lie elsewhere and be linked.
    const name = file.replace(/^.*?(?=(?:^|(?<=\/))node_modules\/)/, '');
    const { code } = name.startsWith('node_modules/') ? { code: text } : await esbuild.transform(text, { loader: 'ts', minifyWhitespace: true });
    hash.update(`${name}\n${code}\n`);
  }
  return hash.digest('hex');
}

function pythonChild() {
  const folder = path.join(root, 'autograder/languages/python/child');
  return fs.readdirSync(folder).filter((name) => name.endsWith('.py')).toSorted().map((name) => `${name}\n${fs.readFileSync(path.join(folder, name), 'utf8')}`);
}

function hashTexts(texts) {
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}

function buildSnapshot(folder) {
  // A neutral folder and an empty environment: paths are frozen into the snapshot, and students' code can print them.
  const neutral = fs.mkdtempSync(path.join(os.tmpdir(), 'child-'));
  try {
    const [source, blob] = ['cpu.cjs', 'cpu.blob'].map((name) => path.join(neutral, name));
    fs.copyFileSync(path.join(folder, 'cpu.cjs'), source);
    // The flag for V8 as in autograder/languages/typescript/typescript.ts: it must be the same when it runs.
    const flags = ['--disallow-code-generation-from-strings', '--snapshot-blob', blob, '--build-snapshot'];
    execFileSync(process.execPath, [...flags, source], { cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
    fs.copyFileSync(blob, path.join(folder, 'cpu.blob'));
  } finally {
    fs.rmSync(neutral, { recursive: true, force: true });
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}`);
  for (const source of SOURCES) hashTree(hash, path.join(root, source));
  return hash.digest('hex');
}

function hashTree(hash, file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) {
    for (const entry of fs.readdirSync(file).toSorted()) hashTree(hash, path.join(file, entry));
  } else if (/\.(ts|mjs|py)$|package-lock\.json$/.test(file)) {
    hash.update(path.relative(root, file)).update(fs.readFileSync(file));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
