/** Over many formulas: nothing false is accepted, nothing true refused, nothing typed makes the parser fail otherwise than in words. */
import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../../autograder/derivation/expression.ts';
import { firstDifference, openChecker, valuesOf } from '../../../autograder/derivation/lines.ts';
import { parseExpression, parseLine } from '../../../autograder/derivation/parse.ts';
import { print } from '../../../autograder/derivation/print.ts';
import { ReadingError } from '../../../autograder/derivation/reading-error.ts';
import { mutantsOf } from './mutants.ts';
import { oracleModel, oracleValue } from './oracle.ts';
import { taskNamed } from './task-named.ts';

const task = taskNamed('nyu-hw4/theory/reconstruction-minus-kl');
const { vocabulary } = task;

/** The lines of right derivations, all equal to the ELBO. */
const TRUE_LINES = [
  'E[q(z|x)](log(p(x, z) / q(z|x)))',
  'E[q(z|x)](log(p(x|z) * p(z) / q(z|x)))',
  'sum[z](q(z|x) * log p(x, z)) - sum[z](q(z|x) * log q(z|x))',
  'E[q(z|x)](log p(x|z)) + E[q(z|x)](log(p(z) / q(z|x)))',
  'E[q(z|x)](log p(x|z)) - KL(q(z|x) || p(z))',
  'E[q(z|x)](log p(x, z)) + H[q(z|x)]',
  'log p(x) - KL(q(z|x) || p(z|x))',
].map((text) => parseExpression(text, vocabulary));

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const models = Array.from({ length: 6 }, (_, seed) => oracleModel(seeded(seed + 1)));

function oracleFindsEqual(a: Expression, b: Expression): boolean {
  return models.every((model) =>
    [0, 2, 4].every((x) => {
      const [left, right] = [oracleValue(a, model, { x }), oracleValue(b, model, { x })];
      return Math.abs(left - right) <= 1e-9 * (Math.abs(left) + Math.abs(right) + 1);
    }),
  );
}

describe('single edits of true lines', () => {
  const reference = parseExpression('ELBO', vocabulary);
  const mutants = new Map(TRUE_LINES.flatMap((line) => mutantsOf(line)).map((mutant) => [print(mutant), mutant]));

  it('are many', () => {
    expect(mutants.size).toBeGreaterThan(150);
  });

  it('are accepted when and only when an oracle of its own finds them equal', () => {
    const checker = openChecker(task);
    const asked = valuesOf(reference, checker);
    const wrong: string[] = [];
    for (const [text, mutant] of mutants) {
      // A single edit may leave the language: a variable unbound, a law there is not.
      let isAccepted = false;
      try {
        isAccepted = firstDifference(asked, valuesOf(parseExpression(text, vocabulary), openChecker(task)), checker) === undefined;
      } catch (error) {
        if (!(error instanceof ReadingError)) throw error;
      }
      if (isAccepted !== oracleFindsEqual(reference, mutant)) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  it('leave the true lines accepted', () => {
    const checker = openChecker(task);
    const asked = valuesOf(reference, checker);
    const refused = TRUE_LINES.filter((line) => firstDifference(asked, valuesOf(line, checker), checker) !== undefined || !oracleFindsEqual(reference, line));
    expect(refused).toEqual([]);
  });
});

const pieces = ['log', 'p(x)', 'p(x, z)', 'q(z|x)', 'E[q(z|x)]', '(', ')', '[', ']', '{', '}', '+', '-', '*', '/', '^', '=', '>=', '|', '||', 'KL', 'H', 'sum[z]', 'sum', 'i=1..m', '_', 'z', 'x', "z'", 'ELBO', '2', '0.5', ',', ';', '..', '\\frac', '\\log', '\\int', 'dz', '\\mathbb{E}', '\\left', '$', 'let', 'θ', '∑', 'р', ' ', '\u200b', '~'];

/** Anything thrown but a ReadingError fails the test by itself. */
function outcomeOf(line: string): string {
  try {
    parseLine(line, vocabulary);
    return 'read';
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    return error.start <= line.length && /\S/.test(error.message) ? 'refused' : `refused badly: ${error.start} ${error.message}`;
  }
}

describe('any line', () => {
  it.each([
    ['of characters', string({ maxLength: 200, unit: 'binary' })],
    ['of pieces of the language', array(constantFrom(...pieces), { maxLength: 60 }).map((list) => list.join(''))],
    ['of pieces with spaces', array(constantFrom(...pieces), { maxLength: 60 }).map((list) => list.join(' '))],
  ])('%s is read, or refused in words at a place in it', (_, lines) => {
    assert(
      property(lines, (line) => outcomeOf(line) === 'read' || outcomeOf(line) === 'refused'),
      { numRuns: 1500 },
    );
  });

  it('that is read is printed, and read back the same', () => {
    assert(
      property(array(constantFrom(...pieces), { maxLength: 12 }), (list) => {
        const line = list.join(' ');
        if (outcomeOf(line) !== 'read' || /=|>=/.test(line)) return true;
        const first = print(parseExpression(line, vocabulary));
        return print(parseExpression(first, vocabulary)) === first;
      }),
      { numRuns: 3000 },
    );
  });
});
