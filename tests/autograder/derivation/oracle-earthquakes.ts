/** The earthquakes for the formula oracle: three points to each factor of q, the best factors in closed form. */
import type { Law } from '../../../autograder/derivation/expression.ts';
import { lnGamma, type OracleWorld, type Slot, type Value } from './formula-oracle.ts';
import { type At, bare, count, gammaPdf, gauss, keyed, normal2, type Random, single, sum } from './oracle-draws.ts';

/** The laws of the earthquakes, with three points to each factor of q; `vary` sets what the group differs in. */
export function earthquakes(random: Random, vary: (given: Map<string, Value>, fresh: { readonly rate: () => number; readonly centre: () => readonly number[] }, member: number) => unknown, free: number): readonly OracleWorld[] {
  const fresh = { rate: () => 0.4 + 2.5 * random(), centre: () => [gauss(random), gauss(random)] as const };
  const raw = [0.4 + random(), 0.4 + random()];
  const pi = raw.map((value) => value / sum(raw));
  const [tau, alpha, beta, rho, nu] = [0.4 + random(), 1.5 + random(), 0.5 + random(), 0.5 + random(), [gauss(random), gauss(random)]];
  const masses = (size: number): readonly number[] => {
    const values = count(size).map(() => 0.2 + random());
    return values.map((value) => value / sum(values));
  };
  const q = new Map<string, { readonly value: Value; readonly weight: number }[]>();
  for (const copy of [1, 2]) {
    q.set(`Z[${copy}]`, masses(2).map((weight, index) => ({ value: index + 1, weight })));
    q.set(`lambda[${copy}]`, masses(3).map((weight) => ({ value: fresh.rate(), weight })));
    q.set(`mu[${copy}]`, masses(3).map((weight) => ({ value: fresh.centre(), weight })));
  }
  const base = new Map<string, Value>([['S[1]', 2], ['S[2]', 5], ['X[1]', fresh.centre()], ['X[2]', fresh.centre()], ['Z[1]', 2], ['Z[2]', 1], ['lambda[1]', fresh.rate()], ['lambda[2]', fresh.rate()], ['mu[1]', fresh.centre()], ['mu[2]', fresh.centre()]]);
  const item = (value: Value, at: number): number => (value as readonly number[])[at] ?? Number.NaN;
  const mean = (key: string, f: (value: Value) => number): number => sum((q.get(key) ?? []).map(({ value, weight }) => weight * f(value)));
  const isZ = (copy: number, label: number): number => mean(`Z[${copy}]`, (value) => (value === label ? 1 : 0));
  return count(6).map((member) => {
    const given = new Map(base);
    vary(given, fresh, member);
    const k = free === 1 ? single(given.get('Z[1]') ?? 0) : 2;
    const one = (at: At, { variable, copy }: Slot): number => {
      const z = single(at('Z', copy));
      if (variable === 'Z') return pi[z - 1] ?? Number.NaN;
      if (variable === 'lambda') return gammaPdf(single(at('lambda', copy)), alpha, beta);
      if (variable === 'mu') return normal2(at('mu', copy), nu, 1 / rho);
      if (variable === 'X') return normal2(at('X', copy), at('mu', z) as readonly number[], 1 / tau);
      return Math.exp(single(at('S', copy)) * Math.log(single(at('lambda', z))) - single(at('lambda', z)) - lnGamma(single(at('S', copy)) + 1));
    };
    const best = ({ variable, copy }: Slot, at: At): number => {
      if (variable === 'lambda') return gammaPdf(single(at('lambda', copy)), alpha + 2 * isZ(1, copy) + 5 * isZ(2, copy), beta + isZ(1, copy) + isZ(2, copy));
      if (variable === 'mu') {
        const precision = rho + tau * (isZ(1, copy) + isZ(2, copy));
        const centre = [0, 1].map((d) => (rho * (nu[d] ?? 0) + tau * sum([1, 2].map((n) => isZ(n, copy) * item(given.get(`X[${n}]`) ?? [], d)))) / precision);
        return normal2(at('mu', copy), centre, 1 / precision);
      }
      const weight = (label: number): number => (pi[label - 1] ?? 0) * Math.exp(mean(`mu[${label}]`, (value) => -(tau / 2) * ((item(given.get(`X[${copy}]`) ?? [], 0) - item(value, 0)) ** 2 + (item(given.get(`X[${copy}]`) ?? [], 1) - item(value, 1)) ** 2)) + mean(`lambda[${label}]`, (value) => single(given.get(`S[${copy}]`) ?? 0) * Math.log(single(value)) - single(value)));
      return weight(single(at('Z', copy))) / (weight(1) + weight(2));
    };
    const numbers = keyed({ N: 2, K: 2, PI: Math.PI, n: 1, k, pi, tau, alpha, beta, rho, nu });
    if (free === 0) for (const name of ['n', 'k']) numbers.delete(name);
    return {
      ...bare,
      numbers,
      extents: { pi: ['K'], nu: [2] },
      given,
      density: (law, at, slots) => {
        if (law.law === 'q*') return slots[0] === undefined ? Number.NaN : best(slots[0], at);
        if (law.law === 'q') return slots.reduce((product, slot) => product * ((q.get(slot.key) ?? []).find(({ value }) => JSON.stringify(value) === JSON.stringify(at(slot.variable, slot.copy)))?.weight ?? Number.NaN), 1);
        return isFactor(law) ? slots.reduce((product, slot) => product * one(at, slot), 1) : Number.NaN;
      },
      weighted: (slot, letter) => (letter === 'q' ? q.get(slot.key) : undefined),
      outcomes: (slot) => (slot.variable === 'Z' ? [1, 2].map((value) => ({ value, volume: 1 })) : []),
    };
  });
}

/** The laws that the task gives; the machine knows no others. */
function isFactor({ of, given }: Law): boolean {
  const key = `${[...new Set(of.map(({ variable }) => variable))].toSorted().join()}|${[...new Set(given.map(({ variable }) => variable))].toSorted().join()}`;
  return ['Z|', 'lambda|', 'mu|', 'X|Z,mu', 'S|Z,lambda', 'S,X,Z|lambda,mu', 'S,X|Z,lambda,mu', 'S,X,Z,lambda,mu|'].includes(key);
}
