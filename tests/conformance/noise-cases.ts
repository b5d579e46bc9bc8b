/** Standard normals come from the stream, everything else from the seed, and each use is recorded. */
import { describe, expect, it } from 'vitest';
import type { Draw } from '../../contract/messages.ts';
import type { Reply } from '../../contract/reply.ts';
import { type Asker, floats, numbersOf, valueOf } from './asker.ts';

const STREAM = [0.5, -1.25, 2, -0.0625, 3.5, -2.75];
const noise = { stream: floats([STREAM.length], STREAM), seed: 7 };
const otherSeed = { ...noise, seed: 8 };

const drawsOf = (reply: Reply): readonly Draw[] => (reply.kind === 'returned' ? reply.draws : []);
const normal = (count: number): Draw => ({ law: 'normal', seeded: false, count });

/** What the first combination answered: the noise must be the same wherever it is served. */
const first = new Map<string, readonly number[]>();

export function describeNoise(asker: () => Asker): void {
  const ask = (name: string, served = noise): Promise<Reply> => asker().ask('noise', name, { noise: served });
  const numbers = async (name: string, served = noise): Promise<readonly number[]> => numbersOf(valueOf(await ask(name, served)));

  describe('noise', () => {
    it('is the stream, however it is drawn in the language', async () => {
      for (const name of asker().programs.served) expect([name, await numbers(name)]).toEqual([name, STREAM]);
    });

    it.each(['standard', 'named', 'fromCore', 'boundEarly', 'initializer', 'inPieces'])('is the stream, however it is drawn: %s', async (name) => {
      const reply = await ask(name);
      expect(numbersOf(valueOf(reply))).toEqual(STREAM);
      expect(drawsOf(reply).reduce((sum, draw) => sum + draw.count, 0)).toBe(6);
      expect(drawsOf(reply).every(({ law, seeded }) => law === 'normal' && !seeded)).toBe(true);
    });

    it('is shifted and scaled as asked, and rounded for whole numbers', async () => {
      expect(await numbers('shifted')).toEqual(STREAM.map((value) => Math.fround(10 + 0.5 * value)));
      expect(await numbers('whole')).toEqual(STREAM.map((value) => Math.round(10 * value)));
    });

    it('starts again with every call', async () => {
      expect(await numbers('standard')).toEqual(STREAM);
      expect(await numbers('standard')).toEqual(STREAM);
    });

    it('goes on past the end of the stream, with numbers of the seed', async () => {
      const reply = await ask('longer');
      const drawn = numbersOf(valueOf(reply));
      expect(drawn.slice(0, 6)).toEqual(STREAM);
      expect(drawn.slice(6).every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
      expect(new Set(drawn).size).toBe(10);
      expect(drawsOf(reply)).toEqual([normal(10)]);
      expect(await numbers('longer')).toEqual(drawn);
      expect(await numbers('longer', otherSeed)).not.toEqual(drawn);
    });

    it('is not served to a call with a seed of its own, which restarts and is recorded as such', async () => {
      const reply = await ask('seeded');
      const drawn = numbersOf(valueOf(reply));
      expect(drawn.slice(0, 3)).toEqual(drawn.slice(3, 6));
      expect(drawn.slice(6)).toEqual(STREAM.slice(0, 2));
      expect(drawsOf(reply)).toEqual([{ law: 'normal', seeded: true, count: 3 }, { law: 'normal', seeded: true, count: 3 }, normal(2)]);
      expect(await numbers('seededOtherwise')).not.toEqual(drawn.slice(0, 3));
      expect(await numbers('seeded', otherSeed)).toEqual(drawn);
    });

    it.each<[string, Draw, (value: number) => boolean]>([
      ['truncated', { law: 'truncated-normal', seeded: false, count: 200 }, (value) => Math.abs(value) <= 2],
      ['truncatedShifted', { law: 'truncated-normal', seeded: false, count: 200 }, (value) => Math.abs(value - 5) <= 0.2 + 1e-6],
      ['uniform', { law: 'uniform', seeded: false, count: 200 }, (value) => value >= -1 && value < 3],
      ['gamma', { law: 'gamma', seeded: false, count: 50 }, (value) => value > 0],
      ['dropout', { law: 'uniform', seeded: false, count: 200 }, (value) => value === 0 || Math.abs(value - 4 / 3) < 1e-6],
      ['mathRandom', { law: 'uniform', seeded: false, count: 3 }, (value) => value >= 0 && value < 1],
    ])('of another law keeps its law, its seed and its record: %s', async (name, draw, holds) => {
      if (asker().programs.lacks.includes(name)) return;
      const reply = await ask(name);
      const drawn = numbersOf(valueOf(reply));
      expect(drawn.filter((value) => !holds(value))).toEqual([]);
      expect(new Set(drawn).size).toBeGreaterThan(1);
      // Drawing may use Math.random for a seed of its own; the law itself is counted exactly.
      expect(drawsOf(reply).filter(({ law }) => law === draw.law)).toContainEqual(draw);
      expect(drawsOf(reply).some(({ law }) => law === 'normal')).toBe(false);
      expect(await numbers(name)).toEqual(drawn);
      expect(await numbers(name, otherSeed)).not.toEqual(drawn);
    });

    it('of other laws takes nothing from the stream', async () => {
      const drawn = await numbers('mixed');
      expect([...drawn.slice(2, 4), ...drawn.slice(5)]).toEqual(STREAM.slice(0, 4));
    });

    it('drawn a thousand times is recorded in bounded space, and counted in full', async () => {
      const draws = drawsOf(await ask('many'));
      expect(draws.length).toBeLessThan(256);
      expect(draws.reduce((sum, draw) => sum + draw.count, 0)).toBe(1000);
    });

    it.each(['standard', 'shifted', 'longer', 'seeded', 'truncated', 'uniform', 'gamma', 'mathRandom', 'mixed'])(
      'is the same in every box and on every backend: %s',
      async (name) => {
        const { lacks, ending } = asker().programs;
        if (lacks.includes(name)) return;
        const drawn = await numbers(name);
        if (!first.has(name + ending)) first.set(name + ending, drawn);
        expect(drawn).toEqual(first.get(name + ending));
      },
    );
  });
}
