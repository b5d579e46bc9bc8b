/**
 * A trained model as a file: checkpoints/<run>.safetensors holds exactly the tensors that its model's layout names.
 * A checkpoint comes from a student: what does not fit is told, never thrown.
 */
import { elementCount } from './codec.ts';
import { type ModelFamily, modelLayouts, tensorShapes, type TrainingRun } from './model-layout.ts';
import { decodeSafetensors, SafetensorsError } from './safetensors.ts';
import { SchemaError } from './schema.ts';
import type { TensorData } from './values.ts';

/** Where a hand-in keeps the checkpoint of a run. */
export function checkpointPath(run: TrainingRun): string {
  return `checkpoints/${run}.safetensors`;
}

export const MAX_CHECKPOINT_BYTES = 1 << 26;

export type Checkpoint =
  | { readonly kind: 'checkpoint'; readonly tensors: ReadonlyMap<string, TensorData> }
  /** `diverged`: the file is whole, and what was learned is no number. */
  | { readonly kind: 'refused'; readonly reason: string; readonly diverged: boolean };

/** Reads a checkpoint of this model, or says in a sentence why it is none. */
export function readCheckpoint(bytes: Uint8Array, family: ModelFamily): Checkpoint {
  if (bytes.length > MAX_CHECKPOINT_BYTES) return refused(`it is larger than ${MAX_CHECKPOINT_BYTES >> 20} MiB`);
  let found: ReadonlyMap<string, TensorData>;
  try {
    found = decodeSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError || error instanceof SchemaError) return refused(error.message);
    throw error;
  }
  const expected = tensorShapes(modelLayouts[family]);
  for (const [name, shape] of expected) {
    const tensor = found.get(name);
    if (tensor === undefined) return refused(`the tensor ${name} is missing`);
    if (tensor.dtype !== 'float32') return refused(`${name} is ${tensor.dtype} where float32 is expected`);
    if (tensor.shape.join() !== shape.join()) return refused(`${name} has the shape [${tensor.shape.join(', ')}] where [${shape.join(', ')}] is expected`);
    if (tensor.values.length !== elementCount(shape) || !tensor.values.every(Number.isFinite)) return refused(`${name} holds NaN or infinity`, true);
  }
  const foreign = [...found.keys()].find((name) => !expected.has(name));
  if (foreign !== undefined) return refused(`it holds a tensor ${JSON.stringify(foreign.slice(0, 60))}, which a ${family} does not have: was it trained by other code?`);
  return { kind: 'checkpoint', tensors: found };
}

function refused(reason: string, diverged = false): Checkpoint {
  return { kind: 'refused', reason, diverged };
}
