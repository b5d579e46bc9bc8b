/**
 * Mean-field inference for the earthquakes: class Z[n], strength S[n] and place X[n] of each quake, rate lambda[k] and
 * centre mu[k] of each class. The other factors are random laws on random points, where every expectation is a sum.
 */
import type { LawSource, TaskSource } from '../task.ts';
import type { ValuedVariable } from '../world.ts';

const observed: readonly ValuedVariable[] = [
  { name: 'X', upTo: 'N', values: { kind: 'points', size: 1, from: 'real', dim: 2 } },
  { name: 'S', upTo: 'N', values: { kind: 'points', size: 1, from: 'count' } },
  { name: 'Z', upTo: 'N', values: { kind: 'labels', size: 'K' } },
];

const variables: readonly ValuedVariable[] = [
  ...observed,
  { name: 'lambda', upTo: 'K', values: { kind: 'points', size: 2, from: 'positive' } },
  { name: 'mu', upTo: 'K', values: { kind: 'points', size: 2, from: 'real', dim: 2 } },
];

const JOINT = 'p(X, S, Z, lambda, mu)';

const laws: Readonly<Record<string, LawSource>> = {
  'p(Z)': { index: 'n', is: 'pi[Z[n]]' },
  'p(X|Z,mu)': { index: 'n', is: 'N(X[n]; mu[Z[n]], 1 / tau)' },
  'p(S|Z,lambda)': { index: 'n', is: 'Pois(S[n]; lambda[Z[n]])' },
  'p(lambda)': { index: 'k', is: 'Gamma(lambda[k]; alpha, beta)' },
  'p(mu)': { index: 'k', is: 'N(mu[k]; nu, 1 / rho)' },
  'p(X,S,Z|lambda,mu)': { index: 'n', is: 'p(Z[n]) * p(X[n]|Z[n], mu) * p(S[n]|Z[n], lambda)' },
  'p(X,S|Z,lambda,mu)': { index: 'n', is: 'p(X[n]|Z[n], mu) * p(S[n]|Z[n], lambda)' },
  [JOINT]: 'prod[l=1..K](p(mu[l]) * p(lambda[l])) * prod[i=1..N](p(Z[i]) * p(X[i]|Z[i], mu) * p(S[i]|Z[i], lambda))',
};

const shared = {
  world: { kind: 'valued', variables },
  free: variables.map(({ name }) => name),
  drawn: [
    { name: 'pi', upTo: 'K', from: 'mixture' },
    { name: 'tau', from: 'positive' },
    { name: 'alpha', from: 'shape' },
    { name: 'beta', from: 'positive' },
    { name: 'nu', upTo: [2], from: 'real' },
    { name: 'rho', from: 'positive' },
  ],
  parameters: ['pi', 'tau', 'alpha', 'beta', 'nu', 'rho'],
  hasVectors: true,
  latent: ['Z', 'lambda', 'mu'],
  facts: ['bayes', 'log', 'model', 'density'],
  // Not the product of all laws: what the joint factorises into is a step of its own.
  without: { bayes: { laws: { [JOINT]: 'prod[l=1..K](p(mu[l])^2 * p(lambda[l])^3) * prod[i=1..N](p(Z[i])^2 * p(X[i]|Z[i], mu)^3 * p(S[i]|Z[i], lambda)^2)' } } },
  oneStep: [
    ['bayes', 'model', 'log'],
    ['model', 'density', 'log'],
  ],
} as const satisfies Partial<TaskSource>;

const factorised = 'sum[k=1..K](log p(mu[k]) + log p(lambda[k])) + sum[n=1..N](log p(Z[n]) + log p(X[n]|Z[n], mu) + log p(S[n]|Z[n], lambda))';
const named = 'sum[k=1..K](log N(mu[k]; nu, 1 / rho) + log Gamma(lambda[k]; alpha, beta)) + sum[n=1..N](log pi[Z[n]] + log N(X[n]; mu[Z[n]], 1 / tau) + log Pois(S[n]; lambda[Z[n]]))';
const written =
  'sum[k=1..K](-rho / 2 * norm(mu[k] - nu)^2 + (alpha - 1) * log lambda[k] - beta * lambda[k]) + sum[n=1..N](log pi[Z[n]] - tau / 2 * norm(X[n] - mu[Z[n]])^2 + S[n] * log lambda[Z[n]] - lambda[Z[n]])';

export const logJoint: TaskSource = {
  ...shared,
  id: 'kth-1b/cavi/log-joint',
  title: 'log p(X, S, Z, lambda, mu) as a sum of log laws, and of log densities (constants may be dropped with =+)',
  numbers: [{ N: 3, K: 2, PI: Math.PI }],
  laws,
  constantIn: ['Z', 'lambda', 'mu'],
  varying: ['Z', 'lambda', 'mu'],
  claims: [
    { left: `log ${JOINT}`, relation: '=', right: factorised, share: 0.5 },
    { left: `log ${JOINT}`, relation: '=+', right: written, share: 0.5, also: [{ right: named }] },
  ],
  printed: [[`log ${JOINT}`]],
};

const numbers = [
  { N: 2, K: 2, PI: Math.PI, n: 2, k: 1 },
  { N: 3, K: 2, PI: Math.PI, n: 1, k: 2 },
];
const r = 'q(Z[n] = k)';
const counts = { shape: `alpha + sum[n=1..N](S[n] * ${r})`, rate: `beta + sum[n=1..N](${r})` };
const weights = { precision: `rho + tau * sum[n=1..N](${r})`, mean: `(rho * nu + tau * sum[n=1..N](${r} * X[n])) / (rho + tau * sum[n=1..N](${r}))` };

