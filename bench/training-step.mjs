// One training step of the handout's VAE (batch 100, 784-300-300-20, 10-300-300-784, Adam): elbow on native
// TensorFlow and on WebAssembly beside PyTorch, the same number of threads, in turns.
import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { transform } from 'esbuild';

const usage = `Usage: node bench/training-step.mjs [--rounds N] [--steps N] [--threads N] [--model vae|gmvae|ssvae]

Prints milliseconds a step, wall and CPU, and elbow's ratio to PyTorch. PyTorch is Debian's python3-torch with
libopenblas0, run with the OPENBLAS_CORETYPE that is fastest here: left alone it may take a slow kernel.

  --rounds N   each program runs so many times, in turns; default 3
  --steps N    steps in a run; default 100
  --threads N  of PyTorch and of native TensorFlow; default 1
  --model      which model; default vae`;

const root = path.dirname(import.meta.dirname);
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, steps: { type: 'string', default: '100' }, threads: { type: 'string', default: '1' }, model: { type: 'string', default: 'vae' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const [rounds, steps, threads] = [Number(values.rounds), Number(values.steps), Number(values.threads)];
const python = '/usr/bin/python3';

const coretype = fastestCoretype();
const programs = { PyTorch: () => pytorch(coretype, steps), 'elbow, native': () => elbow('native'), 'elbow, WebAssembly': () => elbow('wasm') };
const measured = new Map(Object.keys(programs).map((name) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, measure] of Object.entries(programs)) measured.get(name).push(await measure());
}

console.log(`${values.model}, batch 100, ${threads} thread${threads === 1 ? '' : 's'}, ${rounds} rounds of ${steps} steps, load ${os.loadavg()[0].toFixed(1)}, OPENBLAS_CORETYPE=${coretype || '(unset)'}`);
console.log('| | wall ms, median | fastest tenth | CPU ms, median | wall, ratio | fastest tenth, ratio | CPU, ratio |\n|---|---|---|---|---|---|---|');
const of = (name) => {
  const all = measured.get(name).flat();
  return [quantile(all.map((step) => step.seconds), 0.5), quantile(all.map((step) => step.seconds), 0.1), quantile(all.map((step) => step.cpuSeconds), 0.5)];
};
const base = of('PyTorch');
for (const name of measured.keys()) {
  const own = of(name);
  console.log(`| ${name} | ${own.map((value) => (value * 1000).toFixed(1)).join(' | ')} | ${own.map((value, index) => (value / base[index]).toFixed(2)).join(' | ')} |`);
}
console.log('\nWhere a step goes, ms, medians:');
for (const name of ['elbow, native', 'elbow, WebAssembly']) {
  const parts = ['batch', 'gradients', 'adam'].map((part) => `${part} ${(1000 * quantile(measured.get(name).flat().map((step) => step.parts[part]), 0.5)).toFixed(2)}`);
  console.log(`  ${name}: ${parts.join(', ')}`);
}

function fastestCoretype() {
  const known = ['', 'Haswell', 'Zen', 'SkylakeX'].flatMap((candidate) => {
    try {
      return [[candidate, quantile(pytorch(candidate, 30).map((step) => step.cpuSeconds), 0.5)]];
    } catch {
      return []; // this processor lacks its instructions
    }
  });
  if (known.length === 0) throw new Error('PyTorch does not run: apt-get install python3-torch libopenblas0');
  return known.toSorted(([, a], [, b]) => a - b)[0][0];
}

function pytorch(core, count) {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads), ...(core === '' ? {} : { OPENBLAS_CORETYPE: core }) };
  const text = execFileSync(python, [path.join(root, 'bench/pytorch/train.py'), values.model, '--time', String(count), '--threads', String(threads)], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(text.toString()).steps;
}

async function elbow(backend) {
  const child = fork(path.join(root, 'dist/trainer', `${backend}.cjs`), [], {
    execArgv: ['--no-warnings'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: '1', ELBOW_TENSORFLOW_BINDING: path.join(root, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node') },
  });
  const job = {
    run: values.model,
    code: { files: await referenceFiles(), originals: [], module: `cs236-hw2/${values.model}.ts` },
    loss: 'reference',
    plan: { iterations: 0, batch: 100, learningRate: 1e-3, gw: 1, seed: 1 },
    backend,
    threads,
    data: { cache: path.join(process.env.ELBOW_CACHE ?? path.join(os.homedir(), '.cache/elbow'), 'data') },
    out: os.tmpdir(),
    fresh: true,
  };
  child.send({ kind: 'time', job, steps: backend === 'wasm' ? Math.ceil(steps / 4) : steps });
  return new Promise((resolve, reject) => {
    child.on('message', (event) => {
      if (event.kind === 'timed') resolve(event.steps);
      if (event.kind === 'refused') reject(new Error(event.reason));
    });
    child.on('exit', (code) => reject(new Error(`the training process ended with ${code}`)));
  });
}

async function referenceFiles() {
  const folder = path.join(root, 'reference');
  const names = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
  return Promise.all(names.map(async (name) => ({ path: name, code: (await transform(fs.readFileSync(path.join(folder, name), 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20', tsconfigRaw: '{}' })).code })));
}

function quantile(numbers, part) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))];
}
