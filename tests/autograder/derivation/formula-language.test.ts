/** The language of tasks whose laws are formulas: derivatives, vectors, best laws, relations up to a constant. */
import { describe, expect, it } from 'vitest';
import { checkDerivation } from '../../../autograder/derivation/derivation.ts';
import { openChecker, valuesOf } from '../../../autograder/derivation/lines.ts';
import { mathml } from '../../../autograder/derivation/mathml.ts';
import { parseExpression, parseLine } from '../../../autograder/derivation/parse.ts';
import { print } from '../../../autograder/derivation/print.ts';
import { taskNamed } from './task-named.ts';

const lambda = 'kth-1b/cavi/optimal-lambda';
const z = 'kth-1b/cavi/optimal-z';
const kl = 'kth-1b/vae/gaussian-kl';
const gradient = 'kth-1b/sticking-the-landing/gradient-decomposition';
const score = 'kth-1b/sticking-the-landing/zero-mean-score';
const exponential = 'kth-1b/reparameterisation/exponential';
const gumbel = 'kth-1b/reparameterisation/gumbel-softmax';
const penalty = 'ualberta-a4-2022/logistic-regression/b';
const noise = 'ualberta-a4-2022/gradient-estimators/b';

const READ: readonly (readonly [string, string, string])[] = [
  [lambda, 'log q*(lambda[k])', 'log(q*(lambda[k]))'],
  [lambda, '\\log q^*(\\lambda_k)', 'log(q*(lambda[k]))'],
  [lambda, '\\log q^{\\star}(\\lambda_k)', 'log(q*(lambda[k]))'],
  [lambda, 'E[q(-lambda[k])](log lambda[k])', 'E[q(lambda[1..k - 1], lambda[k + 1..K], Z[1..N], mu[1..K])](log(lambda[k]))'],
  [z, 'E[q(Z[-n], lambda, mu)](1)', 'E[q(Z[1..n - 1], Z[n + 1..N], lambda[1..K], mu[1..K])](1)'],
  [z, '\\mathbb{E}_{q(Z_{-n}, \\lambda)}[1]', 'E[q(Z[1..n - 1], Z[n + 1..N], lambda[1..K])](1)'],
  [z, 'q(Z[n] = k) * ind(Z[n] = k)', 'q(Z[n] = k) * ind(Z[n] = k)'],
  [z, '(X[n] - mu[k])^T * (X[n] - mu[k])', '(X[n] - mu[k])^T * (X[n] - mu[k])'],
  [z, '(X_n - \\mu_{Z_n})^\\top (X_n - \\mu_{Z_n})', '(X[n] - mu[Z[n]])^T * (X[n] - mu[Z[n]])'],
  [z, 'log(S[n]!) + psi(2)', 'log(fact(S[n])) + digamma(2)'],
  [z, 'Γ(2) * norm(nu)', 'Gamma(2) * norm(nu)'],
  [kl, 'z_j^2 + \\sigma_j^2', 'z[j]^2 + sigma[j]^2'],
  [gradient, 'D[phi](log q(t(eps, phi)|x)) - d_phi log q_phi(z|x)', 'D[phi](log(q(t(eps, phi) | x))) - d[phi](log(q(z | x)))'],
  [score, '\\nabla_\\phi \\log q_\\phi(z \\mid x)', 'D[phi](log(q(z | x)))'],
  [score, 'D_\\phi \\mathbb{E}_{q(z \\mid x)}[1]', 'D[phi](E[q(z | x)](1))'],
  [z, '\\frac{\\tau}{2} \\lVert X_n - \\mu_k \\rVert^2 \\lVert \\nu \\rVert', 'tau / 2 * norm(X[n] - mu[k])^2 * norm(nu)'],
  [exponential, 'F^-1(y) - F^{-1}(y)', 'Finv(y) - Finv(y)'],
  [gumbel, '\\lim_{\\tau \\to 0} y_i', 'lim[tau](y[i])'],
  [gumbel, 'lim[tau -> 0](y[i])', 'lim[tau](y[i])'],
  [penalty, 'norm(∇ \\tilde{c}(w1) - grad ctilde(w2))', 'norm(D[w1](ctilde(w1)) - D[w2](ctilde(w2)))'],
  [noise, 'E[eps ~ N(0, 1)](f_theta(mu + S^(1/2) * eps))', 'E[p(eps)](f(mu + S^(1 / 2) * eps))'],
  [noise, 'E_{X \\sim P_\\theta}[f(X)]', 'E[p(X)](f(X))'],
];

describe('an expression', () => {
  it.each(READ)('of %s: %s', (id, text, printed) => {
    const { vocabulary } = taskNamed(id);
    const bound = vocabulary.valued.get('z') === undefined ? [] : [{ name: 'z', bound: vocabulary.valued.get('z')?.upTo === undefined ? ('outcome' as const) : ('copies' as const) }];
    const expression = parseExpression(text, vocabulary, [...bound, { name: 'j', bound: 'index' }]);
    expect(print(expression)).toBe(printed);
    expect(mathml(expression)).toMatch(/^<math[^>]*><mrow>.*<\/mrow><\/math>$/s);
  });
});

