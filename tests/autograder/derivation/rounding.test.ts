/** What rounding hides is neither true nor false: a person looks, and nothing is earned by it. What has no value is false. */
import { describe, expect, it } from 'vitest';
import { checkDerivation } from '../../../autograder/derivation/derivation.ts';
import { taskNamed } from './task-named.ts';

const task = taskNamed('nyu-hw4/theory/elbo-plus-kl');
const judged = (line: string): object => {
  const { verdict, share } = checkDerivation(`\`\`\`\nlog p(x) = ${line}\n\`\`\``, task);
  return { verdict, share };
};

describe('a line that some model cannot tell from rounding', () => {
  it.each([
    ['a small law eaten by a larger number', 'log p(x) + sum[z](log((p(x, z) + 2) - 2) - log p(x, z))'],
    ['a log of a difference that is 0', 'E[q(z|x)](log p(x)) + log(p(x) - p(x)) - log(p(x) - p(x))'],
    ['0 / 0 of differences', 'E[q(z|x)](log p(x)) * (p(x) - p(x)) / (p(x) - p(x))'],
    ['a power that is too small to be held, in a nearly deterministic model', 'E[q(z|x)](log(p(x) * p(z|x)^40 / p(z|x)^40))'],
    ['an exponential that is too small, and one that is too large', 'log(exp(log p(x) - 1000) * exp(1000))'],
  ])('goes to a person: %s', (_, line) => {
    expect(judged(line)).toEqual({ verdict: 'a person should look', share: 0 });
  });

  it.each([
    ['a log of 0', 'E[q(z|x)](log p(x)) + log(0) - log(0)'],
    ['0 / 0', 'E[q(z|x)](log p(x)) * 0 / 0'],
    ['a log of a negative number', 'E[q(z|x)](log p(x)) + log(-1) - log(-1)'],
    ['a log of 1 - a density, which may exceed 1', 'E[q(z|x)](log(p(x) * (1 - p(z|x)) / (1 - p(z|x)))) + E[q(z|x)](log(1 - p(z|x))) - E[q(z|x)](log(1 - p(z|x)))'],
  ])('is false where there is no value at all: %s', (_, line) => {
    expect(judged(line)).toEqual({ verdict: 'wrong', share: 0 });
  });
});
