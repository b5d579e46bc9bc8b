/**
 * The oracles against PyTorch: its recorded answers always, its live answers where it is installed.
 * After a change of the example cases: RECORD_PYTORCH=1 npx vitest run tests/oracles/pytorch.test.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { at, rowsOf, type Vector } from './arrays.ts';
import {
  oracleFsvaeNelbo,
  oracleGmvaeNelbo,
  oracleGmvaeNiwae,
  oracleSsvaeNelbo,
  oracleVaeNelbo,
  oracleVaeNiwae,
} from './bounds.ts';
import { exampleCase, SIZES, type ExampleCase } from './example-cases.ts';
import { oracleGradient } from './finite-differences.ts';
import { weightsOf, withWeights, type OracleNetwork } from './networks.ts';
import { askPytorch, pytorchAvailable, recordOf, type PytorchAnswer, type PytorchAnswers } from './pytorch.ts';

const example = exampleCase(31, at(SIZES, 1));
const recordFile = path.join(import.meta.dirname, 'pytorch-values.json');
const available = pytorchAvailable();
const live = available ? askPytorch(example) : null;
if (live !== null && process.env['RECORD_PYTORCH'] === '1') writeFileSync(recordFile, recordOf(live));
const recorded: PytorchAnswers = JSON.parse(readFileSync(recordFile, 'utf8'));

/** Every bound with the model it belongs to; gradients are taken of its first part. */
const bounds = {
  vaeNelbo: { family: 'vae', of: (e: ExampleCase) => oracleVaeNelbo(e.vae, e.images, e.noise) },
  vaeNiwae: { family: 'vae', of: (e: ExampleCase) => oracleVaeNiwae(e.vae, e.images, e.sizes.m, e.noise) },
  gmvaeNelbo: { family: 'gmvae', of: (e: ExampleCase) => oracleGmvaeNelbo(e.gmvae, e.images, e.noise) },
  gmvaeNiwae: { family: 'gmvae', of: (e: ExampleCase) => oracleGmvaeNiwae(e.gmvae, e.images, e.sizes.m, e.noise) },
  ssvaeNelbo: { family: 'ssvae', of: (e: ExampleCase) => oracleSsvaeNelbo(e.ssvae, e.images, e.noise) },
  fsvaeNelbo: { family: 'fsvae', of: (e: ExampleCase) => oracleFsvaeNelbo(e.fsvae, e.colours, e.labels, e.noise) },
} as const;
type BoundName = keyof typeof bounds;
type Family = (typeof bounds)[BoundName]['family'];
const names = Object.keys(bounds) as BoundName[];
const partsOf = (name: BoundName, changed: ExampleCase): [string, number][] => Object.entries(bounds[name].of(changed));

const answers = [
  { source: 'recorded', torch: recorded },
  ...(live === null ? [] : [{ source: 'live', torch: live }]),
];

describe.each(answers)('PyTorch, $source', ({ torch }) => {
  it.each(names)('agrees on the values of %s', (name) => {
    const own = partsOf(name, example);
    const { values } = answerOf(torch, name);
    expect(own.map(([part]) => part)).toEqual(Object.keys(values));
    expect(worst(own.map(([, value]) => value), Object.values(values))).toBeLessThan(1e-10);
  });

  it.each(
    names.flatMap((name) => Object.keys(answerOf(recorded, name).gradients).map((module) => ({ name, module }))),
  )('agrees on the gradient of $name for the $module', ({ name, module }) => {
    const { weights, changed } = parametersOf(bounds[name].family, module);
    const loss = (w: Vector): number => at(at(partsOf(name, changed(w)), 0), 1) as number;
    expect(worst(oracleGradient(loss, weights), answerOf(torch, name).gradients[module] ?? [])).toBeLessThan(1e-8);
  });
});

it.skipIf(available)('PyTorch is not installed: only its recorded answers were compared (apt-get install python3-torch)', () => {
  expect(live).toBeNull();
});

function answerOf(torch: PytorchAnswers, name: BoundName): PytorchAnswer {
  const answer = torch[name];
  if (answer === undefined) throw new Error(`PyTorch was not asked for ${name}`);
  return answer;
}

/** The weights of one module of one model of the example, and the example with other weights in it. */
function parametersOf(family: Family, module: string): { weights: Vector; changed: (w: Vector) => ExampleCase } {
  const { z, k } = example.sizes;
  if (module === 'prior') {
    const { means, spreads } = example.gmvae;
    return {
      weights: [...means.flat(), ...spreads.flat()],
      changed: (w) => ({
        ...example,
        gmvae: { ...example.gmvae, means: rowsOf(w.slice(0, k * z), z), spreads: rowsOf(w.slice(k * z), z) },
      }),
    };
  }
  const networks = example[family];
  const network: OracleNetwork = new Map<string, OracleNetwork>(Object.entries(networks)).get(module) ?? [];
  return {
    weights: weightsOf(network),
    changed: (w) => ({ ...example, [family]: { ...networks, [module]: withWeights(network, w) } }),
  };
}

function worst(actual: Vector, expected: Vector): number {
  if (actual.length !== expected.length) return Infinity;
  return Math.max(...actual.map((value, i) => Math.abs(value - at(expected, i)) / (1 + Math.abs(at(expected, i)))));
}
