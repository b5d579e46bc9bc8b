// Native TensorFlow: puts it where @tensorflow/tfjs-node looks, or says once why it cannot be had.
import { copyFileSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildKey, buildTensorFlow, tensorflowVersion } from './build-tensorflow.mjs';
import { fingerprint, forgetFailure, recallFailure, rememberFailure } from './failure-memory.mjs';
import { findOnPath, lastLine, run, seconds } from './run-command.mjs';

const there = `native TensorFlow ${tensorflowVersion}`;
const buildsHere = process.platform === 'linux' && process.arch === 'x64';

export async function installTensorFlow({ root, cache, say, retry }) {
  if (process.env.ELBOW_NATIVE === 'skip') return 'native TensorFlow left alone (ELBOW_NATIVE=skip)';
  const packages = join(root, 'node_modules');
  const home = join(packages, '@tensorflow/tfjs-node');
  const stamp = join(home, '.elbow-native');
  // The Node version is part of it: each has to prove once that it can load the library.
  const state = `${buildKey(packages)} ${process.version}`;
  if (isStamped(stamp, state)) return there;

  const environment = fingerprint(state, ['python3', 'g++', 'apt-get'].map((name) => findOnPath(name)));
  const refused = retry ? undefined : recallFailure(cache, 'native-tensorflow', environment);
  if (refused) return `no native TensorFlow (${refused}; --retry-native tries again)`;

  const startedAt = performance.now();
  try {
    if (buildsHere) await linkBuild({ packages, home, cache, say });
    else await runOwnInstaller({ packages, home, say });
    writeFileSync(stamp, state);
    forgetFailure(cache, 'native-tensorflow');
    say(`native TensorFlow: works (${seconds(performance.now() - startedAt)})`);
    return there;
  } catch (error) {
    // Half an installation would make every later load fail in a way of its own.
    remove(home);
    rememberFailure(cache, 'native-tensorflow', environment, error.message);
    say(`native TensorFlow cannot be had, so the slower WebAssembly backend is used: ${error.message}.`);
    return 'no native TensorFlow';
  }
}

async function linkBuild(step) {
  const { home, cache, packages } = step;
  for (const attempt of ['cached', 'fresh']) {
    const built = await buildTensorFlow(step);
    remove(home);
    for (const folder of ['lib', 'deps']) linkTree(join(built, folder), join(home, folder));
    const failure = await whyItFails(packages);
    if (!failure) return;
    // A cache damaged since it was filled is worth one new build; two refusals are an answer.
    if (attempt === 'fresh') throw new Error(failure);
    rmSync(join(cache, buildKey(packages)), { recursive: true, force: true });
  }
}

// Hard links: no second 614 MB, no dependence on the cache afterwards, and the files lie inside the
// project, where a process of another user may read them (a home folder is often closed to it).
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source, target) {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // another file system, or a cache that belongs to another user
  }
}

// macOS, Windows and ARM: the package's own installer downloads a ready-made library.
async function runOwnInstaller({ packages, home, say }) {
  say('native TensorFlow: running the installer of @tensorflow/tfjs-node (at most 60 s)');
  const env = { ...process.env, PATH: join(packages, '.bin') + delimiter + process.env.PATH };
  const installed = await run(process.execPath, ['scripts/install.js'], { cwd: home, env, limitSeconds: 60 });
  if (!installed.ok) throw new Error(`the package's own installer failed: ${lastLine(installed.output)}`);
  const failure = await whyItFails(packages);
  if (failure) throw new Error(failure);
}

async function whyItFails(packages) {
  const probe = join(packages, '../scripts/setup/probe-backend.cjs');
  const probed = await run(process.execPath, [probe, 'native'], { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }, limitSeconds: 120 });
  if (probed.ok && probed.output.includes('"works":true')) return undefined;
  return `it was installed but does not run: ${lastLine(probed.output)}`;
}

function isStamped(stamp, state) {
  try {
    return readFileSync(stamp, 'utf8') === state;
  } catch {
    return false;
  }
}

function remove(home) {
  for (const part of ['.elbow-native', 'lib', 'deps']) rmSync(join(home, part), { recursive: true, force: true });
}
