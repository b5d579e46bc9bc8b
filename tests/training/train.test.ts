/** The loop on plain JavaScript, a few images at a time: what it keeps, what it reports, and that it can be cut anywhere. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../data/digits.ts';
import { pick } from '../../data/public-subset.ts';
import * as vae from '../../reference/cs236-hw2/vae.ts';
import { type AdamState, freshState } from '../../training/adam.ts';
import { initialWeights } from '../../training/initial-weights.ts';
import type { UnlabelledModel } from '../../training/models.ts';
import type { Bounds } from '../../training/objective.ts';
import { createTrainer, type Trainer } from '../../training/train.ts';

const images = drawDigits(3, 'train', 12);
const right = vae as unknown as Bounds;
const seedNoise = (): void => undefined;
// Every step sees the same two: else one loss says little of another.
const two = pick(images, [0, 1]);
const trainVae = (bounds: Bounds): Trainer => createTrainer({ family: 'vae', gw: 1, batch: 2, learningRate: 1e-3, seed: 1 }, { images: two }, bounds, freshState(initialWeights('vae', 1)), { seedNoise });

describe('training', () => {
  it('lowers the loss, and keeps no tensor of a step', () => {
    const trainer = trainVae(right);
    const losses = [trainer.step()];
    const tensors = tf.memory().numTensors;
    for (let step = 0; step < 6; step += 1) losses.push(trainer.step());
    expect(tf.memory().numTensors).toBe(tensors);
    // 784 pixels at logits near 0: about 784 log 2 = 543 nats.
    expect(losses[0]).toBeGreaterThan(500);
    expect(losses.at(-1)).toBeLessThan(0.9 * (losses[0] ?? 0));
    expect(trainer.steps()).toBe(7);
    expect(trainer.unreached()).toEqual([]);
  });

  it('names the parameters that no gradient reaches', () => {
    const withoutReparameterising = {
      negativeElboBound: (model: UnlabelledModel, x: tf.Tensor) => {
        const z = tf.tensor(model.encode(x).mean.arraySync());
        return { nelbo: tf.mean(tf.sum(tf.softplus(model.decode(z)), 1)) };
      },
    } as unknown as Bounds;
    const trainer = trainVae(withoutReparameterising);
    trainer.step();
    expect(trainer.unreached().toSorted()).toEqual([0, 1, 2].flatMap((layer) => [`encoder.${layer}.bias`, `encoder.${layer}.kernel`]));
  });

  it('cut anywhere and begun again from its state takes the same steps', () => {
    const labelled = pick(images, [0, 1, 2]);
    const begin = (state: AdamState): Trainer =>
      createTrainer({ family: 'ssvae', gw: 0, batch: 2, learningRate: 1e-3, seed: 6 }, { images, labelled }, right, state, { seedNoise });
    const whole = begin(freshState(initialWeights('ssvae', 6)));
    const losses = Array.from({ length: 3 }, () => whole.step());
    const before = begin(freshState(initialWeights('ssvae', 6)));
    const first = [before.step()];
    const after = begin(before.state());
    expect([...first, after.step(), after.step()]).toEqual(losses);
    const [kernel, expected] = [after, whole].map((trainer) => Buffer.from(trainer.state().weights.get('classifier.2.kernel')?.values.buffer ?? new ArrayBuffer(0)));
    expect(kernel?.equals(expected ?? Buffer.alloc(0))).toBe(true);
  });
});
