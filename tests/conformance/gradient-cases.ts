/** Gradients reach every module, or the answer says that none does. */
import { describe, expect, it } from 'vitest';
import type { Argument, Model, Question } from '../../contract/question.ts';
import type { GradientAnswer, Reply } from '../../contract/reply.ts';
import { type Asker, floats, tensorArgument } from './asker.ts';

const X = [0.5, -1, 2, 0.25];
const Y = [0.1, 0.2, -0.3, 0.4];
const both: readonly Argument[] = [tensorArgument('x', floats([4], X)), tensorArgument('y', floats([4], Y))];
const whole = [{ component: '' }];

/** One input image, one latent dimension: mean = x w0 + b0, variance = softplus(x w1 + b1) + 1e-8. */
const tinyVae: Model = {
  family: 'vae',
  networks: {
    encoder: [{ kernel: floats([2, 2], [1, 0.5, -1, 0.25]), bias: floats([2], [0.1, -0.2]), activation: 'identity' }],
    decoder: [{ kernel: floats([1, 2], [1, 1]), bias: floats([2], [0, 0]), activation: 'identity' }],
  },
  parameters: {},
};
const image = tensorArgument('x', floats([1, 2], [1, 2]));

const gaussianMixture: Model = {
  ...tinyVae,
  family: 'gmvae',
  parameters: { means: floats([2, 1], [1, 2]), spreads: floats([2, 1], [0, 0]) },
};

const gradientsOf = (reply: Reply): readonly GradientAnswer[] => {
  if (reply.kind !== 'returned') throw new Error(`nothing was returned: ${JSON.stringify(reply)}`);
  return reply.gradients;
};

function byModule(gradient: GradientAnswer | undefined): Readonly<Record<string, readonly number[] | null>> {
  return Object.fromEntries([...(gradient?.modules ?? [])].map(([module, tensor]) => [module, tensor === null ? null : [...tensor.values]]));
}

const near = (values: readonly number[]): unknown => values.map((value) => expect.closeTo(value, 5));

export function describeGradients(asker: () => Asker): void {
  const ask = (name: string, rest: Partial<Question> = {}): Promise<Reply> =>
    asker().ask('gradients', name, { arguments: both, gradients: whole, ...rest });

  describe('gradients', () => {
    it('are taken with respect to every tensor argument', async () => {
      const [gradient] = gradientsOf(await ask('product'));
      expect(gradient?.error).toBeNull();
      expect(byModule(gradient)).toEqual({ x: near(Y.map(Math.exp)), y: near(X.map((x, index) => x * Math.exp(Y[index] ?? 0))) });
    });

    it('are taken of one component, weighted to a scalar, and are null where nothing leads', async () => {
      const weights = floats([4], [1, 10, 100, 1000]);
      const [squares, total] = gradientsOf(await ask('parts', { gradients: [{ component: 'squares', weights }, { component: 'total' }] }));
      expect(byModule(squares)).toEqual({ x: near(X.map((x, index) => 2 * x * 10 ** index)), y: null });
      expect(byModule(total)).toEqual({ x: null, y: near([1, 1, 1, 1]) });
    });

    it.each(['constant', 'detached'])('are null where the result does not depend on anything: %s', async (name) => {
      const [gradient] = gradientsOf(await ask(name));
      expect(gradient).toMatchObject({ component: '', error: null });
      expect(byModule(gradient)).toEqual({ x: null, y: null });
    });

    it('say why there are none', async () => {
      const later = asker().programs.lacks.includes('later') ? 'an async function cannot be differentiated' : gradientsOf(await ask('later'))[0]?.error;
      expect(later).toContain('an async function cannot be differentiated');
      expect(gradientsOf(await ask('parts', { gradients: [{ component: 'text' }] }))[0]?.error).toContain('text is not a tensor');
      expect(gradientsOf(await ask('parts', { gradients: [{ component: 'absent' }] }))[0]?.error).toContain('absent is not a tensor');
    });

    it('are taken under the same noise as the value', async () => {
      const stream = [3, -1, 0.5, 2];
      const reply = await ask('noisy', { noise: { stream: floats([4], stream), seed: 1 } });
      expect(byModule(gradientsOf(reply)[0])).toEqual({ x: near(stream), y: null });
      expect(reply).toMatchObject({ draws: [{ law: 'normal', count: 4 }] });
    });

    it('do not print again what the call printed', async () => {
      await ask('talkative', { gradients: [...whole, ...whole] });
      expect(asker().printed()).toBe('called\n');
    });

    it('of a model come module by module, kernel before bias', async () => {
      const reply = await ask('encoded', { arguments: [{ kind: 'model', model: tinyVae }, image] });
      // d mean / d kernel = x in the first column, d mean / d bias = 1 in the first place.
      expect(byModule(gradientsOf(reply)[0])).toEqual({ encoder: near([1, 0, 2, 0, 1, 0]), decoder: null });
    });

    it('pass the softplus that keeps a variance positive', async () => {
      const reply = await ask('spread', { arguments: [{ kind: 'model', model: tinyVae }, image] });
      const slope = 1 / (1 + Math.exp(-(0.5 + 2 * 0.25 - 0.2)));
      expect(byModule(gradientsOf(reply)[0])).toEqual({ encoder: near([0, slope, 0, 2 * slope, 0, slope]), decoder: null });
    });

    it('reach the free parameters of a prior', async () => {
      const reply = await ask('prior', { arguments: [{ kind: 'model', model: gaussianMixture }] });
      expect(byModule(gradientsOf(reply)[0])).toEqual({ encoder: null, decoder: null, prior: near([2, 2, 0, 0]) });
    });

    it('that a backend cannot take are not the student’s fault', async () => {
      const reply = await ask('gathered');
      // d gather needs UnsortedSegmentSum, which WebAssembly does not have.
      const expected = { cpu: 'returned', native: 'returned', wasm: 'unsupported' }[asker().backend];
      expect(reply.kind).toBe(expected);
      expect(reply.kind === 'returned' ? byModule(reply.gradients[0]) : reply).toEqual(
        reply.kind === 'returned' ? { x: near([2, 1, 0, 0]), y: null } : { kind: 'unsupported', kernel: 'UnsortedSegmentSum' },
      );
    });

    it('of a returned tuple are taken by position', async () => {
      const wanted = [{ component: 'total', position: 0 }, { component: 'squares', position: 1 }];
      const [total, squares] = gradientsOf(await ask('tuple', { gradients: wanted }));
      expect(byModule(total)).toEqual({ x: near([1, 1, 1, 1]), y: null });
      expect(byModule(squares)).toEqual({ x: null, y: near(Y.map((value) => 2 * value)) });
    });
  });
}
