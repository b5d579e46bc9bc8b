/** What a box that was interrupted says of the machine: nothing. */
import { expect, test } from 'vitest';
import { requireBox } from '../../../autograder/commands/require-box.ts';

test('Ctrl-C while boxes are tried is no reason to advise grading without one', async () => {
  expect(await requireBox(AbortSignal.abort())).toBeNull();
});
