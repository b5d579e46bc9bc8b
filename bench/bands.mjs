// Measures checkpoints of repeated right runs, and prints the bands that follow from them.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';

const usage = `Usage: node bench/bands.mjs RUN CHECKPOINT... [--data-set drawn-digits|mnist] [--data DIR]

RUN is vae, gmvae, ssvae, ssvae-gw0 or kth-vae; each CHECKPOINT a run of its own, by elbow train --reference or by
bench/pytorch/train.py. Prints a row a checkpoint, mean and standard deviation, and entries for
assignments/<id>/bands.ts. The limit is mean + k sd on the bad side.`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, 'data-set': { type: 'string', default: 'drawn-digits' }, help: { type: 'boolean' } } });
const [run, ...files] = positionals;
if (values.help || files.length === 0) {
  console.log(usage);
  process.exit(values.help ? 0 : 64);
}
const { FACTORS, openEvaluator, readCheckpoint, trainingRuns } = await loadTypeScript({
  './assignments/bands-of-runs.ts': ['FACTORS'],
  './autograder/evaluator/evaluator.ts': ['openEvaluator'],
  './contract/checkpoint.ts': ['readCheckpoint'],
  './contract/model-layout.ts': ['trainingRuns'],
});
const evaluator = openEvaluator({ backend: 'auto', ...(values.data === undefined ? {} : { data: values.data }) });
const rows = [];
for (const file of files) {
  const checkpoint = readCheckpoint(fs.readFileSync(file), trainingRuns[run].family);
  if (checkpoint.kind === 'refused') throw new Error(`${file}: ${checkpoint.reason}`);
  const evaluation = await evaluator.evaluate({ run, dataSet: values['data-set'], tensors: checkpoint.tensors });
  if (evaluation.kind !== 'evaluated') throw new Error(evaluation.reason);
  rows.push([file, evaluation.public]);
}
evaluator.close();

const quantities = Object.keys(rows[0][1]);
const digits = (quantity) => (quantity === 'accuracy' ? 4 : 2);
console.log(`| ${run} on ${values['data-set']} | ${quantities.join(' | ')} |\n|---|${quantities.map(() => '---|').join('')}`);
for (const [file, estimates] of rows) console.log(`| ${path.basename(file, '.safetensors')} | ${quantities.map((quantity) => estimates[quantity].value.toFixed(digits(quantity))).join(' | ')} |`);

const count = rows.length;
const factor = Object.entries(FACTORS).filter(([runs]) => Number(runs) <= count).at(-1)?.[1];
if (factor !== undefined) {
  console.log(`\n${count} runs, k = ${factor}`);
  for (const quantity of quantities) {
    const numbers = rows.map(([, estimates]) => estimates[quantity].value);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
    const deviation = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
    const limit = mean + (quantity === 'accuracy' ? -1 : 1) * factor * deviation;
    const shown = [mean, deviation, Math.min(...numbers), Math.max(...numbers), limit].map((value) => value.toFixed(digits(quantity)));
    console.log(`  ${quantity}: mean ${shown[0]}, sd ${shown[1]}, seen ${shown[2]} to ${shown[3]}, limit ${shown[4]}`);
  }
}
