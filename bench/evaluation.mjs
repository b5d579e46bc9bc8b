/**
 * How long measuring a hand-in's checkpoints takes, on native TensorFlow and on WebAssembly: CPU seconds of the one
 * program that serves a class, after it was warmed up with one hand-in. Prints each backend beside the other.
 */
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { loadTypeScript } from './load-typescript.mjs';

const root = path.dirname(import.meta.dirname);
const { initialWeights, openEvaluator, readCheckpoint } = await loadTypeScript({
  './autograder/evaluator/evaluator.ts': ['openEvaluator'],
  './contract/checkpoint.ts': ['readCheckpoint'],
  './training/initial-weights.ts': ['initialWeights'],
});
const vae = readCheckpoint(readFileSync(path.join(root, 'reference/checkpoints/drawn-digits/vae.safetensors')), 'vae').tensors;
const hidden = { seed: 'bench', images: 100, classified: 1000 };
const models = [
  ['vae', vae],
  ['gmvae', initialWeights('gmvae', 1)],
  ['ssvae', initialWeights('ssvae', 1)],
  ['ssvae-gw0', initialWeights('ssvae', 2)],
];

const seconds = {};
for (const backend of ['native', 'wasm']) {
  const evaluator = openEvaluator({ backend });
  if (evaluator === null) throw new Error('the evaluation program is not built: npm run setup');
  try {
    // A weight changed a little each time: what was measured before is remembered.
    const handIn = async (number) => {
      const times = {};
      for (const [run, tensors] of models) {
        const before = cpuSeconds(evaluator.pid());
        const changed = new Map([...tensors].map(([name, tensor]) => [name, name.endsWith('2.bias') ? { ...tensor, values: tensor.values.map((value) => value + 1e-6 * number) } : tensor]));
        await evaluator.evaluate({ run, dataSet: 'drawn-digits', tensors: changed, hidden });
        times[run] = cpuSeconds(evaluator.pid()) - before;
      }
      return times;
    };
    await handIn(1);
    seconds[backend] = await handIn(2);
  } finally {
    evaluator.close();
  }
}

console.log('CPU seconds to measure one hand-in, the class’s program warm:');
console.log(`${'model'.padEnd(12)}${'native'.padStart(8)}${'wasm'.padStart(8)}${'ratio'.padStart(8)}`);
for (const [run] of models) row(run, seconds.native[run], seconds.wasm[run]);
row('all', ...['native', 'wasm'].map((backend) => Object.values(seconds[backend]).reduce((sum, value) => sum + value, 0)));

function row(name, native, wasm) {
  console.log(`${name.padEnd(12)}${native.toFixed(2).padStart(8)}${wasm.toFixed(2).padStart(8)}${(wasm / native).toFixed(1).padStart(8)}`);
}

/** Of a process, by the system’s own count; 0 before it runs. */
function cpuSeconds(pid) {
  if (pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}
