/**
 * How a function drew its noise, and so what its numbers can be compared with. Numbers of the stream's law
 * in exactly the count of a known layout were served from the recorded stream and are compared exactly;
 * anything else is another valid or invalid way that exact comparison cannot judge.
 */
import type { Accepted, Expectation } from '../../contract/expectation.ts';
import type { Draw } from '../../contract/messages.ts';

export type NoisePath =
  /** The function draws nothing, and nothing is asked for; or its draws fit these layouts. */
  | { readonly kind: 'matched'; readonly layouts: readonly string[] }
  /** Nothing was drawn where noise is asked for. */
  | { readonly kind: 'nothing-drawn' }
  /** Drawn in a way that cannot be compared exactly; `how` says which. */
  | { readonly kind: 'unmatched'; readonly how: string };

/** The path over all cases: one case that cannot be matched makes the whole task unmatched. */
export function noisePath(draws: ReadonlyMap<string, readonly Draw[]>, expectations: readonly Expectation[]): NoisePath {
  let layouts = null as ReadonlySet<string> | null;
  let drewNothing = false;
  for (const { case: id, accepted, law = 'normal' } of expectations) {
    const drawn = draws.get(id);
    if (drawn === undefined || accepted.length === 0) continue;
    const fixed = accepted.filter((answer) => answer.draws === 0);
    // Nothing random is asked for, so what was drawn is no excuse: the numbers are compared all the same.
    if (fixed.length === accepted.length) {
      layouts = intersection(layouts, fixed);
      continue;
    }
    const strange = drawn.find((draw) => draw.law !== law || draw.seeded);
    if (strange !== undefined) return { kind: 'unmatched', how: describeDraw(strange) };
    const count = drawn.reduce((sum, draw) => sum + draw.count, 0);
    if (count === 0 && accepted.every((answer) => answer.draws > 0)) {
      drewNothing = true;
      continue;
    }
    const fitting = accepted.filter((answer) => answer.draws === count);
    if (fitting.length === 0) return { kind: 'unmatched', how: `another number of ${law} draws than the direct implementation makes` };
    layouts = intersection(layouts, fitting);
  }
  if (drewNothing) return { kind: 'nothing-drawn' };
  return { kind: 'matched', layouts: [...(layouts ?? [])] };
}

function intersection(layouts: ReadonlySet<string> | null, fitting: readonly Accepted[]): ReadonlySet<string> {
  const names = fitting.map(({ layout }) => layout);
  return new Set(layouts === null ? names : names.filter((name) => layouts.has(name)));
}

function describeDraw(draw: Draw): string {
  return draw.seeded ? `a ${draw.law} generator with a seed of its own` : `${draw.law} draws`;
}
