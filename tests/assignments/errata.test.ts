/**
 * What the handouts get wrong or leave open, as far as it shows in lines and dates: what is right passes, and what is
 * printed does not. Errata of functions are pinned by the reference's tests, which docs/assignments.md names.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDerivation, derivationTasks } from '../../autograder/derivation/derivation.ts';
import { projectRoot } from '../../autograder/paths.ts';
import { dueTimeOf, latenessOf, submittedAt } from '../../autograder/score/score.ts';
import { parser } from '../../contract/schema.ts';
import { Term } from '../../contract/term.ts';

function judged(id: string, lines: readonly string[]) {
  const task = derivationTasks.get(id);
  if (task === undefined) throw new Error(id);
  return checkDerivation(['```', ...lines, '```'].join('\n'), task);
}

const DIFFERENCE = 'norm(grad c(w1) - grad c(w2))';
const CHANGE = 'abs(sigma(dot(x[i], w1)) - sigma(dot(x[i], w2)))';
const LOG_JOINT = ['log p(X, S, Z, lambda, mu) = log p(mu) + log p(lambda) + log p(Z) + log p(X|Z, mu) + log p(S|Z, lambda)'];
const PRIORS = 'sum[k=1..K](log p(mu[k]) + log p(lambda[k]))';
const QUAKES = 'log p(Z[n]) + log p(X[n]|Z[n], mu) + log p(S[n]|Z[n], lambda)';
const BOUND = 'E[q(z|x, y)](log p(x | y, z))';

/** Lines that hold as they should be, and the same as they are printed. The last line is the one in question. */
const lines: readonly (readonly [erratum: string, task: string, start: readonly string[], right: string, printed: string])[] = [
  ['kth-1b 1.2: the second sum runs over n', 'kth-1b/cavi/log-joint', LOG_JOINT, `= ${PRIORS} + sum[n=1..N](${QUAKES})`, `= ${PRIORS} + sum[k=1..K](log p(Z[k]) + log p(X[k]|Z[k], mu) + log p(S[k]|Z[k], lambda))`],
  ['kth-1b 1.3.1: the normaliser of X in two dimensions', 'kth-1b/cavi/log-joint', [], 'log N(X[1]; mu[1], 1 / tau) = log(tau / (2 * PI)) - tau / 2 * norm(X[1] - mu[1])^2', 'log N(X[1]; mu[1], 1 / tau) = 1/2 * log(tau / (2 * PI)) - tau / 2 * norm(X[1] - mu[1])^2'],
  ['kth-1b 1.3.1: the normaliser of mu in two dimensions', 'kth-1b/cavi/log-joint', [], 'log N(mu[1]; nu, 1 / rho) = log(rho / (2 * PI)) - rho / 2 * norm(mu[1] - nu)^2', 'log N(mu[1]; nu, 1 / rho) = 1/2 * log(rho / (2 * PI)) - rho / 2 * norm(mu[1] - nu)^2'],
  ['kth-1b 2.2: the normaliser divides', 'kth-1b/vae/gaussian-kl', [], 'log N(z[1]; mu[1], s2[1]) = -1/2 * log(2 * pi * s2[1]) - (z[1] - mu[1])^2 / (2 * s2[1])', 'log N(z[1]; mu[1], s2[1]) = 1/2 * log(2 * pi) - 1/2 * log(s2[1]) - (z[1] - mu[1])^2 / (2 * s2[1])'],
  ['kth-1b 2.2: the moments of z are those of its own law', 'kth-1b/vae/gaussian-kl', [], 'E[q(z|x)](z[1]^2) = s2[1] + mu[1]^2', 'E[q(z|x)](z[1]^2) = 1'],
  ['kth-1b 2.2: parentheses at the end', 'kth-1b/vae/gaussian-kl', [], 'KL(q(z|x) || p(z)) = -1/2 * sum[j=1..D](1 + log s2[j] - s2[j] - mu[j]^2)', 'KL(q(z|x) || p(z)) = -1/2 * sum[j=1..D](log s2[j]) + 1 - sum[j=1..D](s2[j] + mu[j]^2)'],
  ['kth-1b 4.1: the inverse is divided by lambda', 'kth-1b/reparameterisation/exponential', [], 'F^-1(y) = -log(1 - y) / lambda', 'F^-1(y) = -log(1 - y) / y'],
  [
    'ualberta-a4-2022 1: the norm of each vector', 'ualberta-a4-2022/logistic-regression/b',
    [`${DIFFERENCE} = norm(1/n * sum[i=1..n]((sigma(dot(x[i], w1)) - sigma(dot(x[i], w2))) * x[i]))`],
    `<= 1/n * sum[i=1..n](${CHANGE} * norm(x[i]))`, `<= 1/n * sum[i=1..n](${CHANGE} * norm(x[1]))`,
  ],
  ['cs236-hw2: expectations are over q(z|x)', 'cs236-hw2/iwae/lower-bound-proof', [], 'L[1] = E[q(z|x)](log(p(x, z) / q(z|x)))', 'L[1] = E[p(z)](log(p(x, z) / q(z|x)))'],
];

