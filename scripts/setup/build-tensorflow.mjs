// Builds the native part of @tensorflow/tfjs-node for Linux x64 out of a Python wheel.
// Why not its own installer: docs/decisions/0001-native-tensorflow.md.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { installPackages, mayInstallPackages } from './apt-get.mjs';
import { showGrowth } from './download-progress.mjs';
import { findOnPath, lastLine, run, seconds } from './run-command.mjs';

export const tensorflowVersion = '2.15.0';
const wheelSha256 = 'f46c795177f6311c83562e05d38dc7d4618f8d3150e6902a4499b875f3f97270';
const wheelMegabytes = 207;
const roomNeeded = 1.1e9; // wheel and unpacked libraries lie side by side for a moment
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'];
const compilerFlags = ['-shared', '-std=c++17', '-fPIC', '-O2', '-DNAPI_VERSION=8', '-Wl,-rpath,$ORIGIN/../../deps/lib'];
const anHour = 60 * 60 * 1000; // longer than any build: the download is stopped after 20 minutes
const stagingPrefix = `building-${hostname()}-`;
const neededFiles = [
  'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2',
  'include/tensorflow/c/c_api.h',
  'include/tensorflow/c/c_api_macros.h',
  'include/tensorflow/c/eager/c_api.h',
  'include/tensorflow/c/tf_attrtype.h',
  'include/tensorflow/c/tf_buffer.h',
  'include/tensorflow/c/tf_datatype.h',
  'include/tensorflow/c/tf_status.h',
  'include/tensorflow/c/tf_tensor.h',
  'include/tensorflow/c/tf_tstring.h',
  'include/tensorflow/core/platform/ctstring.h',
  'include/tensorflow/core/platform/ctstring_internal.h',
  'include/tsl/c/tsl_status.h',
  'include/tsl/platform/ctstring.h',
  'include/tsl/platform/ctstring_internal.h',
];

// Everything the result depends on; the Node version is not among it (Node-API 8 serves them all).
export function buildKey(packages) {
  const hash = createHash('sha256').update(wheelSha256 + compilerFlags.join(' '));
  const binding = join(packages, '@tensorflow/tfjs-node/binding');
  for (const file of fs.readdirSync(binding).toSorted()) hash.update(file).update(fs.readFileSync(join(binding, file)));
  hash.update(fs.readFileSync(join(packages, 'node-api-headers/package.json')));
  return `tensorflow-${tensorflowVersion}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
}

// The folder with lib/ and deps/ as tfjs-node wants them, built unless the cache has it.
export async function buildTensorFlow({ packages, cache, say }) {
  const built = join(cache, buildKey(packages));
  if (fs.existsSync(built)) return built;

  removeAbandoned(cache);
  await requireTools(say);
  const staging = join(cache, `${stagingPrefix}${process.pid}`);
  const removeStaging = () => fs.rmSync(staging, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  process.on('exit', removeStaging); // also after Ctrl-C
  try {
    fs.mkdirSync(staging, { recursive: true });
    requireRoom(cache);
    await downloadAndUnpack(staging, say);
    await compile(packages, staging, say);
    moveIntoPlace(join(staging, 'result'), built);
    return built;
  } finally {
    removeStaging();
    process.off('exit', removeStaging);
  }
}

async function requireTools(say) {
  if (!process.report.getReport().header.glibcVersionRuntime) {
    throw new Error('TensorFlow is built for glibc, which this Linux does not use');
  }
  const missing = [];
  if (!findOnPath('g++')) missing.push('g++');
  if (!(await run('python3', ['-m', 'pip', '--version'])).ok) missing.push('python3-pip');
  if (missing.length === 0) return;
  if (!mayInstallPackages()) throw new Error(`it needs ${missing.join(' and ')} (sudo apt-get install -y ${missing.join(' ')})`);
  say(`native TensorFlow: installing ${missing.join(' and ')} with apt-get`);
  const failure = await installPackages(missing);
  if (failure) throw new Error(failure);
}

function requireRoom(cache) {
  const { bavail, bsize } = fs.statfsSync(cache);
  if (bavail * bsize < roomNeeded) throw new Error(`${cache} has less than ${roomNeeded / 1e9} GB free (ELBOW_CACHE names another folder)`);
}

async function downloadAndUnpack(staging, say) {
  say(`native TensorFlow: downloading the TensorFlow ${tensorflowVersion} wheel (${wheelMegabytes} MB, only once)`);
  const downloads = join(staging, 'wheel');
  const stopShowing = showGrowth(staging, wheelMegabytes);
  const download = await run('python3', pipArguments(downloads), { limitSeconds: 1200, env: pipEnvironment(staging) });
  stopShowing();
  if (!download.ok) throw new Error(`the wheel could not be downloaded: ${lastLine(download.output)}`);

  const [wheel] = fs.readdirSync(downloads);
  const digest = await sha256(join(downloads, wheel));
  if (digest !== wheelSha256) throw new Error(`the wheel's sha256 is ${digest}, not the one pinned in scripts/setup/build-tensorflow.mjs`);

  // Python is there anyway (pip), unzip may not be. Only 16 of its 10,000 files are wanted.
  const unpacking = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2], sys.argv[3:])';
  const members = neededFiles.map((name) => `tensorflow/${name}`);
  const unpack = await run('python3', ['-c', unpacking, join(downloads, wheel), staging, ...members]);
  if (!unpack.ok) throw new Error(`the wheel could not be unpacked: ${lastLine(unpack.output)}`);
  fs.rmSync(downloads, { recursive: true });
  say(`native TensorFlow: downloaded ${wheelMegabytes} MB in ${seconds(download.milliseconds)}, unpacked in ${seconds(unpack.milliseconds)}`);
}

