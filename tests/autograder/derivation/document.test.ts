/** Finding the lines of a derivation in a page: fences, numbering, continued lines, reasons. */
import { describe, expect, it } from 'vitest';
import { blocksOf, PageTooLarge, withoutReason } from '../../../autograder/derivation/document.ts';

const fenced = (...lines: readonly string[]): string => ['Prose.', '```', ...lines, '```', 'More prose.'].join('\n');
const texts = (page: string): readonly (readonly string[])[] => blocksOf(page).map((block) => block.map(({ text }) => text));

describe('a page', () => {
  it.each([
    ['no fence', 'log p(x) = 1', []],
    ['an empty fence', fenced(), []],
    ['numbers in front', fenced('1. log p(x)', '2) = 2', '(3) >= 1'), [['log p(x)', '= 2', '>= 1']]],
    ['a bullet before a relation', fenced('1', '- = 2'), [['1', '= 2']]],
    ['a minus that goes on', fenced('1', '= 2', '  - 3', '  + 4'), [['1', '= 2 - 3 + 4']]],
    ['a minus that begins a statement', fenced('let r = a', '-log p(x) = 1', '= 2', '- log p(x) = 3'), [['let r = a', '-log p(x) = 1', '= 2', '- log p(x) = 3']]],
    ['a minus that begins one in LaTeX', fenced('1', '= 2', String.raw`-\log p(x) &\leq 3`), [['1', '= 2', String.raw`-\log p(x) &\leq 3`]]],
    ['a minus within a bracket that is open', fenced('1', '= sum[i=1..2](a', '- b) = c'), [['1', '= sum[i=1..2](a - b) = c']]],
    ['a minus before a sum with a range', fenced('1', '= 2', '- sum[i=1..2](a)'), [['1', '= 2 - sum[i=1..2](a)']]],
    ['a blank line', fenced('1', '= 1', '', '2', '= 2'), [['1', '= 1'], ['2', '= 2']]],
    ['two fences', `${fenced('1')}\n${fenced('= 2')}`, [['1'], ['= 2']]],
    ['dollars', '$$\nL &= 1 \\\\\n&= 2 \\\\\n$$', [['L &= 1', '= 2']]],
    ['an environment', '$$\n\\begin{aligned}\n1 \\\\\n&= 2\n\\end{aligned}\n$$', [['1', '= 2']]],
    ['an environment by itself', '\\begin{align*}\n1 \\\\[4pt]\n&= 2 \\nonumber \\\\\n&= 3 \\tag{1}.\n\\end{align*}\nProse.', [['1', '= 2', '= 3']]],
    ['rows in one line', '$$\n1 \\\\ &= 2 \\\\\n&= 3\n$$', [['1', '= 2', '= 3']]],
    ['a formula in one line', 'so\n$$ 1 = 1 $$\nand\n\\[ 2 = 2 \\]', [['1 = 1'], ['2 = 2']]],
    ['reasons as LaTeX sets them', '$$\n1 \\\\\n&= 2 && \\text{by Bayes} \\\\\n&= 3  \\quad \\text{(trivially)}\n$$', [['1', '= 2   [by Bayes]', '= 3    [(trivially)]']]],
    ['a fence never closed', '```\n1\n= 2', [['1', '= 2']]],
    ['lines of Windows', fenced('1', '= 2').replaceAll('\n', '\r\n'), [['1', '= 2']]],
  ])('with %s', (_, page, blocks) => {
    // A blank line is left where an environment was: it may part a block, never join two.
    expect(texts(page)).toEqual(blocks);
  });

  it('numbers lines as an editor does', () => {
    expect(blocksOf(fenced('1', '= 2')).flat().map(({ number }) => number)).toEqual([3, 4]);
  });

  it.each(['x'.repeat(70_000), fenced(...Array.from({ length: 201 }, () => '= 1'))])('that is too large is refused: %#', (page) => {
    expect(() => blocksOf(page)).toThrow(PageTooLarge);
  });
});

describe('a reason', () => {
  const isReadable = (line: string): boolean => !line.includes('[by');
  it.each([
    ['= 1   [Jensen]', '= 1', 'Jensen'],
    ['= 1 [by Bayes]', '= 1', 'by Bayes'],
    ['= E_q [log p]', '= E_q [log p]', ''],
    ['= 1', '= 1', ''],
    ['= 1   [E[q] is linear]', '= 1', 'E[q] is linear'],
  ])('of %s', (text, formula, reason) => {
    expect(withoutReason(text, isReadable)).toEqual({ formula, reason });
  });
});
