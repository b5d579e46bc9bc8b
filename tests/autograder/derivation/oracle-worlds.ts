/** Worlds for the formula oracle, a task at a time: other sizes, other draws and other formulas for the same laws. */
import type { Law } from '../../../autograder/derivation/expression.ts';
import { normal, type OracleWorld, type Slot, type Value } from './formula-oracle.ts';
import { bare, count, gammaPdf, gauss, keyed, type Nested, normal2, type Numbers, type Random, single, sum } from './oracle-draws.ts';
import { earthquakes } from './oracle-earthquakes.ts';

/** Worlds in groups: within one, only what `=+` is constant in differs. Undefined for a task without a world here. */
export function oracleWorlds(id: string, random: Random): readonly (readonly OracleWorld[])[] {
  const make = Object.entries(makers).find(([part]) => id.includes(part))?.[1];
  return make === undefined ? [] : [make(random), make(random), make(random)];
}

/** Laws as tables: p over all variables, q of the latent one; continuous variables have cells of random volumes. */
function tables(random: Random, latent: string, hasLabel: boolean, numbers: Readonly<Record<string, Nested>>): readonly OracleWorld[] {
  const sizes: Readonly<Record<string, number>> = hasLabel ? { x: 4, y: 2, [latent]: 5 } : { x: 5, [latent]: 6 };
  const names = Object.keys(sizes);
  const volumes = new Map(names.map((name) => [name, count(sizes[name] ?? 0).map(() => (name === 'y' ? 1 : 0.2 + random()))]));
  const volume = (name: string, value: number): number => volumes.get(name)?.[value - 1] ?? Number.NaN;
  const law = (name: string): readonly number[] => {
    const raw = count(sizes[name] ?? 0).map(() => 0.05 + random());
    const whole = sum(raw.map((value, index) => value * volume(name, index + 1)));
    return raw.map((value) => value / whole);
  };
  const remembered = (make: () => readonly number[]): ((key: string) => readonly number[]) => {
    const known = new Map<string, readonly number[]>();
    return (key) => known.get(key) ?? known.set(key, make()).get(key) ?? [];
  };
  const [prior, label] = [law(latent), hasLabel ? law('y') : [1]];
  const [x, q] = [remembered(() => law('x')), remembered(() => law(latent))];
  const cells = names.reduce<readonly (readonly number[])[]>((all, name) => all.flatMap((cell) => count(sizes[name] ?? 0).map((value) => [...cell, value])), [[]]);
  const joint = (cell: readonly number[]): number => {
    const [vx = 0, y = 1, z = 1] = hasLabel ? cell : [cell[0], 1, cell[1]];
    return (prior[z - 1] ?? 0) * (label[y - 1] ?? 0) * (x(`${y} ${z}`)[vx - 1] ?? 0);
  };
  const marginal = (known: ReadonlyMap<string, number>): number =>
    sum(cells.filter((cell) => names.every((name, at) => !known.has(name) || known.get(name) === cell[at])).map((cell) => joint(cell) * names.reduce((product, name, at) => product * (known.has(name) ? 1 : volume(name, cell[at] ?? 0)), 1)));
  const given = new Map<string, Value>(names.filter((name) => name !== latent).map((name) => [name, 1 + Math.floor((sizes[name] ?? 1) * random())]));
  const behind = names.filter((name) => name !== latent).toSorted().join();
  return [{
    ...bare,
    numbers: keyed(numbers),
    given,
    outcomes: ({ variable }) => count(sizes[variable] ?? 0).map((value) => ({ value, volume: volume(variable, value) })),
    density: (one, at, slots) => {
      const conditions = one.given.map(({ variable }) => variable);
      if (one.law === 'q') {
        if (one.of.some(({ variable }) => variable !== latent) || conditions.toSorted().join() !== behind) return Number.NaN;
        const table = q(conditions.toSorted().map((name) => single(at(name, 0))).join());
        return slots.reduce((product, { copy }) => product * (table[single(at(latent, copy)) - 1] ?? Number.NaN), 1);
      }
      const all = [...one.of.map(({ variable }) => variable), ...conditions];
      if (one.law !== 'p' || new Set(all).size < all.length) return Number.NaN;
      const valued = (list: readonly string[]): ReadonlyMap<string, number> => new Map(list.map((name) => [name, single(at(name, 0))]));
      return marginal(valued(all)) / marginal(valued(conditions));
    },
  }];
}

