/** MathML: well formed, static, and nothing of a student's text in it but names the language knows. */
import { describe, expect, it } from 'vitest';
import { derivationTasks } from '../../../autograder/derivation/derivation.ts';
import { mathml } from '../../../autograder/derivation/mathml.ts';
import { parseExpression } from '../../../autograder/derivation/parse.ts';
import { taskNamed } from './task-named.ts';

const { vocabulary } = taskNamed('nyu-hw4/theory/elbo-plus-kl');
const ELEMENTS = new Set(['math', 'mrow', 'mi', 'mn', 'mo', 'msub', 'msup', 'mfrac', 'msqrt', 'munder', 'munderover', 'mover']);

/** The elements left open, wrongly closed or unknown, by a reader that shares nothing with the writer. */
function openElements(text: string): readonly string[] {
  const open: string[] = [];
  for (const [, slash, name = ''] of text.matchAll(/<(\/?)([a-z]+)[^<>]*>/g)) {
    if (slash === '/' && open.at(-1) === name) open.pop();
    else open.push(ELEMENTS.has(name) ? name : `unknown ${name}`);
  }
  return open;
}

describe('MathML', () => {
  it.each([
    ['log p(x)', '<math displaystyle="true"><mrow><mi>log</mi><mo rspace="0.17em">&#x2061;</mo><mi>p</mi><mrow><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow></mrow></math>'],
    ['2^3', '<math displaystyle="true"><mrow><msup><mrow><mn>2</mn></mrow><mrow><mn>3</mn></mrow></msup></mrow></math>'],
    ['1 - (2 - 3)', '<math displaystyle="true"><mrow><mn>1</mn><mo>−</mo><mrow><mo>(</mo><mn>2</mn><mo>−</mo><mn>3</mn><mo>)</mo></mrow></mrow></math>'],
  ])('of %s', (text, markup) => {
    expect(mathml(parseExpression(text, vocabulary))).toBe(markup);
  });

  it('puts the relation in front', () => {
    expect(mathml(parseExpression('1', vocabulary), '>=')).toBe('<math displaystyle="true"><mrow><mo>≥</mo><mn>1</mn></mrow></math>');
  });

  it.each([...derivationTasks.values()])('of $id closes every element', ({ claims, printed, nonNegative }) => {
    for (const expression of [...claims.flatMap(({ left, right }) => [left, right]), ...printed.flat(), ...nonNegative]) {
      expect(openElements(mathml(expression, '<='))).toEqual([]);
    }
  });
});
