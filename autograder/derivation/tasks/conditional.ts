/** The same with a label: bounds of log p(x|y) with q(z|x, y), where the prior of z does not depend on y. */
import type { TaskSource } from '../task.ts';
import type { World } from '../world.ts';

function labelled(latent: string): World {
  return {
    kind: 'tables',
    variables: [
      { name: 'x', size: 3, continuous: true },
      { name: 'y', size: 3, continuous: false },
      { name: latent, size: 3, continuous: true },
    ],
    p: [
      { of: ['y'], given: [] },
      { of: [latent], given: [] },
      { of: ['x'], given: ['y', latent] },
    ],
    q: { of: [latent], given: ['x', 'y'] },
  };
}

export const conditionalElbo: TaskSource = {
  id: 'cs236-hw2/fsvae/elbo-derivation',
  title: 'log p(x|y) >= E[log p(x|y, z)] - KL(q(z|x, y) || p(z))',
  world: labelled('z'),
  free: ['x', 'y'],
  shortForms: { q: 'q(z|x,y)', 'q(z)': 'q(z|x,y)' },
  nonNegative: ['KL(q(z|x, y) || p(z|x, y))', 'KL(q(z|x, y) || p(z))', 'KL(q(z|x, y) || p(z|y))'],
  claims: [
    {
      left: 'log p(x|y)',
      relation: '>=',
      right: 'E[q(z|x, y)](log p(x|y, z)) - KL(q(z|x, y) || p(z))',
      share: 1,
      // The prior does not depend on the label, so both names are its own.
      also: [{ right: 'E[q(z|x, y)](log p(x|y, z)) - KL(q(z|x, y) || p(z|y))' }],
    },
  ],
  printed: [['log p(x|y)']],
  leapShare: 0.34,
};

const celbo: Omit<TaskSource, 'id'> = {
  title: '-log p(x|y) + KL(q(h|x, y) || p(h|x, y)) = KL(q(h|x, y) || p(h)) - E[log p(x|h, y)]',
  world: labelled('h'),
  free: ['x', 'y'],
  shortForms: { q: 'q(h|x,y)', 'q(h)': 'q(h|x,y)' },
  nonNegative: ['KL(q(h|x, y) || p(h|x, y))', 'KL(q(h|x, y) || p(h))', 'KL(q(h|x, y) || p(h|y))'],
  claims: [
    {
      left: '-log p(x|y) + KL(q(h|x, y) || p(h|x, y))',
      relation: '=',
      right: 'KL(q(h|x, y) || p(h)) - E[q(h|x, y)](log p(x|h, y))',
      share: 1,
      also: [{ right: 'KL(q(h|x, y) || p(h|y)) - E[q(h|x, y)](log p(x|h, y))' }],
    },
  ],
  printed: [['-log p(x|y) + KL(q(h|x, y) || p(h|x, y))'], ['KL(q(h|x, y) || p(h)) - E[q(h|x, y)](log p(x|h, y))', 'KL(q(h|x, y) || p(h|y)) - E[q(h|x, y)](log p(x|h, y))']],
};

export const celbo2022: TaskSource = { ...celbo, id: 'ualberta-a4-2022/cvae/celbo-derivation' };
export const celbo2025: TaskSource = { ...celbo, id: 'ualberta-a4-2025/cvae/celbo-derivation' };

const bound = 'E[q(h|x, y)](log p(x|h, y)) - KL(q(h|x, y) || p(h))';
const loss = 'KL(q(h|x, y) || p(h)) - E[q(h|x, y)](log p(x|h, y))';
const throughPosterior = 'This is the bound, but through the posterior p(h|x, y), which nobody can work out: a person decides.';

const celboStatement: Omit<TaskSource, 'id'> = {
  title: 'what the conditional evidence lower bound (CELBO) is, or what the loss is',
  world: labelled('h'),
  free: ['x', 'y'],
  shortForms: { q: 'q(h|x,y)', 'q(h)': 'q(h|x,y)' },
  nonNegative: ['KL(q(h|x, y) || p(h|x, y))'],
  answers: [
    {
      share: 1,
      forms: [
        { names: ['CELBO', 'ELBO', 'bound'], accepts: [bound, bound.replace('p(h))', 'p(h|y))')] },
        { names: ['loss', 'Loss'], accepts: [loss, loss.replace('p(h))', 'p(h|y))')] },
      ],
    },
  ],
  forPerson: [
    { form: 'log p(x|y) - KL(q(h|x, y) || p(h|x, y))', why: throughPosterior },
    { form: '-log p(x|y) + KL(q(h|x, y) || p(h|x, y))', why: throughPosterior },
  ],
  printed: [],
};

export const celboStatement2022: TaskSource = { ...celboStatement, id: 'ualberta-a4-2022/cvae/celbo-statement' };
export const celboStatement2025: TaskSource = { ...celboStatement, id: 'ualberta-a4-2025/cvae/celbo-statement' };