describe('a handout’s error', () => {
  it.each(lines)('%s', (_, task, start, right, printed) => {
    expect(judged(task, [...start, right]).firstWrong).toBeUndefined();
    expect(judged(task, [...start, right]).verdict).not.toBe('wrong');
    expect(judged(task, [...start, printed])).toMatchObject({ verdict: 'wrong', firstWrong: { number: start.length + 2 } });
  });
});

describe('a prior that does not depend on the label', () => {
  it.each(['p(z)', 'p(z|y)'])('may be called %s in the bound of the FSVAE', (prior) => {
    const proof = ['log p(x|y) = log(sum[z](p(x, z | y)))', '= log(E[q(z|x, y)](p(x, z | y) / q(z|x, y)))', '>= E[q(z|x, y)](log(p(x, z | y) / q(z|x, y)))', '= E[q(z|x, y)](log(p(x | y, z) * p(z | y) / q(z|x, y)))'];
    const end = [`= E[q(z|x, y)](log(p(x | y, z) * ${prior} / q(z|x, y)))`, `= ${BOUND} + E[q(z|x, y)](log(${prior} / q(z|x, y)))`, `= ${BOUND} - KL(q(z|x, y) || ${prior})`];
    expect(judged('cs236-hw2/fsvae/elbo-derivation', [...proof, ...end])).toMatchObject({ verdict: 'shown', share: 1 });
  });
});

it.each(['ualberta-a4-2022', 'ualberta-a4-2025'])('p(h) and p(h|y) are the same prior in the CELBO of %s', (edition) => {
  for (const prior of ['p(h)', 'p(h|y)']) {
    const proof = ['-log p(x|y) + KL(q(h|x, y) || p(h|x, y)) = E[q(h|x, y)](-log p(x|y) + log q(h|x, y) - log p(h|x, y))', '= E[q(h|x, y)](log q(h|x, y) - log p(x, h | y))', '= E[q(h|x, y)](log q(h|x, y) - log p(x|h, y) - log p(h|y))'];
    expect(judged(`${edition}/cvae/celbo-derivation`, [...proof, `= KL(q(h|x, y) || ${prior}) - E[q(h|x, y)](log p(x|h, y))`])).toMatchObject({ verdict: 'shown', share: 1 });
  }
});

it('23:59 PST on a day of daylight saving time is 00:59 on the clock of the wall', () => {
  const term = parser('a term', Term)(JSON.parse(readFileSync(path.join(projectRoot, 'terms/cs236-hw2-autumn-2021.json'), 'utf8')));
  const late = (submitted: string) => latenessOf(dueTimeOf(term, 's1'), submittedAt(submitted, term.zone ?? ''), { kind: 'none-accepted', graceMinutes: 0 }).kind;
  expect(['2021-10-29T23:59:59-08:00', '2021-10-30T00:59:59', '2021-10-30T07:59:59Z', '2021-10-30T08:00:00Z', '2021-10-30T00:00:00-08:00'].map(late)).toEqual(['on-time', 'on-time', 'on-time', 'too-late', 'too-late']);
});

it('the losses that the annex of kth-1b prints are divided by 599 batches of 600', () => {
  const marking = readFileSync(path.join(projectRoot, 'reference/kth-1b/marking.md'), 'utf8');
  for (const printed of [171.55, 83.77]) expect(marking).toContain(((printed * 599) / 600).toFixed(2));
});