// The wheel is only a container here, so its Python version is fixed and need not be this machine's.
function pipArguments(target) {
  const which = ['--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--platform', 'manylinux2014_x86_64'];
  return ['-m', 'pip', 'download', ...which, '--no-cache-dir', '--retries', '2', '--dest', target, `tensorflow-cpu==${tensorflowVersion}`];
}

// pip's temporary copy goes to the staging folder too: /tmp is often small, and one deletion then clears all.
function pipEnvironment(staging) {
  return { PIP_DEFAULT_TIMEOUT: '20', ...process.env, PIP_REQUIRE_VIRTUALENV: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1', TMPDIR: staging };
}

async function sha256(file) {
  const hash = createHash('sha256');
  for await (const bytes of fs.createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(bytes);
  return hash.digest('hex');
}

async function compile(packages, staging, say) {
  const wheel = join(staging, 'tensorflow');
  const result = join(staging, 'result');
  const libraries = join(result, 'deps/lib');
  const binding = join(result, 'lib/napi-v8/tfjs_binding.node');
  fs.mkdirSync(libraries, { recursive: true });
  fs.mkdirSync(join(result, 'lib/napi-v8'), { recursive: true });
  const shared = neededFiles.filter((name) => name.includes('.so'));
  for (const name of shared) fs.renameSync(join(wheel, name), join(libraries, name));

  const headers = [join(wheel, 'include'), join(packages, 'node-api-headers/include')].map((folder) => `-I${folder}`);
  const files = sources.map((name) => join(packages, '@tensorflow/tfjs-node/binding', name));
  // Given by path, the libraries are recorded under their own names and need no unversioned links.
  const linked = shared.map((name) => join(libraries, name));
  const args = [...compilerFlags, ...headers, ...files, ...linked, '-o', binding];
  const compiled = await run('g++', args, { env: { ...process.env, TMPDIR: staging } });
  if (!compiled.ok) throw new Error(`g++ failed: ${firstError(compiled.output)}`);
  say(`native TensorFlow: compiled in ${seconds(compiled.milliseconds)}`);
}

function firstError(output) {
  return output.split('\n').find((line) => line.includes('error')) ?? lastLine(output);
}

function moveIntoPlace(result, built) {
  try {
    fs.renameSync(result, built);
  } catch (error) {
    // Another setup finished the same build first; theirs is as good.
    if (!fs.existsSync(built)) throw error;
  }
}

// What a killed setup could not delete itself. Age decides where a process id cannot: on another machine
// that shares the cache, and in containers whose first process never buries the dead.
function removeAbandoned(cache) {
  for (const name of fs.readdirSync(cache).filter((entry) => entry.startsWith('building-'))) {
    const folder = join(cache, name);
    const isOurs = name.startsWith(stagingPrefix);
    const age = Date.now() - (fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > anHour || (isOurs && !isRunning(Number(name.slice(stagingPrefix.length))))) {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
