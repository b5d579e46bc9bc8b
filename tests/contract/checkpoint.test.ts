/** What a hand-in's checkpoint can be, and what is said of one that does not fit. */
import { describe, expect, it } from 'vitest';
import { MAX_CHECKPOINT_BYTES, readCheckpoint } from '../../contract/checkpoint.ts';
import { modelLayouts, tensorShapes } from '../../contract/model-layout.ts';
import { encodeSafetensors } from '../../contract/safetensors.ts';
import type { TensorData } from '../../contract/values.ts';
import { initialWeights } from '../../training/initial-weights.ts';

const right = initialWeights('vae', 1);
const name = 'decoder.2.bias';
const zeros = (shape: readonly number[]): TensorData => ({ dtype: 'float32', shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
const altered = (change: (tensors: Map<string, TensorData>) => void): Uint8Array => {
  const tensors = new Map(right);
  change(tensors);
  return encodeSafetensors(tensors);
};

describe('a checkpoint', () => {
  it.each(['vae', 'gmvae', 'ssvae', 'fsvae'] as const)('of a %s is read back as it was written', (family) => {
    const weights = initialWeights(family, 3);
    const read = readCheckpoint(encodeSafetensors(weights, { model: family }), family);
    expect(read.kind).toBe('checkpoint');
    // Written once more: Vitest takes seconds to compare a million numbers one by one.
    expect(Buffer.compare(encodeSafetensors(read.kind === 'checkpoint' ? read.tensors : new Map()), encodeSafetensors(weights))).toBe(0);
  });

  it('has the sizes of the handout’s starter code', () => {
    const count = (family: keyof typeof modelLayouts): number =>
      [...tensorShapes(modelLayouts[family]).values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
    // Counted by hand: two hidden layers of 300, z of 10; 784-300-300-20 and 10-300-300-784.
    expect(count('vae')).toBe(784 * 300 + 300 + 300 * 300 + 300 + 300 * 20 + 20 + 10 * 300 + 300 + 300 * 300 + 300 + 300 * 784 + 784);
    expect(count('gmvae')).toBe(count('vae') + 2 * 500 * 10);
  });

  it.each([
    ['a missing tensor', altered((tensors) => tensors.delete(name)), /decoder\.2\.bias is missing/],
    ['another shape', altered((tensors) => tensors.set(name, zeros([783]))), /\[783\] where \[784\]/],
    ['another type', altered((tensors) => tensors.set(name, { dtype: 'int32', shape: [784], values: new Int32Array(784) })), /int32 where float32/],
    ['a tensor too many', altered((tensors) => tensors.set('optimiser.step', zeros([1]))), /optimiser\.step.*other code/],
    ['NaN', altered((tensors) => tensors.set(name, { ...zeros([784]), values: new Float32Array(784).fill(Number.NaN) })), /NaN or infinity/],
    ['infinity', altered((tensors) => tensors.set(name, { ...zeros([784]), values: new Float32Array(784).fill(-Infinity) })), /NaN or infinity/],
    ['half a file', encodeSafetensors(right).subarray(0, 40_000), /does not agree with its size/],
    ['no safetensors at all', new TextEncoder().encode('PK and then something'), /header/],
    ['nothing', new Uint8Array(0), /too short/],
    ['too much', new Uint8Array(MAX_CHECKPOINT_BYTES + 1), /larger than 64 MiB/],
  ])('with %s is refused with its reason', (_, bytes, reason) => {
    const read = readCheckpoint(bytes, 'vae');
    expect(read.kind === 'refused' && read.reason).toMatch(reason);
  });
});
