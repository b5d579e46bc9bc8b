/** Turns what a student's function returned into plain data, once: a getter or a Proxy is read one time only. */
import type * as Tf from '@tensorflow/tfjs';
import type { Value } from '../../../../contract/values.ts';

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

const MAX_DEPTH = 2;
const MAX_ENTRIES = 64;
const MAX_ELEMENTS = 1 << 22;

export function toPlainData(tf: typeof Tf, returned: unknown, depth = 0): Value {
  if (typeof returned === 'number') return { kind: 'number', value: returned };
  if (returned instanceof tf.Tensor) return tensorData(returned);
  if (returned === null || typeof returned !== 'object') return { kind: 'other', description: name(returned) };
  if (depth >= MAX_DEPTH) return { kind: 'other', description: 'something nested too deeply' };
  if (Array.isArray(returned)) {
    if (returned.length > MAX_ENTRIES) return { kind: 'other', description: `an array of ${returned.length} items` };
    return { kind: 'list', items: Array.from(returned, (item) => toPlainData(tf, item, depth + 1)) };
  }
  if (ArrayBuffer.isView(returned)) return { kind: 'other', description: 'a typed array' };
  const entries = Object.entries(returned).slice(0, MAX_ENTRIES);
  return { kind: 'record', entries: entries.map(([key, entry]) => [key.slice(0, 200), toPlainData(tf, entry, depth + 1)] as const) };
}

function tensorData(tensor: Tf.Tensor): Value {
  const { dtype } = tensor;
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') return { kind: 'other', description: `a tensor of ${dtype}` };
  if (tensor.rank > 8) return { kind: 'other', description: `a tensor of rank ${tensor.rank}` };
  if (tensor.size > MAX_ELEMENTS) return { kind: 'other', description: `a tensor of ${tensor.size} numbers` };
  // Copied at once: the array may be the tensor's own memory. Of another type too: a cast from bool keeps its bytes.
  const values = new ARRAYS[dtype](tensor.dataSync());
  return { kind: 'tensor', tensor: { dtype, shape: [...tensor.shape], values } };
}

function name(value: unknown): string {
  if (value === undefined) return 'nothing (undefined)';
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  return `a ${typeof value}`;
}
