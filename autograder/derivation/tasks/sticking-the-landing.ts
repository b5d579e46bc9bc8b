/** The gradient of the ELBO along a path, taken apart, and the expectation of the score. */
import type { TaskSource } from '../task.ts';

export const gradientDecomposition: TaskSource = {
  id: 'kth-1b/sticking-the-landing/gradient-decomposition',
  title: 'the total derivative D[phi] of log p(z|x) + log p(x) - log q(z|x), where z = t(eps, phi), as path derivative and score; d[phi] holds z',
  world: {
    kind: 'valued',
    variables: [
      { name: 'x', values: { kind: 'none' } },
      { name: 'eps', values: { kind: 'points', size: 1, from: 'real' } },
      { name: 'z', values: { kind: 'path', noise: 'eps' } },
    ],
  },
  free: ['x', 'eps', 'z'],
  numbers: [{ J: 2 }, { J: 3 }, { J: 4 }],
  drawn: [
    { name: 'phi', upTo: 'J', from: 'real' },
    { name: 'a', from: 'real' },
    { name: 'b', from: 'real' },
  ],
  paths: { z: { noise: 'eps', name: 't', is: 'phi[1] + exp(phi[2]) * eps + phi[J] * eps^2 / 3' } },
  // Any smooth functions will do: the decomposition holds for all, at every eps.
  laws: {
    'q(z|x)': 'exp(-(z - phi[1])^2 / 8 + phi[J] * sigma(z + phi[2]))',
    'p(z|x)': 'exp(sigma(a * z) - b^2 * z^2 / 8)',
    'p(z)': 'exp(-z^2 / 2)',
    'p(x)': 'exp(a)',
    'p(x,z)': 'exp(sigma(a * z) - b^2 * z^2 / 8 + a)',
    'p(x|z)': 'exp(sigma(a * z) - b^2 * z^2 / 8 + a + z^2 / 2)',
  },
  parameters: ['eps'],
  hasVectors: true,
  facts: ['log', 'chain', 'bayes'],
  without: { bayes: { laws: { 'p(x,z)': 'exp(sigma(b - z))', 'p(x|z)': 'exp(sigma(b * z - 1))' } } },
  claims: [
    {
      left: 'D[phi](log p(z|x) + log p(x) - log q(z|x))',
      relation: '=',
      right: 'd[z](log p(z|x) - log q(z|x)) * d[phi](t(eps, phi)) - d[phi](log q(z|x))',
      share: 1,
      also: [{ left: 'D[phi](log p(x|z) + log p(z) - log q(z|x))' }, { left: 'D[phi](log p(x, z) - log q(z|x))' }, { left: 'D[phi](log(p(x, z) / q(z|x)))' }],
    },
  ],
  printed: [['D[phi](log p(z|x) + log p(x) - log q(z|x))'], ['D[phi](log p(x|z) + log p(z) - log q(z|x))']],
  oneStep: [
    ['chain', 'log'],
    ['bayes', 'log'],
    ['bayes', 'chain'],
  ],
};

const softmax = 'exp(sum[j=1..J](phi[j] * u[z][j]))';
const normalised = `${softmax} / sum[z'](exp(sum[j=1..J](phi[j] * u[z'][j])))`;

export const zeroMeanScore: TaskSource = {
  id: 'kth-1b/sticking-the-landing/zero-mean-score',
  title: 'E[q(z|x)](d[phi](log q(z|x))) = 0',
  world: {
    kind: 'valued',
    variables: [
      { name: 'x', values: { kind: 'none' } },
      { name: 'z', values: { kind: 'labels', size: 'M', volumes: true } },
    ],
  },
  free: ['x'],
  numbers: [
    { M: 4, J: 2 },
    { M: 3, J: 3 },
  ],
  drawn: [
    { name: 'phi', upTo: 'J', from: 'real' },
    { name: 'u', upTo: ['M', 'J'], from: 'real' },
  ],
  laws: { 'q(z|x)': normalised },
  shortForms: { q: 'q(z|x)', 'q(z)': 'q(z|x)' },
  hasVectors: true,
  facts: ['log', 'normq'],
  without: { normq: { laws: { 'q(z|x)': softmax } } },
  claims: [{ left: 'E[q(z|x)](d[phi](log q(z|x)))', relation: '=', right: '0', share: 1 }],
  printed: [['E[q(z|x)](d[phi](log q(z|x)))'], ['0']],
  oneStep: [],
  granted: 'That the derivative may be taken inside the sum or integral is accepted as it stands.',
};
