/** Measured numbers in sentences. */
import type { Quantity } from '../../contract/task.ts';

export function nameOf(quantity: Quantity): string {
  if (quantity === 'training-loss') return 'the training loss';
  return quantity.startsWith('iwae-') ? `niwae at m = ${quantity.slice('iwae-'.length)}` : quantity;
}

/** What it is measured on. */
export function placeOf(quantity: Quantity | undefined): string {
  return quantity === 'training-loss' ? 'training images' : 'the public test subset';
}

/** Nats to a hundredth, parts of a whole to a thousandth: finer is noise. */
export function numberOf(quantity: Quantity, value: number): string {
  return value.toFixed(quantity === 'accuracy' ? 3 : 2);
}
