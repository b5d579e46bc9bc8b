/** The functions to train, loaded as the grader loads them: the hand-in's own modules, TensorFlow.js, and nothing else. */
import * as tf from '@tensorflow/tfjs';
import type { ModelFamily } from '../../../contract/model-layout.ts';
import { type Bounds, ObjectiveError } from '../../../training/objective.ts';
import { summedLossOf } from '../../../training/summed-loss.ts';
import { createModules } from '../../languages/typescript/child/modules.ts';
import type { TrainingJob } from '../job.ts';

type Callable = (...args: readonly unknown[]) => unknown;

export function loadBounds({ files, originals, module }: TrainingJob['code'], family: ModelFamily): Bounds {
  const packages = new Map(['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node'].map((name) => [name, tf]));
  const exports = createModules({ files: [...files], originals: [...originals] }, { packages }).load(module);
  const found = (name: string): Callable | undefined => {
    const value = (exports as { [name: string]: unknown })[name];
    return isFunction(value) ? value : undefined;
  };
  const needed = (name: string): Callable => {
    const value = found(name);
    if (value === undefined) throw new ObjectiveError(`${module} exports no function ${name}.`);
    return value;
  };
  if (family === 'kth-vae') return summedLossOf({ reparameterization: needed('reparameterization'), lossFunction: needed('lossFunction') });
  const negativeIwaeBound = found('negativeIwaeBound');
  return { negativeElboBound: needed('negativeElboBound'), ...(negativeIwaeBound === undefined ? {} : { negativeIwaeBound }) };
}

function isFunction(value: unknown): value is Callable {
  return typeof value === 'function';
}