const makers: Readonly<Record<string, (random: Random) => readonly OracleWorld[]>> = {
  'theory/elbo-plus-kl': (random) => tables(random, 'z', false, {}),
  'theory/reconstruction-minus-kl': (random) => tables(random, 'z', false, {}),
  'vae/elbo-rewritten': (random) => tables(random, 'z', false, {}),
  'theory/joint-plus-entropy': (random) => tables(random, 'z', false, {}),
  'iwae/lower-bound-proof': (random) => tables(random, 'z', false, { m: 2 }),
  'fsvae/elbo-derivation': (random) => tables(random, 'z', true, {}),
  'cvae/celbo': (random) => tables(random, 'h', true, {}),
  'nyu-hw4/theory/bernoulli': (random) => {
    const x = [1, 0, random() < 0.5 ? 0 : 1];
    const xhat = x.map(() => 0.05 + 0.9 * random());
    return [{ ...bare, numbers: keyed({ D: 3, x, xhat }), density: (law) => (isLaw(law, 'p', 'x', 'z') ? x.reduce((product, bit, d) => product * (bit === 1 ? (xhat[d] ?? 0) : 1 - (xhat[d] ?? 0)), 1) : Number.NaN) }];
  },
  'gaussian-squared-error': (random) => {
    const s2 = 0.3 + 2 * random();
    return count(5).map(() => {
      const [x, xhat] = [[gauss(random), gauss(random)], [gauss(random), gauss(random)]];
      return { ...bare, numbers: keyed({ D: 2, pi: Math.PI, s2, x, xhat }), density: (law) => (isLaw(law, 'p', 'x', 'z') ? normal(x[0] ?? 0, xhat[0] ?? 0, s2) * normal(x[1] ?? 0, xhat[1] ?? 0, s2) : Number.NaN) };
    });
  },
  'gaussian-kl': (random) => {
    const [mu, sigma] = [[gauss(random), gauss(random)], [0.4 + random(), 0.4 + random()]];
    const grid = (mean: number, deviation: number) => count(81).map((step) => ({ x: mean + ((step - 41) / 5) * deviation, h: deviation / 5 }));
    const pdf = (letter: string, copy: number, z: number): number => (letter === 'q' ? normal(z, mu[copy - 1] ?? 0, (sigma[copy - 1] ?? 1) ** 2) : normal(z, 0, 1));
    const places = (letter: string, { copy }: Slot) => (letter === 'q' ? grid(mu[copy - 1] ?? 0, sigma[copy - 1] ?? 1) : grid(0, 1));
    const known = (law: Law): boolean => law.of.every(({ variable }) => variable === 'z') && law.given.every(({ variable }) => variable === 'x') && (law.law === 'q' || law.given.length === 0);
    return [{
      ...bare,
      numbers: keyed({ D: 2, pi: Math.PI, mu, sigma, s2: sigma.map((s) => s * s) }),
      given: new Map<string, Value>([['z[1]', gauss(random)], ['z[2]', gauss(random)]]),
      density: (law, at, slots) => (known(law) ? slots.reduce((product, { copy }) => product * pdf(law.law, copy, single(at('z', copy))), 1) : Number.NaN),
      weighted: (slot, letter) => places(letter, slot).map(({ x, h }) => ({ value: x, weight: pdf(letter, slot.copy, x) * h })),
      outcomes: (slot) => places('q', slot).map(({ x, h }) => ({ value: x, volume: h })),
    }];
  },
  'kth-1b/cavi/log-joint': (random) => earthquakes(random, (given, fresh) => given.set('Z[1]', 1 + Math.floor(2 * random())).set('Z[2]', 1 + Math.floor(2 * random())).set('lambda[1]', fresh.rate()).set('lambda[2]', fresh.rate()).set('mu[1]', fresh.centre()).set('mu[2]', fresh.centre()), 0),
  'kth-1b/cavi/optimal-z': (random) => earthquakes(random, (given, _, member) => given.set('Z[1]', 1 + (member % 2)), 1),
  'kth-1b/cavi/optimal-lambda': (random) => earthquakes(random, (given, fresh) => given.set('lambda[2]', fresh.rate()), 2),
  'kth-1b/cavi/optimal-mu': (random) => earthquakes(random, (given, fresh) => given.set('mu[2]', fresh.centre()), 2),
  'kth-1b/cavi/expectations': (random) => {
    const [a, b, r] = [[2 + random(), 2.5 + random()], [0.5 + random(), 0.8 + random()], [0.6 + random(), 0.9 + random()]];
    const m = [[gauss(random), gauss(random)], [gauss(random), gauss(random)]];
    const rate = (copy: number) => count(900).map((step) => {
      const t = -12 + (step * 16) / 900;
      const x = Math.exp(t) / (b[copy - 1] ?? 1);
      return { value: x, volume: (x * 16) / 900, weight: (gammaPdf(x, a[copy - 1] ?? 1, b[copy - 1] ?? 1) * x * 16) / 900 };
    });
    const line = count(33).map((step) => (step - 17) / 2.4);
    const centre = (copy: number) => line.flatMap((u) => line.map((v) => {
      const s = 1 / Math.sqrt(r[copy - 1] ?? 1);
      const value = [(m[copy - 1]?.[0] ?? 0) + s * u, (m[copy - 1]?.[1] ?? 0) + s * v];
      return { value, volume: (s / 2.4) ** 2, weight: normal(u, 0, 1) * normal(v, 0, 1) / 2.4 ** 2 };
    }));
    const of = ({ variable, copy }: Slot) => (variable === 'lambda' ? rate(copy) : variable === 'mu' ? centre(copy) : undefined);
    return [{
      ...bare,
      numbers: keyed({ N: 2, K: 2, n: 1, k: 2, a, b, r, m }),
      extents: { m: ['K', 2] },
      given: new Map<string, Value>([['X[1]', [gauss(random), gauss(random)]], ['X[2]', [gauss(random), gauss(random)]], ['lambda[1]', 1.1], ['lambda[2]', 0.7], ['mu[1]', [0.1, 0.2]], ['mu[2]', [0.3, -0.5]]]),
      density: (law, at, slots) => (law.law === 'q' && law.given.length === 0 ? slots.reduce((product, { variable, copy }) => product * (variable === 'lambda' ? gammaPdf(single(at('lambda', copy)), a[copy - 1] ?? 1, b[copy - 1] ?? 1) : variable === 'mu' ? normal2(at('mu', copy), m[copy - 1] ?? [], 1 / (r[copy - 1] ?? 1)) : Number.NaN), 1) : Number.NaN),
      weighted: (slot) => of(slot),
      outcomes: (slot) => of(slot) ?? [],
    }];
  },
  'gradient-decomposition': (random) => {
    const [a, b] = [gauss(random), gauss(random)];
    const tanh = (x: number): number => Math.tanh(x);
    // Other smooth laws than the task has: what is shown holds for all.
    const q = (z: number, number: Numbers): number => Math.exp(-((z - number('phi[1]')) ** 2) / 6 + number('phi[2]') * tanh(z) - number('phi[3]') ** 2 * z / 7);
    const [post, prior, evidence] = [(z: number) => Math.exp(a * tanh(z) - z * z / 9), (z: number) => Math.exp(-z * z / 2 + b * z), Math.exp(b)];
    return [{
      ...bare,
      numbers: keyed({ J: 3, phi: [gauss(random), gauss(random), gauss(random)], a, b }),
      extents: { phi: ['J'] },
      given: new Map<string, Value>([['eps', gauss(random)]]),
      paths: { z: (eps, number) => number('phi[1]') + Math.exp(number('phi[2]') / 2) * eps + number('phi[3]') * eps ** 2 / 5 },
      density: (law, at, _, number) => {
        const z = single(at('z', 0));
        if (isLaw(law, 'q', 'z', 'x')) return q(z, number);
        if (isLaw(law, 'p', 'z', 'x')) return post(z);
        if (isLaw(law, 'p', 'z')) return prior(z);
        if (isLaw(law, 'p', 'x')) return evidence;
        if (isLaw(law, 'p', 'x', 'z')) return (post(z) * evidence) / prior(z);
        return law.law === 'p' && law.of.length === 2 && law.given.length === 0 ? post(z) * evidence : Number.NaN;
      },
    }];
  },
  'zero-mean-score': (random) => {
    const [u, volumes] = [count(5).map(() => [gauss(random), gauss(random)]), count(5).map(() => 0.3 + random())];
    const logit = (z: number, number: Numbers): number => Math.exp(number('phi[1]') * (u[z - 1]?.[0] ?? 0) + number('phi[2]') * (u[z - 1]?.[1] ?? 0));
    return [{
      ...bare,
      numbers: keyed({ M: 5, J: 2, phi: [gauss(random), gauss(random)], u }),
      extents: { phi: ['J'], u: ['M', 'J'] },
      density: (law, at, slots, number) => {
        const z = single(at(slots[0]?.variable ?? 'z', 0));
        return law.law === 'q' && law.of[0]?.variable === 'z' ? logit(z, number) / sum(volumes.map((volume, index) => volume * logit(index + 1, number))) : Number.NaN;
      },
      outcomes: () => volumes.map((volume, index) => ({ value: index + 1, volume })),
    }];
  },
  'gradient-estimators/a': (random) => {
    const u = count(3).map(() => [gauss(random), gauss(random)]);
    const logit = (x: number, number: Numbers): number => Math.exp(number('theta[1]') * (u[x - 1]?.[0] ?? 0) + number('theta[2]') * (u[x - 1]?.[1] ?? 0));
    return [{
      ...bare,
      numbers: keyed({ M: 3, J: 2, n: 2, theta: [gauss(random), gauss(random)], u }),
      extents: { theta: ['J'], u: ['M', 'J'] },
      density: (law, at, slots, number) => (law.law === 'p' && law.given.length === 0 ? slots.reduce((product, { copy }) => product * (logit(single(at('X', copy)), number) / sum(count(3).map((x) => logit(x, number)))), 1) : Number.NaN),
      outcomes: () => count(3).map((value) => ({ value, volume: 1 })),
      functions: { f: ([x], number) => Math.sin(number('theta[1]') + single(x ?? 0)) + number('theta[2]') * single(x ?? 0) ** 2 },
    }];
  },
  'gradient-estimators/b': (random) => [{
    ...bare,
    numbers: keyed({ n: 2, theta: [gauss(random), 0.5 * gauss(random), gauss(random)] }),
    extents: { theta: [3] },
    density: (law, at, slots) => (law.law === 'p' && slots.every(({ variable }) => variable === 'eps') ? slots.reduce((product, { copy }) => product * normal(single(at('eps', copy)), 0, 1), 1) : Number.NaN),
    weighted: ({ variable }) => (variable === 'eps' || variable === 'X' ? count(25).map((step) => ({ value: (step - 13) / 2, weight: normal((step - 13) / 2, 0, 1) / 2 })) : undefined),
    outcomes: () => [],
    functions: { f: ([x], number) => Math.sin(single(x ?? 0) * number('theta[3]')) + 0.3 * single(x ?? 0) ** 2 },
    paths: { X: (eps, number) => number('theta[1]') + Math.sqrt(Math.exp(number('theta[2]'))) * eps },
  }],
  'reparameterisation/exponential': (random) => {
    const [lambda, x] = [0.3 + 2 * random(), 0.1 + random()];
    const F = (u: number): number => -Math.expm1(-lambda * u);
    return [{ ...bare, numbers: keyed({ lambda, x, y: F(x) }), functions: { F: ([u]) => F(single(u ?? 0)), Finv: ([v]) => -Math.log1p(-single(v ?? 0)) / lambda } }];
  },
  'gumbel-softmax': (random) => {
    const raw = count(4).map(() => 0.2 + random());
    const pi = raw.map((value) => value / sum(raw));
    const noise = pi.map(() => gauss(random));
    const scores = pi.map((value, index) => Math.log(value) + (noise[index] ?? 0));
    const best = scores.indexOf(Math.max(...scores)) + 1;
    return [{ ...bare, numbers: keyed({ K: 4, i: 1 + Math.floor(4 * random()), tau: 0.4 + random(), pi, noise, best, g: noise.map((value, index) => value + (index + 1 === best ? 0.7 : 0)) }) }];
  },
  'logistic-regression/a': (random) => vectors(random, { d: 2 }, { x: 2, w: 2, w1: 2, w2: 2 }, {}, {}),
  'logistic-regression/b': (random) => {
    const y = [0, 1, 1];
    return vectors(random, { n: 3, d: 2, lambda: 0.4 + random(), L: 0.5 + random(), y, x: count(3).map(() => [gauss(random) / 2, gauss(random) / 2]) }, { w: 2, w1: 2, w2: 2 }, { x: ['n', 'd'] }, { c: logistic(y, 'x'), ctilde: ([w], number) => logistic(y, 'x')([w ?? 0], number) + (number('lambda') / 6) * sum((w as readonly number[]).map((item) => item * item)) });
  },
  'logistic-regression/c': (random) => {
    const y = [1, 0];
    return vectors(random, { n: 2, p: 3, L: 0.5 + random(), y, phi: count(2).map(() => [random(), random(), random()]) }, { w: 3, w1: 3, w2: 3 }, { phi: ['n', 'p'] }, { c: logistic(y, 'phi') });
  },
};

function logistic(y: readonly number[], features: string): (operands: readonly Value[], number: Numbers) => number {
  return ([w], number) => sum(y.map((label, i) => {
    const score = sum((w as readonly number[]).map((item, d) => item * number(`${features}[${i + 1}][${d + 1}]`)));
    return Math.log1p(Math.exp(-score)) + (1 - label) * score;
  })) / y.length;
}

function vectors(random: Random, numbers: Readonly<Record<string, Nested>>, sizes: Readonly<Record<string, number>>, extents: OracleWorld['extents'], functions: OracleWorld['functions']): readonly OracleWorld[] {
  const drawn = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, count(size).map(() => gauss(random))]));
  return [{ ...bare, numbers: keyed({ ...numbers, ...drawn }), extents: { ...extents, ...Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, [size]])) }, functions }];
}

function isLaw({ law, of, given }: Law, letter: string, variable: string, behind?: string): boolean {
  return law === letter && of.length === 1 && of[0]?.variable === variable && given.map((place) => place.variable).join() === (behind ?? '');
}