/** exp(E[log p]) with its normaliser c, which the closed form gives: where nothing is broken, both are the best law. */
function best(name: string, closed: string): Pick<TaskSource, 'laws' | 'drawn'> {
  const update = `E[q(-${name}[k])](log ${JOINT})`;
  return {
    laws: { ...laws, [`q*(${name})`]: { index: 'k', is: `exp(${update} + c)` } },
    drawn: [...shared.drawn, { name: 'c', is: `log ${closed} - ${update}` }],
  };
}

const gamma = `Gamma(lambda[k]; ${counts.shape}, ${counts.rate})`;
const normal = `N(mu[k]; ${weights.mean}, 1 / (${weights.precision}))`;
const updateZ = `E[q(-Z[n])](log ${JOINT})`;

export const optimalZ: TaskSource = {
  ...shared,
  id: 'kth-1b/cavi/optimal-z',
  title: 'log q*(Z[n]), up to a constant',
  // The label that k stands for is the one Z[n] has.
  numbers: numbers.map(({ N, K, PI, n }) => ({ N, K, PI, n })),
  drawn: [...shared.drawn, { name: 'k', is: 'Z[n]' }],
  laws: { ...laws, 'q*(Z)': { index: 'n', is: `exp(${updateZ}) / sum[Z[n]](exp(${updateZ}))` } },
  indices: ['n', 'k'],
  constantIn: ['Z[n]', 'k'],
  varying: ['Z[n]'],
  claims: [
    {
      left: 'log q*(Z[n])',
      relation: '=+',
      right: 'log pi[k] - tau / 2 * E[q(mu[k])](norm(X[n] - mu[k])^2) + S[n] * E[q(lambda[k])](log lambda[k]) - E[q(lambda[k])](lambda[k])',
      share: 1,
      also: [{ left: updateZ }],
    },
  ],
  printed: [['log q*(Z[n])', updateZ]],
};

export const optimalLambda: TaskSource = {
  ...shared,
  ...best('lambda', gamma),
  id: 'kth-1b/cavi/optimal-lambda',
  title: 'log q*(lambda[k]), up to a constant: its form and its parameters',
  numbers,
  indices: ['n', 'k'],
  constantIn: ['lambda[k]'],
  varying: ['lambda[k]'],
  claims: [
    {
      left: 'log q*(lambda[k])',
      relation: '=+',
      right: `(${counts.shape} - 1) * log lambda[k] - (${counts.rate}) * lambda[k]`,
      share: 1,
      also: [{ right: `log ${gamma}` }, { left: 'E[q(-lambda[k])](log p(X, S, Z, lambda, mu))' }, { left: 'q*(lambda[k])', right: gamma }],
    },
  ],
  printed: [['log q*(lambda[k])', `E[q(-lambda[k])](log ${JOINT})`]],
};

export const optimalMu: TaskSource = {
  ...shared,
  ...best('mu', normal),
  id: 'kth-1b/cavi/optimal-mu',
  title: 'log q*(mu[k]), up to a constant: its form and its parameters',
  numbers,
  indices: ['n', 'k'],
  constantIn: ['mu[k]'],
  varying: ['mu[k]'],
  claims: [
    {
      left: 'log q*(mu[k])',
      relation: '=+',
      right: `-1/2 * (${weights.precision}) * norm(mu[k] - ${weights.mean})^2`,
      share: 1,
      also: [{ right: `log ${normal}` }, { left: 'E[q(-mu[k])](log p(X, S, Z, lambda, mu))' }, { left: 'q*(mu[k])', right: normal }],
    },
  ],
  printed: [['log q*(mu[k])', `E[q(-mu[k])](log ${JOINT})`]],
};

export const expectations: TaskSource = {
  id: 'kth-1b/cavi/expectations',
  title: 'the expectations that q*(Z[n]) needs, where q(lambda[k]) = Gamma(a[k], b[k]) and q(mu[k]) = N(m[k], I / r[k])',
  world: {
    kind: 'valued',
    variables: [
      ...observed,
      { name: 'lambda', upTo: 'K', values: { kind: 'quadrature', q: { law: 'gamma', shape: 'a', rate: 'b', count: 120 } } },
      { name: 'mu', upTo: 'K', values: { kind: 'quadrature', q: { law: 'normal', mean: 'm', variance: 'v', dim: 2 } } },
    ],
  },
  free: variables.map(({ name }) => name),
  numbers,
  drawn: [
    { name: 'a', upTo: 'K', from: 'shape' },
    { name: 'b', upTo: 'K', from: 'positive' },
    { name: 'm', upTo: ['K', 2], from: 'real' },
    { name: 'r', upTo: 'K', from: 'positive' },
    { name: 'v', upTo: 'K', is: '1 / r[j]' },
  ],
  laws: { 'q(lambda)': { index: 'k', is: 'Gamma(lambda[k]; a[k], b[k])' }, 'q(mu)': { index: 'k', is: 'N(mu[k]; m[k], 1 / r[k])' } },
  indices: ['n', 'k'],
  hasVectors: true,
  facts: ['log', 'model', 'density', 'moments'],
  claims: [
    { left: 'E[q(lambda[k])](log lambda[k])', relation: '=', right: 'digamma(a[k]) - log b[k]', share: 0.35 },
    { left: 'E[q(lambda[k])](lambda[k])', relation: '=', right: 'a[k] / b[k]', share: 0.25 },
    { left: 'E[q(mu[k])](norm(X[n] - mu[k])^2)', relation: '=', right: '2 / r[k] + norm(X[n] - m[k])^2', share: 0.4 },
  ],
  printed: [['E[q(lambda[k])](log lambda[k])'], ['E[q(lambda[k])](lambda[k])'], ['E[q(mu[k])](norm(X[n] - mu[k])^2)']],
  oneStep: [['moments', 'log', 'model', 'density']],
};
