/** The cross-entropy of q with p is the entropy of q and the divergence between the two. */
import type { TaskSource } from '../task.ts';

export const crossEntropySplit: TaskSource = {
  id: 'entropy-1/entropy/cross-entropy-split',
  title: '-E[log p(z)] = H[q(z|x)] + KL(q(z|x) || p(z))',
  world: {
    kind: 'tables',
    variables: [
      { name: 'x', size: 3, continuous: true },
      { name: 'z', size: 4, continuous: true },
    ],
    p: [{ of: ['x', 'z'], given: [] }],
    q: { of: ['z'], given: ['x'] },
  },
  free: ['x'],
  shortForms: { q: 'q(z|x)' },
  nonNegative: ['KL(q(z|x) || p(z))'],
  claims: [{ left: '-E[q(z|x)](log p(z))', relation: '=', right: 'H[q(z|x)] + KL(q(z|x) || p(z))', share: 1 }],
  printed: [['-E[q(z|x)](log p(z))'], ['H[q(z|x)] + KL(q(z|x) || p(z))']],
};
