/** Every derivation task, by its id. */
import { type DerivationTask, makeTask, type TaskSource } from '../task.ts';
import { conditionalElbo } from './conditional.ts';
import { elboPlusKl, elboRewritten, iwaeBounds, jointPlusEntropy, reconstructionMinusKl } from './latent-variable.ts';

const sources: readonly TaskSource[] = [elboPlusKl, reconstructionMinusKl, jointPlusEntropy, elboRewritten, iwaeBounds, conditionalElbo];

export const derivationTasks: ReadonlyMap<string, DerivationTask> = new Map(sources.map((source) => [source.id, makeTask(source)]));
