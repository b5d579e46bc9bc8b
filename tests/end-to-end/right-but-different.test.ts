/**
 * The corpus of hand-ins with known verdicts, through the real path. Whoever solves a task in another valid
 * way keeps full marks; a known mistake costs exactly the checks that it breaks, and is named although this
 * code is not the catalogue's.
 */
import { describe, expect, it } from 'vitest';
import { completeHandIn, gradeVariant, lostIn, namedIn, variantsIn } from '../submissions/variants.ts';

const right = variantsIn('right-but-different');
const wrong = variantsIn('wrong');

describe.concurrent('right', () => {
  it.each([completeHandIn(), ...right])('$name', async (variant) => {
    const result = await gradeVariant(variant);
    expect(lostIn(result)).toEqual(variant.tasks);
    expect(namedIn(result)).toEqual({});
    expect(result.grade.machine.earned).toBe(result.grade.machine.points);
  });
});

describe.concurrent('wrong', () => {
  // The verdicts on small cases are the same on every backend; plain cpu starts fastest.
  it.each(wrong)('$name', async (variant) => {
    const result = await gradeVariant(variant, 'cpu');
    expect(lostIn(result)).toEqual(variant.tasks);
    expect(namedIn(result)).toEqual(variant.named);
  });
});

describe('the corpus', () => {
  it('holds enough of both kinds, each with its reason', () => {
    expect(right.length).toBeGreaterThanOrEqual(10);
    expect(wrong.length).toBeGreaterThanOrEqual(15);
    expect([...right, ...wrong].filter(({ about }) => about.length < 20).map(({ name }) => name)).toEqual([]);
  });

  it('calls nothing right that loses a check, and nothing wrong that loses none', () => {
    const loses = ({ tasks }: (typeof right)[number]): boolean => Object.values(tasks).some((lost) => Object.keys(lost).length > 0);
    expect(right.filter(loses).map(({ name }) => name)).toEqual([]);
    expect(wrong.filter((variant) => !loses(variant)).map(({ name }) => name)).toEqual([]);
  });
});
