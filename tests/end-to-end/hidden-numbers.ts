/** Finds numbers in a text that a hidden case expects: whoever reads one knows an answer that nobody may know. */
import type { TensorData } from '../../contract/values.ts';
import { committedCases } from '../fixtures/committed-cases.ts';

/** Long numbers in these texts that a hidden case of the committed set expects, and no basic one. */
export async function hiddenNumbersIn(texts: readonly string[]): Promise<readonly string[]> {
  const cases = await committedCases();
  const numbersOf = (visibility: 'basic' | 'hidden'): readonly Expected[] =>
    cases
      .filter(({ expectation }) => expectation.visibility === visibility)
      .flatMap(({ expectation }) => expectation.accepted)
      .flatMap(({ values, gradients }) => [
        ...numbersIn([...values.values()], FEWEST_DIGITS),
        // So many that a shorter number equals one of them by accident.
        ...numbersIn([...gradients.values()].flatMap((modules) => [...modules.values()]), 7),
      ]);
  const [basic, hidden] = [numbersOf('basic'), numbersOf('hidden')];
  const among = (expected: readonly Expected[], shown: string): boolean => expected.some(({ value, digits }) => digitsOf(shown) >= digits && prints(value, shown));
  return texts.flatMap(longNumbersIn).filter((shown) => among(hidden, shown) && !among(basic, shown));
}

interface Expected {
  readonly value: number;
  /** With fewer digits a number on a page tells nothing. */
  readonly digits: number;
}

const FEWEST_DIGITS = 4;

function numbersIn(tensors: readonly TensorData[], digits: number): readonly Expected[] {
  return [...new Set(tensors.flatMap(({ values }) => Array.from(values)))].map((value) => ({ value, digits }));
}

/** Decimal numbers of four or more significant digits, as they stand in the text. */
export function longNumbersIn(text: string): readonly string[] {
  const numbers = text.replaceAll(/<style>[^<]*<\/style>/g, '').match(/\d+\.\d+(e[+-]?\d+)?/g) ?? [];
  return [...new Set(numbers)].filter((shown) => digitsOf(shown) >= FEWEST_DIGITS);
}

function digitsOf(shown: string): number {
  return shown.replace(/e.*$/, '').replace('.', '').replace(/^0+/, '').length;
}

/** Whether the text is this value (or its negative) rounded to as many digits as it shows. */
export function prints(value: number, shown: string): boolean {
  const size = Number(shown);
  // More digits than a 32-bit number has say no more than eight of them.
  const lastDigit = 10 ** (Math.floor(Math.log10(size)) - Math.min(digitsOf(shown), 8) + 1);
  return Math.abs(Math.abs(value) - size) <= 0.5001 * lastDigit;
}
