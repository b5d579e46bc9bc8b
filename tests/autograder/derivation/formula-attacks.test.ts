/** Pages that try to earn marks in tasks whose laws are formulas: none earns any, none crashes, none is slow without end. */
import { describe, expect, it } from 'vitest';
import { checkDerivation } from '../../../autograder/derivation/derivation.ts';
import { taskNamed } from './task-named.ts';

const page = (...lines: readonly string[]): string => ['```', ...lines, '```'].join('\n');
const score = 'kth-1b/sticking-the-landing/zero-mean-score';
const start = 'E[q(z|x)](d[phi](log q(z|x)))';
const path = 'kth-1b/sticking-the-landing/gradient-decomposition';
const exponential = 'kth-1b/reparameterisation/exponential';
const gumbel = 'kth-1b/reparameterisation/gumbel-softmax';
const lipschitz = 'ualberta-a4-2022/logistic-regression/a';
const penalty = 'ualberta-a4-2022/logistic-regression/b';
const features = 'ualberta-a4-2022/logistic-regression/c';
const naive = 'ualberta-a4-2022/gradient-estimators/a';
const statement = 'ualberta-a4-2022/cvae/celbo-statement';
const kl = 'kth-1b/vae/gaussian-kl';
const G = 'norm(d[w](sigma(dot(x, w))))';

describe('no mark for', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [score, 'the end restated', [`${start} = 0`]],
    [score, 'the end after zeros', [`${start} + 0`, '= 0 * 1', '= 0']],
    [score, 'nothing is nothing', ['0', '= d[phi](1)', '= 0']],
    [score, 'a difference that is added and taken away', [`${start} = ${start} - ${start}`]],
    [score, 'nothing over nothing', [`${start} = 0 / 0`, '= 0']],
    [score, 'a name for the end', ['let e = 0', `${start} = e`]],
    [path, 'the start again', ['D[phi](log p(z|x) + log p(x) - log q(z|x)) = D[phi](log p(z|x) + log p(x) - log q(z|x))']],
    [path, 'the noise for the parameter', ['D[eps](log q(z|x)) = 0']],
    [exponential, 'what is asked for by its own name', ['Finv(y) = Finv(y)', '= F^-1(y)']],
    [exponential, 'x, which is equal by luck', ['Finv(y) = x']],
    [exponential, 'a function given anew', ['let F = 1', 'F^-1(y) = 1']],
    [exponential, 'the inverse given anew', ['let Finv = -log(1 - y) / lambda', 'Finv(y) = Finv(y)']],
    [exponential, 'a small term', ['F^-1(y) = -log(1 - y) / lambda + 0.0001']],
    [exponential, 'a smaller term', ['F^-1(y) = -log(1 - y) / lambda + 0.0001 * 0.001']],
    [exponential, 'a small term beside large ones', ['F^-1(y) = -log(1 - y) / lambda + 0.0001 + 1000000 * 1000000 - 1000000 * 1000000']],
    [exponential, 'derivatives in derivatives', ['D[x](D[x](x^2)) = 2', `${'D[x]('.repeat(50)}x${')'.repeat(50)} = 0`]],
    [exponential, 'a tower of powers', ['Finv(9^9^9^9) = 9^9^9^9']],
    [gumbel, 'a name for itself', ['y[i] = y[i]', 'lim[tau](y[i]) = lim[tau](y[i])']],
    [gumbel, 'a name given anew', ['let y[i] = 1', 'y[i] = y[i]']],
    [gumbel, 'a limit of a limit', ['lim[tau](lim[tau](y[i])) = lim[tau](y[i])']],
    [gumbel, 'a wide range', ['y[i] = argmax[j=1..100000](j)']],
    [lipschitz, 'the printed bound restated', [`${G} <= 1`]],
    [lipschitz, 'the tight bound restated', [`${G} <= 1/4`]],
    [lipschitz, 'a bound just too small', [`${G} <= 1/4 - 0.0001`, '<= 1/4']],
    [lipschitz, 'a bound of a bound', [`${G} <= 1 + 1`, '<= 1 + 1 + 1']],
    [lipschitz, 'up and down again', [`${G} <= 2`, '>= 1']],
    [lipschitz, 'an easier bound', ['norm(x) <= 1']],
    [penalty, 'the name alone', ['Ltilde = Ltilde']],
    [penalty, 'a small term', ['Ltilde = L + lambda / n + 0.0001']],
    [penalty, 'the name given anew', ['let Ltilde = 1', 'Ltilde = 1']],
    [penalty, 'a wider inequality', ['norm(grad ctilde(w1) - grad ctilde(w2)) <= 1000 * (L + lambda / n) * norm(w1 - w2) + 1']],
    [features, 'p given anew', ['let p = 1', 'Lphi = L']],
    [naive, 'both ends', ['E[p(X[1..n])](1/n * sum[i=1..n](d[theta](f(X[i])))) != D[theta](E[p(X)](f(X)))']],
    [naive, 'different from something else', ['E[p(X[1..n])](1/n * sum[i=1..n](d[theta](f(X[i])))) != 7']],
    [naive, 'different from no number', ['E[p(X[1..n])](1/n * sum[i=1..n](d[theta](f(X[i])))) != 1 / 0']],
    [naive, 'f given anew', ['let f = 0', 'D[theta](f) = 0']],
    [statement, 'the name alone', ['CELBO = CELBO', 'loss = loss']],
    [statement, 'the name turned round', ['CELBO = -loss', '= CELBO']],
    [statement, 'both signs at once', ['CELBO = KL(q(h|x, y) || p(h)) - E[q(h|x, y)](log p(x|h, y))', 'loss = E[q(h|x, y)](log p(x|h, y)) - KL(q(h|x, y) || p(h))']],
    [kl, 'the definition', ['KL(q(z|x) || p(z)) = E[q(z|x)](log q(z|x) - log p(z))', '= KL(q(z|x) || p(z))']],
    [kl, 'vectors of another length', ['z^T * z = 1', 'norm(mu) = 1']],
    [kl, 'a Hermite polynomial, 0 at some of the points', ['KL(q(z|x) || p(z)) = KL(q(z|x) || p(z)) + E[q(z|x)](((z[1] - mu[1])^3 - 3 * (z[1] - mu[1]))^2)']],
    [kl, 'a sign from another alphabet', ['KL(q(z|x) || p(z)) = µ[1]']],
  ])('%s: %s', (id, _, lines) => {
    const task = taskNamed(id);
    const { share, verdict } = checkDerivation(page(...lines), task);
    expect(share).toBe(0);
    expect(verdict).not.toBe('shown');
  });

  it('more than its part in a closed form without a derivation', () => {
    const task = taskNamed(kl);
    const { share, verdict } = checkDerivation(page('KL(q(z|x) || p(z)) = -1/2 * sum[j=1..D](1 + log s2[j] - s2[j] - mu[j]^2)'), task);
    expect(share).toBeLessThanOrEqual(task.leapShare);
    expect(verdict).not.toBe('shown');
  });
});
