/** What is measured beside the value: console text, operations, kernels that are missing; and agreement between backends. */
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../contract/reply.ts';
import { type Asker, floats, numbersOf, tensorArgument, valueOf } from './asker.ts';

const rows = (count: number) => ({ arguments: [tensorArgument('x', floats([count, 3], Array.from({ length: count * 3 }, (_, index) => Math.cos(index))))] });

/** What plain cpu answered, the first combination. */
let reference: readonly number[] | null = null;

export function describeMeasurements(asker: () => Asker): void {
  const operations = async (name: string, count: number): Promise<number> => {
    const reply = await asker().ask('measured', name, rows(count));
    if (reply.kind !== 'returned') throw new Error(JSON.stringify(reply));
    return reply.operations;
  };

  describe('measurements', () => {
    it('hold what was printed, by whatever means, in order', async () => {
      await asker().ask('measured', 'prints');
      expect(asker().printed()).toBe(asker().programs.printed);
      await asker().ask('measured', 'silent');
      expect(asker().printed()).toBe('');
    });

    it('count operations, which do not grow with the batch unless the code loops', async () => {
      expect(await operations('vectorised', 2)).toBe(await operations('vectorised', 50));
      expect(await operations('looped', 20)).toBeGreaterThan((await operations('looped', 2)) + 17);
      expect(await operations('read', 2)).toBeGreaterThanOrEqual(3);
    });

    it('name the kernel that a backend lacks', async () => {
      const { backend, programs } = asker();
      const expected = programs.lacking[backend];
      const replies: Reply[] = [];
      for (const { function: name } of Object.values(programs.lacking)) replies.push(await asker().ask('lacking', name, rows(2)));
      expect(replies.filter(({ kind }) => kind === 'unsupported')).toEqual(expected === undefined ? [] : [{ kind: 'unsupported', kernel: expected.kernel }]);
    });

    it('agree with those of every other backend within 1e-5', async () => {
      const numbers = numbersOf(valueOf(await asker().ask('measured', 'busy', rows(6))));
      reference ??= numbers;
      expect(numbers).toHaveLength(reference.length);
      const worst = Math.max(...numbers.map((value, index) => Math.abs(value - (reference?.[index] ?? Number.NaN)) / (1 + Math.abs(value))));
      expect(worst).toBeLessThan(1e-5);
    });
  });
}
