/** What -log p(x|z) is for a Bernoulli and for a Gaussian decoder: sums over the dimensions of x. */
import type { TaskSource } from '../task.ts';

/** p(x|z) is given by a formula, so x and z need no outcomes of their own. */
const shared = {
  world: {
    kind: 'valued',
    variables: [
      { name: 'x', values: { kind: 'none' } },
      { name: 'z', values: { kind: 'none' } },
    ],
  },
  facts: ['log', 'model', 'density'],
  free: ['x', 'z'],
  oneStep: [
    ['model', 'log'],
    ['model', 'density'],
    ['density', 'log'],
  ],
} as const;

export const bernoulliCrossEntropy: TaskSource = {
  ...shared,
  id: 'nyu-hw4/theory/bernoulli-cross-entropy',
  title: '-log p(x|z) is the binary cross-entropy, summed over the dimensions',
  numbers: [{ D: 2 }, { D: 3 }, { D: 1 }],
  drawn: [
    { name: 'x', from: 'bit', upTo: 'D' },
    { name: 'xhat', from: 'share', upTo: 'D' },
  ],
  laws: { 'p(x|z)': 'prod[d=1..D](Bern(x[d]; xhat[d]))' },
  claims: [
    {
      left: '-log p(x|z)',
      relation: '=',
      right: '-sum[d=1..D](x[d] * log(xhat[d]) + (1 - x[d]) * log(1 - xhat[d]))',
      share: 1,
      // Whoever puts the sign before both sides in the last line has shown the same.
      also: [{ left: 'log p(x|z)', right: 'sum[d=1..D](x[d] * log(xhat[d]) + (1 - x[d]) * log(1 - xhat[d]))' }],
    },
  ],
  printed: [['p(x|z)', 'prod[d=1..D](Bern(x[d]; xhat[d]))']],
};

export const gaussianSquaredError: TaskSource = {
  ...shared,
  id: 'nyu-hw4/theory/gaussian-squared-error',
  title: '-log p(x|z) is the squared error, summed over the dimensions and scaled, plus a constant',
  numbers: [
    { D: 2, pi: Math.PI },
    { D: 3, pi: Math.PI },
    { D: 1, pi: Math.PI },
  ],
  drawn: [
    { name: 'x', from: 'real', upTo: 'D' },
    { name: 'xhat', from: 'real', upTo: 'D' },
    { name: 's2', from: 'positive' },
    { name: 'sigma', is: 's2^(1/2)' },
  ],
  laws: { 'p(x|z)': 'prod[d=1..D](N(x[d]; xhat[d], s2))' },
  constantIn: ['x', 'xhat'],
  varying: ['x', 'xhat'],
  // The handout says "up to a constant", which hides the factor 1 / (2 s2) as well.
  claims: [
    {
      left: '-log p(x|z)',
      relation: '=~',
      right: 'sum[d=1..D]((x[d] - xhat[d])^2)',
      share: 1,
      // Whoever leaves the sign out from the first line on has shown the same.
      also: [{ left: 'log p(x|z)', right: '-sum[d=1..D]((x[d] - xhat[d])^2)' }],
    },
  ],
  printed: [['p(x|z)', 'prod[d=1..D](N(x[d]; xhat[d], s2))']],
};
