/** The ELBO tasks over p(x, z) and q(z|x): log p = ELBO + KL, the two ways to rewrite the ELBO, the IWAE bounds. */
import type { TaskSource } from '../task.ts';
import type { TableWorld } from '../world.ts';

const world: TableWorld = {
  kind: 'tables',
  variables: [
    { name: 'x', size: 3, continuous: true },
    { name: 'z', size: 4, continuous: true },
  ],
  p: [{ of: ['x', 'z'], given: [] }],
  q: { of: ['z'], given: ['x'] },
};

const elbo = { name: 'ELBO', body: 'E[q(z|x)](log(p(x, z) / q(z|x)))' };
const shortForms = { q: 'q(z|x)', 'q(z)': 'q(z|x)' };
const nonNegative = ['KL(q(z|x) || p(z|x))', 'KL(q(z|x) || p(z))'];
const shared = { world, free: ['x'], shortForms, nonNegative, definitions: [elbo] };
const printedElbo = 'E[q(z|x)](log(p(x, z) / q(z|x)))';

export const elboPlusKl: TaskSource = {
  ...shared,
  id: 'nyu-hw4/theory/elbo-plus-kl',
  title: 'log p(x) = ELBO + KL(q(z|x) || p(z|x))',
  claims: [{ left: 'log p(x)', relation: '=', right: 'ELBO + KL(q(z|x) || p(z|x))', share: 1, given: 'sum[z](q(z|x) * log p(x))' }],
  printed: [['log p(x)', 'sum[z](q(z|x) * log p(x))'], ['ELBO + KL(q(z|x) || p(z|x))'], ['ELBO', printedElbo]],
};

const reconstruction = {
  ...shared,
  title: 'ELBO = E[log p(x|z)] - KL(q(z|x) || p(z))',
  known: [{ left: 'log p(x)', right: 'ELBO + KL(q(z|x) || p(z|x))' }],
  claims: [{ left: 'ELBO', relation: '=', right: 'E[q(z|x)](log p(x|z)) - KL(q(z|x) || p(z))', share: 1 }],
  printed: [['ELBO', printedElbo], ['E[q(z|x)](log p(x|z)) - KL(q(z|x) || p(z))']],
} as const;

export const reconstructionMinusKl: TaskSource = { ...reconstruction, id: 'nyu-hw4/theory/reconstruction-minus-kl' };
export const elboRewritten: TaskSource = { ...reconstruction, id: 'kth-1b/vae/elbo-rewritten' };

export const jointPlusEntropy: TaskSource = {
  ...shared,
  id: 'nyu-hw4/theory/joint-plus-entropy',
  title: 'ELBO = E[log p(x, z)] + H[q(z|x)]',
  known: [{ left: 'log p(x)', right: 'ELBO + KL(q(z|x) || p(z|x))' }],
  claims: [{ left: 'ELBO', relation: '=', right: 'E[q(z|x)](log p(x, z)) + H[q(z|x)]', share: 1 }],
  printed: [['ELBO', printedElbo], ['E[q(z|x)](log p(x, z)) + H[q(z|x)]']],
};

const weights = 'p(x, z[i]) / q(z[i]|x)';

export const iwaeBounds: TaskSource = {
  ...shared,
  id: 'cs236-hw2/iwae/lower-bound-proof',
  title: 'log p(x) >= L[m] >= L[1]',
  // Three cells of z: four copies of four would be 256 terms a sum.
  world: { ...world, variables: world.variables.map((variable) => ({ ...variable, size: 3 })) },
  numbers: [{ m: 2 }, { m: 3 }, { m: 2 }, { m: 1 }, { m: 2 }, { m: 3 }, { m: 2 }, { m: 4 }],
  definitions: [
    { name: 'L', parameter: 'k', body: `E[q(z[1..k]|x)](log(1 / k * sum[i=1..k](${weights})))` },
    { name: 'ELBO', body: printedElbo },
  ],
  claims: [
    { left: 'log p(x)', relation: '>=', right: 'L[m]', share: 0.5 },
    { left: 'L[m]', relation: '>=', right: 'L[1]', share: 0.5 },
  ],
  printed: [['log p(x)'], ['L[m]', `E[q(z[1..m]|x)](log(1 / m * sum[i=1..m](${weights})))`], ['L[1]', 'ELBO', printedElbo]],
  leapShare: 0.34,
};
