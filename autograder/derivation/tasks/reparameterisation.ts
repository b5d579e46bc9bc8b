/** Draws made from noise: the exponential law by the inverse of its distribution function, labels by Gumbel noise. */
import type { TaskSource } from '../task.ts';

export const exponentialInverse: TaskSource = {
  id: 'kth-1b/reparameterisation/exponential',
  title: 'F^-1(y) for F(x) = 1 - exp(-lambda * x), where y = F(x)',
  world: { kind: 'valued', variables: [] },
  free: [],
  drawn: [
    { name: 'lambda', from: 'positive' },
    { name: 'x', from: 'share' },
    { name: 'y', is: '1 - exp(-lambda * x)' },
  ],
  functions: [
    { name: 'F', parameters: ['u'], body: '1 - exp(-lambda * u)', inverse: 'Finv' },
    { name: 'Finv', parameters: ['v'], body: '-log(1 - v) / lambda' },
  ],
  facts: ['log', 'cdf'],
  without: { cdf: { drawn: [{ name: 'y', from: 'share' }] } },
  answers: [
    {
      share: 1,
      forms: [
        { names: ['Finv'], accepts: ['-log(1 - y) / lambda'] },
        // 1 - y is uniform too: as a draw, not as the inverse.
        { names: ['X', 'draw'], accepts: ['-log(1 - y) / lambda', '-log(y) / lambda'] },
      ],
    },
  ],
  printed: [],
  oneStep: [['cdf', 'log']],
  elsePerson: 'The lines are true, but the formula for the inverse is not the last of any of them.',
};

const score = (index: string): string => `(log pi[${index}] + g[${index}])`;

export const gumbelSoftmax: TaskSource = {
  id: 'kth-1b/reparameterisation/gumbel-softmax',
  title: 'y[i] of the Gumbel-softmax with temperature tau and noise g[i], and its limit as tau goes to 0',
  world: { kind: 'valued', variables: [] },
  free: [],
  numbers: [
    { K: 3, i: 1 },
    { K: 4, i: 2 },
    { K: 2, i: 2 },
    { K: 3, i: 3 },
  ],
  drawn: [
    { name: 'pi', upTo: 'K', from: 'mixture' },
    { name: 'noise', upTo: 'K', from: 'real' },
    { name: 'best', is: 'argmax[l=1..K](log pi[l] + noise[l])' },
    // The largest leads by half at least, so that a small tau shows the limit.
    { name: 'g', upTo: 'K', is: 'noise[j] + ind(j = best) / 2' },
    { name: 'tau', from: 'positive' },
  ],
  definitions: [{ name: 'y', parameter: 'i', body: `exp(${score('i')} / tau) / sum[j=1..K](exp(${score('j')} / tau))` }],
  indices: ['i'],
  facts: ['log', 'limit'],
  answers: [
    {
      share: 0.6,
      forms: [{ names: ['y'], accepts: [`exp(${score('i')} / tau) / sum[j=1..K](exp(${score('j')} / tau))`, 'pi[i]^(1 / tau) * exp(g[i] / tau) / sum[j=1..K](pi[j]^(1 / tau) * exp(g[j] / tau))'] }],
    },
  ],
  claims: [{ left: 'lim[tau](y[i])', relation: '=', right: 'ind(i = argmax[j=1..K](log pi[j] + g[j]))', share: 0.4 }],
  printed: [],
  oneStep: [['limit', 'log']],
  elsePerson: 'The limit may be argued in words, so a person reads what the lines leave open.',
};
