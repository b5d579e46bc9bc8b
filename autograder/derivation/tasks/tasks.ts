/** Every derivation task, by its id. */
import { makeTask } from '../make-task.ts';
import type { DerivationTask, TaskSource } from '../task.ts';
import { celbo2022, celbo2025, conditionalElbo } from './conditional.ts';
import { elboPlusKl, elboRewritten, iwaeBounds, jointPlusEntropy, reconstructionMinusKl } from './latent-variable.ts';
import { bernoulliCrossEntropy, gaussianSquaredError } from './reconstruction-loss.ts';

const sources: readonly TaskSource[] = [elboPlusKl, reconstructionMinusKl, jointPlusEntropy, elboRewritten, iwaeBounds, conditionalElbo, celbo2022, celbo2025, bernoulliCrossEntropy, gaussianSquaredError];

export const derivationTasks: ReadonlyMap<string, DerivationTask> = new Map(sources.map((source) => [source.id, makeTask(source)]));
