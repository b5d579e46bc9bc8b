/** Measured numbers in sentences. */
import type { Quantity } from '../../contract/task.ts';

export function nameOf(quantity: Quantity): string {
  return quantity.startsWith('iwae-') ? `niwae at m = ${quantity.slice('iwae-'.length)}` : quantity;
}

/** Nats to a hundredth, parts of a whole to a thousandth: finer is noise. */
export function numberOf(quantity: Quantity, value: number): string {
  return value.toFixed(quantity === 'accuracy' ? 3 : 2);
}
