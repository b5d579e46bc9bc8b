/** Two estimators of the gradient of an expectation: the naive one is biased, the reparameterised one is not. */
import type { TaskSource } from '../task.ts';

const ELSE_PERSON = 'This question may be answered in words, so a person reads what the lines leave open.';

const naive: Omit<TaskSource, 'id'> = {
  title: 'the expectation of 1/n * sum[i=1..n](d[theta](f(X[i]))) is not D[theta](E[p(X)](f(X)))',
  world: { kind: 'valued', variables: [{ name: 'X', values: { kind: 'labels', size: 'M' } }] },
  free: [],
  numbers: [
    { M: 3, J: 2, n: 2 },
    { M: 4, J: 3, n: 3 },
  ],
  drawn: [
    { name: 'theta', upTo: 'J', from: 'real' },
    { name: 'u', upTo: ['M', 'J'], from: 'real' },
  ],
  laws: { 'p(X)': "exp(sum[j=1..J](theta[j] * u[X][j])) / sum[X'](exp(sum[j=1..J](theta[j] * u[X'][j])))" },
  functions: [{ name: 'f', parameters: ['X'], body: 'exp(theta[1] * X / 4) + theta[J] * X^2 / 5' }],
  shortForms: { p: 'p(X)' },
  hasVectors: true,
  facts: ['log', 'iid'],
  known: [{ left: 'D[theta](E[p(X)](f(X)))', right: 'E[p(X)](f(X) * d[theta](log p(X))) + E[p(X)](d[theta](f(X)))' }],
  claims: [
    {
      left: 'E[p(X[1..n])](1/n * sum[i=1..n](d[theta](f(X[i]))))',
      relation: '!=',
      right: 'D[theta](E[p(X)](f(X)))',
      share: 1,
    },
  ],
  printed: [['E[p(X[1..n])](1/n * sum[i=1..n](d[theta](f(X[i]))))'], ['D[theta](E[p(X)](f(X)))']],
  oneStep: [],
  elsePerson: ELSE_PERSON,
};

const reparameterised: Omit<TaskSource, 'id'> = {
  title: 'the average over eps[i] ~ N(0, 1), with X = mu + S^(1/2) * eps, is unbiased: for E[p(X)](f(X)) or for its gradient',
  world: {
    kind: 'valued',
    variables: [
      { name: 'eps', values: { kind: 'quadrature', p: { law: 'normal', mean: 0, variance: 1, count: 3 } } },
      { name: 'X', values: { kind: 'path', noise: 'eps' } },
    ],
  },
  free: [],
  numbers: [{ n: 2 }, { n: 3 }],
  drawn: [{ name: 'theta', upTo: [3], from: 'real' }],
  definitions: [
    { name: 'mu', body: 'theta[1]' },
    { name: 'S', body: 'exp(theta[2])' },
  ],
  paths: { X: { noise: 'eps', is: 'theta[1] + exp(theta[2])^(1/2) * eps' } },
  functions: [{ name: 'f', parameters: ['X'], body: 'exp(-(X - theta[3])^2 / 8) + theta[3] * X' }],
  shortForms: { p: 'p(X)' },
  hasVectors: true,
  facts: ['iid', 'path'],
  without: { path: { paths: { X: { noise: 'eps', is: 'theta[1] + 1.3 * exp(theta[2])^(1/2) * eps + 0.2' } } } },
  claims: [
    {
      left: 'E[p(eps[1..n])](1/n * sum[i=1..n](D[theta](f(mu + S^(1/2) * eps[i]))))',
      relation: '=',
      right: 'D[theta](E[p(X)](f(X)))',
      share: 1,
      also: [{ left: 'E[p(eps[1..n])](1/n * sum[i=1..n](f(mu + S^(1/2) * eps[i])))', right: 'E[p(X)](f(X))' }],
    },
  ],
  printed: [['E[p(X)](f(X))', 'E[p(eps)](f(mu + S^(1/2) * eps))']],
  oneStep: [],
  elsePerson: ELSE_PERSON,
  granted: 'That the gradient may be taken inside the expectation is accepted as it stands.',
};

export const naiveEstimator2022: TaskSource = { ...naive, id: 'ualberta-a4-2022/gradient-estimators/a' };
export const naiveEstimator2025: TaskSource = { ...naive, id: 'ualberta-a4-2025/gradient-estimators/a' };
export const reparameterised2022: TaskSource = { ...reparameterised, id: 'ualberta-a4-2022/gradient-estimators/b' };
export const reparameterised2025: TaskSource = { ...reparameterised, id: 'ualberta-a4-2025/gradient-estimators/b' };
