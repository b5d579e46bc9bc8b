/** Structure and finiteness, before any number is compared: a broadcastable wrong shape never passes. */
import type { TensorData, Value } from '../../contract/values.ts';

export type Found = { readonly kind: 'tensor'; readonly tensor: TensorData } | { readonly kind: 'problem'; readonly problem: string };

/**
 * The component of a returned value, if it is there and has the right shape. `order` is the handout's
 * order of the components: a tuple in that order is as good as a record.
 */
export function findComponent(value: Value, component: string, order: readonly string[], shape: readonly number[]): Found {
  const picked = component === '' ? value : pick(value, component, order);
  if (picked === undefined) return problem(`The result has no ${component}: ${describe(value)}`);
  const label = component === '' ? 'The result' : component;
  const tensor = asTensor(picked);
  if (tensor === null) return problem(`${label} is ${describe(picked)} instead of a tensor of shape ${text(shape)}`);
  if (!sameShape(tensor.shape, shape)) return problem(`${label} has shape ${text(tensor.shape)} where ${text(shape)} is asked for`);
  const bad = notFinite(tensor);
  if (bad !== null) return problem(`${label} holds ${bad}`);
  return { kind: 'tensor', tensor };
}

/** Every component that is there and is a tensor, whatever its shape and numbers. */
export function componentsOf(value: Value, components: readonly string[], order: readonly string[]): ReadonlyMap<string, TensorData> {
  return new Map(
    components.flatMap((component) => {
      const picked = component === '' ? value : pick(value, component, order);
      const tensor = picked === undefined ? null : asTensor(picked);
      return tensor === null ? [] : [[component, tensor] as const];
    }),
  );
}

function pick(value: Value, component: string, order: readonly string[]): Value | undefined {
  if (value.kind === 'record') return value.entries.find(([key]) => key === component)?.[1];
  if (value.kind === 'list') return value.items[order.indexOf(component)];
  return undefined;
}

function asTensor(value: Value): TensorData | null {
  if (value.kind === 'tensor') return value.tensor;
  if (value.kind === 'number') return { dtype: 'float32', shape: [], values: Float32Array.of(value.value) };
  return null;
}

/** A scalar may come as shape [1]: the handout does not say, and nothing depends on it. */
export function sameShape(actual: readonly number[], expected: readonly number[]): boolean {
  if (expected.length === 0 && actual.length === 1 && actual[0] === 1) return true;
  return actual.length === expected.length && actual.every((size, axis) => size === expected[axis]);
}

function notFinite(tensor: TensorData): string | null {
  if (tensor.values.some(Number.isNaN)) return 'NaN (not a number)';
  if (tensor.values.some((element) => !Number.isFinite(element))) return 'an infinity';
  return null;
}

function describe(value: Value): string {
  switch (value.kind) {
    case 'tensor':
      return `a tensor of shape ${text(value.tensor.shape)}`;
    case 'number':
      return 'a number';
    case 'list':
      return `an array of ${value.items.length}`;
    case 'record':
      return value.entries.length === 0 ? 'an empty object' : `an object with ${value.entries.map(([key]) => key).join(', ')}`;
    case 'other':
      return value.description;
  }
}

function problem(message: string): Found {
  return { kind: 'problem', problem: message };
}

function text(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
