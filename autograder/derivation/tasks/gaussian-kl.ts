/** The closed form of KL(q(z|x) || p(z)) for a diagonal Gaussian q and a standard Gaussian p. */
import type { TaskSource } from '../task.ts';

const q = { index: 'j', is: 'N(z[j]; mu[j], s2[j])' };

export const gaussianKl: TaskSource = {
  id: 'kth-1b/vae/gaussian-kl',
  title: 'KL(q(z|x) || p(z)) in mu[j] and s2[j] = sigma[j]^2, where q(z[j]|x) = N(mu[j], s2[j]) and p(z[j]) = N(0, 1)',
  world: {
    kind: 'valued',
    variables: [
      { name: 'x', values: { kind: 'none' } },
      { name: 'z', upTo: 'D', values: { kind: 'quadrature', q: { law: 'normal', mean: 'mu', variance: 's2' }, p: { law: 'normal', mean: 0, variance: 1 } } },
    ],
  },
  free: ['x', 'z'],
  numbers: [
    { D: 2, pi: Math.PI },
    { D: 3, pi: Math.PI },
    { D: 1, pi: Math.PI },
  ],
  drawn: [
    { name: 'mu', upTo: 'D', from: 'real' },
    { name: 'sigma', upTo: 'D', from: 'positive' },
    { name: 's2', upTo: 'D', is: 'sigma[j]^2' },
  ],
  laws: { 'q(z|x)': q, 'q(z)': q, 'p(z)': { index: 'j', is: 'N(z[j]; 0, 1)' } },
  facts: ['log', 'model', 'density', 'moments'],
  claims: [{ left: 'KL(q(z|x) || p(z))', relation: '=', right: '-1/2 * sum[j=1..D](1 + log s2[j] - s2[j] - mu[j]^2)', share: 1, also: [{ right: '-1/2 * sum[j=1..D](1 + 2 * log sigma[j] - s2[j] - mu[j]^2)' }] }],
  printed: [['KL(q(z|x) || p(z))']],
  oneStep: [
    ['model', 'density', 'log'],
    ['density', 'log', 'moments'],
  ],
};
