/**
 * Plain float64 arrays. The oracles share no code with the reference and know no tensors: one image,
 * one sample and one number at a time, so that no axis can be taken for another.
 */
export type Vector = readonly number[];
export type Matrix = readonly Vector[];

/** Element i; one that is missing is a fault of the caller, never a silent 0. */
export function at<T>(values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`element ${index} of ${values.length}`);
  return value;
}

/** A flat row-major list, as fixtures and tensors hold it, cut into rows. */
export function rowsOf(values: ArrayLike<number>, width: number): Matrix {
  const flat = Array.from(values);
  return Array.from({ length: flat.length / width }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

export function sum(values: Vector): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: Vector): number {
  return sum(values) / values.length;
}

/** 0, 1, ... count - 1 */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
