/** Inequalities: what follows from concavity, what from a dropped KL, and what only looks true. */
import { describe, expect, it } from 'vitest';
import { followsFromConcavity } from '../../../autograder/derivation/jensen.ts';
import { mergeLogs } from '../../../autograder/derivation/merge-logs.ts';
import { parseExpression } from '../../../autograder/derivation/parse.ts';
import { pointsOf } from '../../../autograder/derivation/points.ts';
import { print } from '../../../autograder/derivation/print.ts';
import { taskNamed } from './task-named.ts';

const task = taskNamed('nyu-hw4/theory/elbo-plus-kl');

function follows(inequality: string): boolean {
  const [left = '', right = ''] = inequality.split(' >= ').map((text) => text.trim());
  const [a, b] = [parseExpression(left, task.vocabulary), parseExpression(right, task.vocabulary)];
  return pointsOf(task).sound.every((point) => followsFromConcavity(a, b, point, { left: 1e6 }));
}

describe('concavity', () => {
  it.each([
    'log(E[q(z|x)](p(x, z) / q(z|x))) >= E[q(z|x)](log(p(x, z) / q(z|x)))',
    'log(sum[z](p(x, z))) >= E[q(z|x)](log(p(x, z) / q(z|x)))',
    'log(E[p(z)](p(x|z))) >= E[p(z)](log p(x|z))',
    'KL(p(z|x) || p(z|x)) >= 0',
    '0 >= E[q(z|x)](log(p(z|x) / q(z|x)))',
    '2 * log(E[p(z)](p(x|z))) >= 2 * E[p(z)](log p(x|z))',
  ])('gives %s', (inequality) => {
    expect(follows(inequality)).toBe(true);
  });

  it.each([
    // The entropy of q is lost: true in every finite model without volumes, false for densities.
    'log(sum[z](p(x, z))) >= E[q(z|x)](log p(x, z))',
    'E[q(z|x)](log(p(x, z) / q(z|x))) >= log(E[q(z|x)](p(x, z) / q(z|x)))',
    'log(E[p(z)](p(x|z))) >= E[q(z|x)](log p(x|z))',
    'log(E[p(z)](p(x|z))) >= E[p(z)](log p(x|z)) + 0.01',
    'log(E[p(z)](p(x|z))) >= 2 * E[p(z)](log p(x|z))',
    'log(E[p(z)](2 * p(x|z))) >= E[p(z)](log p(x|z))',
    'log(log(2)) >= log(log(2))',
    '0 >= E[q(z|x)](log(p(x, z) / q(z|x)))',
  ])('does not give %s', (inequality) => {
    expect(follows(inequality)).toBe(false);
  });
});

describe('logs put together', () => {
  it.each([
    ['log p(x) - log 2', 'log(p(x) / 2)'],
    ['log p(x) + log 2', 'log(p(x) * 2)'],
    ['E[q(z|x)](log p(x, z)) - E[q(z|x)](log q(z|x))', 'E[q(z | x)](log(p(x, z) / q(z | x)))'],
    ['E[q(z|x)](log p(x|z) + log p(z) - log q(z|x))', 'E[q(z | x)](log(p(x | z) * p(z) / q(z | x)))'],
    ['E[q(z|x)](log p(x, z)) - E[p(z)](log p(z))', 'E[q(z | x)](log(p(x, z))) - E[p(z)](log(p(z)))'],
    ['E[q(z|x)](log p(x, z)) + H[q(z|x)]', 'E[q(z | x)](log(p(x, z) / q(z | x)))'],
  ])('%s', (text, merged) => {
    expect(print(mergeLogs(parseExpression(text, task.vocabulary)))).toBe(merged);
  });
});
