/** A model as code that a student reads: every line says what was really done. */
import type { Architecture } from './network.ts';
import type { Training } from './train-network.ts';

export function modelCode({ activation, layers, units, initialWeights }: Architecture, { epochs, batchSize, learningRate }: Training, seeds: { readonly data: number; readonly training: number }): string {
  return `const points = twoArms({ seed: ${seeds.data} });

const network = createNetwork({
  inputs: 2,
  hiddenLayers: ${layers},
  unitsPerLayer: ${units},
  activation: '${activation}',
  initialWeights: ${initialWeights === 'constant' ? 'constant(0.5)' : `normal({ seed: ${seeds.training}, variance: 1 / inputsOfTheLayer })`},
  initialBiases: constant(0),
});

train(network, points, {
  loss: 'binary cross entropy',
  optimiser: adam({ learningRate: ${learningRate} }),
  epochs: ${epochs},
  batchSize: ${batchSize},
  seed: ${seeds.training},
});
`;
}
