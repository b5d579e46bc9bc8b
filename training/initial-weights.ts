/** Weights before the first step, from a seed: as `nn.Linear` and the handout's GMVAE draw them. */
import { type ModelFamily, modelLayouts, tensorShapes } from '../contract/model-layout.ts';
import type { TensorData } from '../contract/values.ts';
import { elementCount } from '../contract/codec.ts';
import { type Random, randomFor } from '../data/random.ts';

/** The same seed gives the same bytes, on every backend. */
export function initialWeights(family: ModelFamily, seed: number): ReadonlyMap<string, TensorData> {
  const layout = modelLayouts[family];
  const random = randomFor('initial-weights', family, seed);
  return new Map(
    [...tensorShapes(layout)].map(([name, shape]) => {
      const [network = '', layer = ''] = name.split('.');
      const inputs = layout.networks.get(network)?.[Number(layer)]?.inputs;
      // nn.Linear: weights and bias uniform within 1 / sqrt(inputs). The prior: N(0, 1) / sqrt(k z), k z its entries.
      const draw = inputs === undefined ? normals(random, 1 / Math.sqrt(elementCount(shape))) : uniforms(random, 1 / Math.sqrt(inputs));
      return [name, { dtype: 'float32', shape, values: Float32Array.from({ length: elementCount(shape) }, draw) }];
    }),
  );
}

function uniforms(random: Random, limit: number): () => number {
  return () => random.between(-limit, limit);
}

function normals(random: Random, deviation: number): () => number {
  return () => deviation * random.normal();
}
