/** The functions to train, loaded as the grader loads them: the hand-in's own modules, TensorFlow.js, and nothing else. */
import * as tf from '@tensorflow/tfjs';
import { type Bounds, ObjectiveError } from '../../../training/objective.ts';
import { createModules } from '../../languages/typescript/child/modules.ts';
import type { TrainingJob } from '../job.ts';

export function loadBounds({ files, originals, module }: TrainingJob['code']): Bounds {
  const packages = new Map(['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node'].map((name) => [name, tf]));
  const exports = createModules({ files: [...files], originals: [...originals] }, { packages }).load(module);
  const { negativeElboBound, negativeIwaeBound } = exports as { [name: string]: unknown };
  if (!isFunction(negativeElboBound)) throw new ObjectiveError(`${module} exports no function negativeElboBound.`);
  return isFunction(negativeIwaeBound) ? { negativeElboBound, negativeIwaeBound } : { negativeElboBound };
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === 'function';
}
