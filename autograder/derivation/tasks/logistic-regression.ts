/** Lipschitz constants for logistic regression: of sigma(x^T w), with an l2 term, and with features that are not normalised. */
import type { TaskSource } from '../task.ts';

const GRADIENT = 'norm(D[w](sigma(dot(x, w))))';
const CHANGE = 'abs(sigma(dot(x, w1)) - sigma(dot(x, w2)))';

export const lipschitzOfSigmoid: TaskSource = {
  id: 'ualberta-a4-2022/logistic-regression/a',
  title: 'a Lipschitz constant of sigma(dot(x, w)) in w, where norm(x) <= 1',
  world: { kind: 'valued', variables: [] },
  free: [],
  numbers: [{ d: 2 }, { d: 3 }],
  drawn: [{ name: 'x', upTo: 'd', from: 'ball' }, ...['w', 'w1', 'w2'].map((name) => ({ name, upTo: 'd', from: 'wide' }) as const)],
  hasVectors: true,
  facts: ['sigmoid', 'norm', 'unit'],
  without: { unit: { drawn: [{ name: 'x', upTo: 'd', from: 'long' }] } },
  claims: [
    {
      left: GRADIENT,
      relation: '<=',
      right: '1',
      share: 1,
      also: [{ right: '1/4' }, { left: CHANGE, right: 'norm(w1 - w2)' }, { left: CHANGE, right: '1/4 * norm(w1 - w2)' }],
    },
  ],
  printed: [[GRADIENT], ['1'], ['1/4'], [CHANGE], ['norm(w1 - w2)'], ['1/4 * norm(w1 - w2)']],
  oneStep: [
    ['sigmoid', 'norm'],
    ['norm', 'unit'],
  ],
  elsePerson: 'Another constant may be true as well, so a person reads the lines.',
  praise: { ends: ['1/4', '1/4 * norm(w1 - w2)'], words: 'Well seen: 1/4 is the smallest constant there is, four times better than the 1 that was asked for.' },
};

const loss = (features: string): string => `1/n * sum[i=1..n](-y[i] * log(sigma(dot(${features}[i], w))) - (1 - y[i]) * log(1 - sigma(dot(${features}[i], w))))`;

export const lipschitzWithPenalty: TaskSource = {
  id: 'ualberta-a4-2022/logistic-regression/b',
  title: 'Ltilde, a Lipschitz constant of the gradient of ctilde(w) = c(w) + lambda / (2 * n) * norm(w)^2, with L the one of the gradient of c',
  world: { kind: 'valued', variables: [] },
  free: [],
  numbers: [
    { n: 2, d: 2 },
    { n: 3, d: 3 },
  ],
  drawn: [
    { name: 'x', upTo: ['n', 'd'], from: 'ball' },
    { name: 'y', upTo: 'n', from: 'bit' },
    { name: 'lambda', from: 'positive' },
    { name: 'slack', from: 'share' },
    { name: 'L', is: '1/4 + slack' },
    ...['w', 'w1', 'w2'].map((name) => ({ name, upTo: 'd', from: 'wide' }) as const),
  ],
  functions: [
    { name: 'c', parameters: ['w'], body: loss('x') },
    { name: 'ctilde', parameters: ['w'], body: 'c(w) + lambda / (2 * n) * dot(w, w)' },
  ],
  hasVectors: true,
  facts: ['norm', 'lipschitz'],
  without: { lipschitz: { drawn: [{ name: 'L', is: '0.001' }] } },
  answers: [{ share: 1, forms: [{ names: ['Ltilde'], accepts: ['L + lambda / n', '1 + lambda / n', '1/4 + lambda / n', ...['L', '1', '1/4'].map((constant) => `(${constant} + lambda / n) * norm(w1 - w2)`)] }] }],
  printed: [],
  elsePerson: 'The lines are true, but the constant is not the last of any of them.',
};

export const lipschitzWithFeatures: TaskSource = {
  id: 'ualberta-a4-2022/logistic-regression/c',
  title: 'Lphi, a Lipschitz constant of the gradient of c(w) with p features phi[i] between 0 and 1; L is now the one of sigma(dot(phi[i], w))',
  world: { kind: 'valued', variables: [] },
  free: [],
  numbers: [
    { n: 2, p: 3 },
    { n: 3, p: 4 },
    { n: 2, p: 5 },
  ],
  drawn: [
    { name: 'phi', upTo: ['n', 'p'], from: 'share' },
    { name: 'y', upTo: 'n', from: 'bit' },
    { name: 'slack', from: 'share' },
    { name: 'L', is: 'sqrt(p) / 4 + slack' },
    ...['w', 'w1', 'w2'].map((name) => ({ name, upTo: 'p', from: 'wide' }) as const),
  ],
  functions: [{ name: 'c', parameters: ['w'], body: loss('phi') }],
  hasVectors: true,
  facts: ['norm', 'lipschitz'],
  without: { lipschitz: { drawn: [{ name: 'L', is: '0.001' }] } },
  answers: [{ share: 1, forms: [{ names: ['Lphi'], accepts: ['sqrt(p) * L', 'p', 'p / 4', ...['sqrt(p) * L', 'p', 'p / 4'].map((constant) => `${constant} * norm(w1 - w2)`)] }] }],
  forPerson: [
    { form: 'sqrt(p)', why: 'Without L this is right only if the bound on the gradient of the sigmoid is taken to be 1: a person decides.' },
    { form: 'p * L', why: 'This is right if L is still the constant for inputs of length 1: a person decides.' },
  ],
  printed: [],
  elsePerson: 'The lines are true, but the constant is not the last of any of them.',
};
