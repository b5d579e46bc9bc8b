import type { Question } from '../../contract/rubric.ts';
import { answer, derivation } from './rows.ts';

/** Section 3: the score function in the reparameterised gradient, 18 marks; the function is practice. */
export const stickingTheLanding: Question = {
  id: 'sticking-the-landing',
  title: 'Reparameterisation and the score function',
  tasks: [
    derivation('kth-1b/sticking-the-landing/gradient-decomposition', 'Path derivative and score', 6),
    derivation('kth-1b/sticking-the-landing/zero-mean-score', 'The score has expectation zero', 6),
    answer('kth-1b/sticking-the-landing/dropping-the-score', 'Why the score may be dropped', 3),
    answer('kth-1b/sticking-the-landing/control-variate', 'When the score lowers the variance', 3),
    {
      kind: 'function',
      id: 'kth-1b/sticking-the-landing/gradient-parts',
      title: 'Practice: total, path and score',
      handoutName: 'section 3.1',
      points: 0,
      bonus: false,
      module: 'sticking-the-landing.ts',
      function: 'gradientParts',
      checks: [
        { id: 'total', title: 'Total derivative', kind: 'value', components: ['total'], points: 0, hint: 'phi acts in two places: through z, and in log q itself.' },
        {
          id: 'path',
          title: 'Path derivative',
          kind: 'value',
          components: ['path'],
          points: 0,
          hint: 'The chain rule through z: the slope of log p - log q along z, times what each parameter does to z. Where q is the posterior it is 0 for every noise.',
        },
        { id: 'score', title: 'Score', kind: 'value', components: ['score'], points: 0, hint: 'The derivative of log q with z held where it is. Its average over the noise is 0.' },
      ],
    },
  ],
};