describe('a relation', () => {
  it.each([
    [lambda, '=+ 1', '=+'],
    [lambda, '=+[lambda[k]] 1', '=+'],
    [lambda, '\\overset{+}{=} 1', '=+'],
    [lambda, '\\stackrel{+}{=} 1', '=+'],
    ['nyu-hw4/theory/gaussian-squared-error', '=~[x, xhat] 1', '=~'],
    [noise, '!= 1', '!='],
    [noise, '≠ 1', '!='],
    [noise, '\\neq 1', '!='],
    // Where nothing is constant, a plus after the sign is a sign.
    [noise, '=+1', '='],
  ])('of %s: %s', (id, line, relation) => {
    expect(parseLine(line, taskNamed(id).vocabulary).sides[0]?.relation).toBe(relation);
  });

  it.each([
    [lambda, '=+[mu[k]] 1', 'lambda[k]'],
    [gradient, 'grad[phi](log q(z|x))', 'Say which derivative'],
    [lambda, 'q(lambda)', 'lambda'],
    [lambda, 'mu', 'Say which mu'],
    [exponential, 'F^2(y)', 'inverse'],
    [gumbel, 'lim[pi](y[i])', 'limit'],
    [score, 'D[2](1)', 'derivative'],
  ])('or more of %s, %s, cannot be read or says so', (id, line, message) => {
    let text = '';
    try {
      text = print(parseExpression(line.replace(/^=\+\[mu\[k\]\] /, ''), taskNamed(id).vocabulary));
      parseLine(line, taskNamed(id).vocabulary);
    } catch (error) {
      text = error instanceof Error ? error.message : '';
    }
    expect(text).toContain(message);
  });
});

describe('derivatives', () => {
  it('agree with differences of the same formula', () => {
    const task = taskNamed(exponential);
    const checker = openChecker(task);
    const value = (text: string): number => valuesOf(parseExpression(text, task.vocabulary), checker).sound[0]?.value ?? Number.NaN;
    for (const f of ['log(1 + x^2)', 'exp(-x) * sigma(lambda * x)', 'sqrt(x) / (1 + x)', 'x^lambda', 'digamma(x + 1)', 'Gamma(x; 2, lambda)', 'N(x; 1, lambda)', 'abs(-x)', 'Pois(2; x)']) {
      const at = (shift: string): number => value(f.replaceAll(/\bx\b/g, `(x${shift})`));
      const difference = (8 * (at(' + 0.001') - at(' - 0.001')) - (at(' + 0.002') - at(' - 0.002'))) / 0.012;
      expect(Math.abs(value(`D[x](${f})`) - difference)).toBeLessThan(1e-8 * (1 + Math.abs(difference)));
    }
  });

  it.each(['sum[z](d[phi](q(x|z)))', 'E[q(z|x)](q(x|z))'])('of a law that is not there have no value, and say so: %s', (text) => {
    const task = taskNamed(score);
    expect(() => valuesOf(parseExpression(text, task.vocabulary), openChecker(task))).toThrow('There is no law q(x | z) in this task.');
  });

  it('of what has no value have none', () => {
    const { chains } = checkDerivation('```\nD[x](0 / 0 + 1) = 0\n```', taskNamed(exponential));
    expect(chains.flat().at(-1)?.step).toMatchObject({ kind: 'false' });
  });

  it('are not nested', () => {
    const { chains } = checkDerivation('```\nD[x](D[x](x^2)) = 2\n```', taskNamed(exponential));
    expect(chains.flat()[0]?.content).toMatchObject({ kind: 'unread' });
  });
});

describe('equal up to', () => {
  const squares = (relation: string, right: string): string | undefined =>
    checkDerivation(['```', '-log p(x|z) = -sum[d=1..D](log N(x[d]; xhat[d], s2))', `${relation} ${right}`, '```'].join('\n'), taskNamed('nyu-hw4/theory/gaussian-squared-error')).chains.flat().at(-1)?.step?.kind;

  it.each([
    ['=~', 'sum[d=1..D]((x[d] - xhat[d])^2)', true],
    ['=~', '7 * sum[d=1..D]((x[d] - xhat[d])^2) - D', true],
    ['=~', '-sum[d=1..D]((x[d] - xhat[d])^2)', false],
    ['=~', 'sum[d=1..D](abs(x[d] - xhat[d]))', false],
    ['=~', '0 * sum[d=1..D]((x[d] - xhat[d])^2)', false],
    ['=~', '1', false],
    ['=+', 'sum[d=1..D]((x[d] - xhat[d])^2) / (2 * s2) + 3', true],
    ['=+', 'sum[d=1..D]((x[d] - xhat[d])^2)', false],
    ['=+', 'sum[d=1..D]((x[d] - xhat[d])^2) / (2 * s2) + x[1]', false],
    ['=', 'sum[d=1..D]((x[d] - xhat[d])^2) / (2 * s2)', false],
  ])('%s %s: %s', (relation, right, isTrue) => {
    expect(squares(relation, right) !== 'false').toBe(isTrue);
  });
});
