/** Expectations and replies in a line each, for tables of verdicts. */
import type { Accepted, Expectation } from '../../../contract/expectation.ts';
import type { Draw } from '../../../contract/messages.ts';
import type { GradientAnswer, Reply } from '../../../contract/reply.ts';
import type { Check, FunctionTask } from '../../../contract/task.ts';
import type { DType, TensorData, Value } from '../../../contract/values.ts';

export function tensor(shape: readonly number[], values: readonly number[], dtype: DType = 'float32'): TensorData {
  if (dtype === 'int32') return { dtype, shape, values: Int32Array.from(values) };
  if (dtype === 'bool') return { dtype, shape, values: Uint8Array.from(values) };
  return { dtype, shape, values: Float32Array.from(values) };
}

export const scalar = (value: number): TensorData => tensor([], [value]);
export const vector = (...values: readonly number[]): TensorData => tensor([values.length], values);

export const asValue = (data: TensorData): Value => ({ kind: 'tensor', tensor: data });
export const numberValue = (value: number): Value => ({ kind: 'number', value });
export const list = (...items: readonly Value[]): Value => ({ kind: 'list', items });

/** A record of scalars. */
export function record(entries: Readonly<Record<string, number>>): Value {
  return { kind: 'record', entries: Object.entries(entries).map(([key, value]) => [key, asValue(scalar(value))]) };
}

export const normals = (count: number): Draw => ({ law: 'normal', seeded: false, count });

interface ReturnedParts {
  readonly draws?: readonly Draw[];
  readonly gradients?: readonly GradientAnswer[];
  readonly operations?: number;
}

export function returned(value: Value, { draws = [], gradients = [], operations = 10 }: ReturnedParts = {}): Extract<Reply, { kind: 'returned' }> {
  return { kind: 'returned', value, draws, gradients, operations };
}

export function gradientOf(component: string, modules: Readonly<Record<string, TensorData | null>>, error: string | null = null): GradientAnswer {
  return { component, modules: new Map(Object.entries(modules)), error };
}

interface AcceptedParts {
  readonly layout?: string;
  readonly draws?: number;
  readonly gradients?: Readonly<Record<string, Readonly<Record<string, TensorData>>>>;
}

export function accepted(values: Readonly<Record<string, TensorData | number>>, { layout = 'none', draws = 0, gradients = {} }: AcceptedParts = {}): Accepted {
  return {
    layout,
    draws,
    values: new Map(Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? scalar(value) : value])),
    gradients: new Map(Object.entries(gradients).map(([component, modules]) => [component, new Map(Object.entries(modules))])),
  };
}

export function expectation(id: string, checks: readonly string[], answers: readonly Accepted[], visibility: 'basic' | 'hidden' = 'basic'): Expectation {
  return { case: id, title: `case ${id} of the table`, visibility, checks, accepted: answers, tolerance: { absolute: 1e-3, relative: 1e-3 } };
}

export function check(id: string, kind: Check['kind'], points: number, components?: readonly string[]): Check {
  return { id, title: `Check ${id}`, kind, points, hint: `hint of ${id}`, ...(components === undefined ? {} : { components: [...components] }) };
}

export function task(...checks: readonly Check[]): FunctionTask {
  return {
    kind: 'function',
    id: 'hw/vae/negative-elbo-bound',
    title: 'A task',
    handoutName: 'task in file.py',
    points: checks.reduce((sum, { points }) => sum + points, 0),
    bonus: false,
    module: 'vae.ts',
    function: 'negativeElboBound',
    checks: [...checks],
  };
}
