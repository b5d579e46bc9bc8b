/** A hand-in's own module system: its files, the given helpers, the allow-list, and clear words for the rest. */
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../contract/reply.ts';
import { type Asker, numbersOf, valueOf } from './asker.ts';

export function describeModules(asker: () => Asker): void {
  const value = (module: string): Promise<Reply> => asker().ask(module, 'value');
  const threw = (text: string): unknown => ({ kind: 'threw', error: expect.objectContaining({ name: 'ModuleError', message: expect.stringContaining(text) }) });

  describe('modules', () => {
    it('find each other as students write it, types left out', async () => {
      expect(numbersOf(valueOf(await value('imports')))).toEqual([2, 4, 6, 300, 5, 6]);
      expect(numbersOf(valueOf(await asker().ask('imports', 'once')))).toEqual([8]);
    });

    it('may import each other in a circle', async () => {
      expect(numbersOf(valueOf(await value('circle-a')))).toEqual([111]);
    });

    it('are loaded once and keep their state', async () => {
      expect(numbersOf(valueOf(await asker().ask('state', 'count')))).toEqual([1]);
      expect(numbersOf(valueOf(await asker().ask('state', 'count')))).toEqual([2]);
    });

    it('get the given helpers as they were given; what was added to a copy works', async () => {
      // half is the original although the copy multiplies; third, kept (the copy does not compile), the default export.
      expect(numbersOf(valueOf(await asker().ask('uses-given', 'useBoth')))).toEqual([4, 3, 5, 17]);
    });

    it('may be given ones that were not handed in', async () => {
      const four = { arguments: [{ kind: 'number', value: 4 }] } as const;
      expect(numbersOf(valueOf(await asker().ask('given/only', 'quarter', four)))).toEqual([1]);
      expect(numbersOf(valueOf(await asker().ask('given/maths', 'half', four)))).toEqual([2]);
      expect(await asker().ask('given/maths', 'circular')).toMatchObject({ kind: 'returned', value: { kind: 'other' } });
    });

    it('are asked through a given function, where the call names one', async () => {
      const through = { module: `given/through${asker().programs.ending}`, function: 'doubled' };
      expect(numbersOf(valueOf(await asker().ask('echo', 'same', { through, arguments: [{ kind: 'number', value: 4 }] })))).toEqual([8]);
      expect(await asker().ask('echo', 'absent', { through })).toMatchObject({ kind: 'unanswered' });
    });

    it('that do not compile say where and why', async () => {
      expect(await asker().ask('broken', 'run')).toEqual(threw(asker().programs.broken.says));
      expect(await value('imports-broken')).toEqual(threw(asker().programs.broken.place));
    });

    it('that reach out are told what they may import', async () => {
      for (const [module, says] of asker().programs.reachingOut) expect([module, await value(module)]).toEqual([module, threw(says)]);
    });

    it('that throw while they are loaded throw in every call', async () => {
      for (const _ of [1, 2]) {
        expect(await value('throws-early')).toMatchObject({ kind: 'threw', error: { name: 'RangeError', message: 'while it was loaded' } });
      }
    });
  });
}
