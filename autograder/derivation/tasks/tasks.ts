/** Every derivation task, by its id. */
import { makeTask } from '../make-task.ts';
import type { DerivationTask, TaskSource } from '../task.ts';
import { celbo2022, celbo2025, celboStatement2022, celboStatement2025, conditionalElbo } from './conditional.ts';
import { expectations, logJoint, optimalLambda, optimalMu, optimalZ } from './earthquakes.ts';
import { gaussianKl } from './gaussian-kl.ts';
import { naiveEstimator2022, naiveEstimator2025, reparameterised2022, reparameterised2025 } from './gradient-estimators.ts';
import { elboPlusKl, elboRewritten, iwaeBounds, jointPlusEntropy, reconstructionMinusKl } from './latent-variable.ts';
import { lipschitzOfSigmoid, lipschitzWithFeatures, lipschitzWithPenalty } from './logistic-regression.ts';
import { bernoulliCrossEntropy, gaussianSquaredError } from './reconstruction-loss.ts';
import { exponentialInverse, gumbelSoftmax } from './reparameterisation.ts';
import { gradientDecomposition, zeroMeanScore } from './sticking-the-landing.ts';

const sources: readonly TaskSource[] = [
  ...[iwaeBounds, conditionalElbo],
  ...[elboPlusKl, reconstructionMinusKl, jointPlusEntropy, bernoulliCrossEntropy, gaussianSquaredError],
  ...[lipschitzOfSigmoid, lipschitzWithPenalty, lipschitzWithFeatures, naiveEstimator2022, reparameterised2022, celbo2022, celboStatement2022],
  ...[naiveEstimator2025, reparameterised2025, celbo2025, celboStatement2025],
  ...[logJoint, optimalZ, optimalLambda, optimalMu, expectations, elboRewritten, gaussianKl, gradientDecomposition, zeroMeanScore, exponentialInverse, gumbelSoftmax],
];

export const derivationTasks: ReadonlyMap<string, DerivationTask> = new Map(sources.map((source) => [source.id, makeTask(source)]));
