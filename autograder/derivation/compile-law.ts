/** Makes laws ready, and what sums over their outcomes: expectations, divergences, entropies, sums. */
import { distorted } from './curve.ts';
import type { Expression, Law, Place } from './expression.ts';
import { compileAllSlots, compileSlots, compileWhole, type Slots } from './compile-place.ts';
import { type Density, type Model, NoSuchLaw } from './model.ts';
import { type Environment, outcomeAt, overOutcomes, type Slot, spend, withName, withOutcomes } from './outcomes.ts';
import { bodyKey } from './print.ts';
import type { Compile, LawBody, Run, Setting } from './setting.ts';

export function compileLaw(law: Law, compile: Compile): Run {
  const key = bodyKey(law);
  const formula = compileFormula(law, compile);
  const density = compileDensity(law, compile);
  const value: Run = (setting) => {
    const body = setting.bodies?.get(key);
    if (body !== undefined) return formula(setting, body);
    if (law.law === 'q*') throw new NoSuchLaw('There is no such best law here.');
    return setting.arithmetic.number(density(setting));
  };
  return [...law.of, ...law.given].reduceRight<Run>((next, place) => {
    if (place.value === undefined) return next;
    const [slots, whole] = [compileSlots(place, compile), compileWhole(place.value, compile)];
    return (setting) => withName(setting.environment, slots(setting)[0]?.key ?? place.name, whole(setting) - 1, () => next(setting));
  }, value);
}

/** The density of a law in the tables or masses of the model, by the outcomes of its places. */
function compileDensity(law: Law, compile: Compile): <V>(setting: Setting<V>) => number {
  const [of, given] = [compileAllSlots(law.of, compile), compileAllSlots(law.given, compile)];
  // Looked up once a model, which is visited many times in turn.
  let last: { readonly model: Model; readonly density: Density } | undefined;
  return (setting) => {
    const { model, environment, budget } = setting;
    const slots = of(setting);
    spend(budget, slots.length);
    if (last?.model !== model) last = { model, density: model.density(law) };
    return last.density(outcomesOf(slots, environment), outcomesOf(given(setting), environment), slots);
  };
}

function outcomesOf(slots: readonly Slot[], environment: Environment): readonly number[] {
  const outcomes: number[] = [];
  for (const { key } of slots) outcomes.push(outcomeAt(key, environment));
  return outcomes;
}

type Formula = <V>(setting: Setting<V>, body: LawBody) => V;

/** Law values that hang on more outcomes than this seldom come twice. */
const MOST_SLOTS = 5;

/** A law by a formula: worked out once for the outcomes it hangs on, which are those of its own variables. */
function compileFormula(law: Law, compile: Compile): Formula {
  const fresh = compileFresh(law, compile);
  const [of, given] = [compileAllSlots(law.of, compile), compileAllSlots(law.given, compile)];
  return <V>(setting: Setting<V>, body: LawBody): V => {
    const { environment, knownLaws, paths } = setting;
    // A variable that is a function of a noise hangs on more than its own outcome.
    if (knownLaws === undefined || (paths !== undefined && paths.size > 0)) return fresh(setting, body);
    const [own, conditions] = [of(setting), given(setting)];
    if (own.length + conditions.length > MOST_SLOTS) return fresh(setting, body);
    let key = '';
    for (const slot of own) key += `${slot.variable}${slot.copy}:${environment.get(slot.key)} `;
    // A best law is an expectation over everything else.
    if (law.law !== 'q*') for (const slot of conditions) key += `${slot.variable}${slot.copy}:${environment.get(slot.key)} `;
    let values = knownLaws.get(body);
    if (values === undefined) knownLaws.set(body, (values = new Map()));
    const found = values.get(key);
    if (found !== undefined) return found;
    const value = fresh(setting, body);
    values.set(key, value);
    return value;
  };
}

function compileFresh(law: Law, compile: Compile): Formula {
  const [place] = law.of;
  const [all, own, given] = [compileAllSlots(law.of, compile), place === undefined ? undefined : compileSlots(place, compile), compileAllSlots(law.given, compile)];
  const isPath = [...law.of, ...law.given].some((one) => one.isPath === true);
  return <V>(setting: Setting<V>, { index, body }: LawBody): V => {
    const { arithmetic, environment } = setting;
    const { operands: _, held, ...outside } = setting;
    const inside: Setting<V> = held !== undefined && !isPath ? { ...outside, held } : outside;
    const run = compile(body);
    const value = (): V => assumed(run(inside), setting);
    if (own === undefined || (index === undefined && law.of.length > 1)) return value();
    // The formula speaks of z and z[n]: of z' it is taken at the outcome that z' has.
    const renamed = [...(index === undefined ? [] : all(setting)), ...given(setting)].filter(({ key, variable, copy }) => environment.has(key) && key !== plainKey(variable, copy));
    const named = (): V => {
      // Of z[1..n] it is taken at each.
      const factors = own(setting).map(({ key, variable, copy }) => {
        if (index !== undefined) return withName(environment, index, copy, value);
        return key === variable ? value() : withName(environment, variable, outcomeAt(key, environment), value);
      });
      return factors.reduce((product, factor) => arithmetic.multiply(product, factor), arithmetic.number(1));
    };
    return withOutcomes(environment, renamed.map(({ variable, copy }) => plainKey(variable, copy)), renamed.map(({ key }) => outcomeAt(key, environment)), named);
  };
}

function plainKey(variable: string, copy: number): string {
  return copy === 0 ? variable : `${variable}[${copy}]`;
}

/** What a task assumes of a law is a fact to be used too. */
function assumed<V>(value: V, { model, arithmetic }: Setting<V>): V {
  return model.broken === 'model' ? arithmetic.smooth(value, distorted) : value;
}

export function compileExpectation(under: readonly Law[], body: Expression, compile: Compile): Run {
  const [terms, run] = [compileUnder(under, compile), compile(body)];
  return (setting) => setting.arithmetic.total(terms(setting, run));
}

/** E under the first of log(first / second), the second at the outcomes of the first. */
export function compileDivergence(from: Law, to: Law, compile: Compile): Run {
  const [terms, own, other] = [compileUnder([from], compile), compileLaw(from, compile), compileLaw(to, compile)];
  const moves = to.of.flatMap((place) => from.of.filter(({ variable }) => variable === place.variable).map((source) => ({ source: compileSlots(source, compile), target: compileSlots(place, compile) })));
  const run: Run = (setting) => {
    const { arithmetic, environment } = setting;
    const value = own(setting);
    const outcomes = moves.flatMap(({ source }) => source(setting).map(({ key }) => outcomeAt(key, environment)));
    const keys = moves.flatMap(({ target }) => target(setting).map(({ key }) => key));
    return arithmetic.log(arithmetic.divide(value, withOutcomes(environment, keys, outcomes, () => other(setting))));
  };
  return (setting) => setting.arithmetic.total(terms(setting, run));
}

export function compileEntropy(of: Law, compile: Compile): Run {
  const [terms, law] = [compileUnder([of], compile), compileLaw(of, compile)];
  const run: Run = (setting) => setting.arithmetic.log(law(setting));
  return (setting) => setting.arithmetic.negate(setting.arithmetic.total(terms(setting, run)));
}

export function compileSum(places: readonly Place[], body: Expression, compile: Compile): Run {
  const [all, run] = [compileAllSlots(places, compile), compile(body)];
  return <V>(setting: Setting<V>): V => {
    const { arithmetic, model } = setting;
    const slots = all(setting);
    const drawn = slots.filter(({ variable }) => model.isDrawn(variable));
    const terms: V[] = [];
    const weigh = (slot: Slot, outcome: number): number => (drawn.includes(slot) ? 1 : model.volume(slot.variable, outcome, slot.copy));
    overOutcomes(slots, undefined, weigh, setting, (weight) => {
      let product = arithmetic.number(weight);
      for (const slot of drawn) product = arithmetic.multiply(product, cell(slot, setting, compile));
      terms.push(arithmetic.multiply(product, run(setting)));
    });
    return arithmetic.total(terms);
  };
}

/** What a weighted point of q stands for in an integral: its weight over the density there. */
function cell<V>(slot: Slot, setting: Setting<V>, compile: Compile): V {
  const { arithmetic, model, environment, bodies } = setting;
  const [, law] = [...(bodies ?? [])].find(([key]) => key.startsWith(`q(${slot.variable}|`)) ?? [];
  if (law === undefined) throw new NoSuchLaw(`Take ${slot.variable} under E[...] here: there is no sum over ${slot.variable}.`);
  const weight = model.mass('q', slot.variable, outcomeAt(slot.key, environment), slot.copy) ?? Number.NaN;
  const density = withName(environment, law.index ?? '', slot.copy, () => assumed(compile(law.body)(setting), setting));
  return arithmetic.divide(arithmetic.number(weight), density);
}

/** The body at every outcome of what the laws draw, times their weight there. */
function compileUnder(laws: readonly Law[], compile: Compile): <V>(setting: Setting<V>, body: Run) => readonly V[] {
  const parts = laws.map((law) => ({ letter: law.law === 'p' ? ('p' as const) : ('q' as const), slots: compileAllSlots(law.of, compile) satisfies Slots, value: compileLaw(law, compile) }));
  return <V>(setting: Setting<V>, body: Run): readonly V[] => {
    const { arithmetic, model } = setting;
    const terms: V[] = [];
    const descend = (at: number, weight: number, density: V | undefined): void => {
      const part = parts[at];
      if (part === undefined) {
        const number = arithmetic.number(weight);
        terms.push(arithmetic.multiply(density === undefined ? number : arithmetic.multiply(number, density), body(setting)));
        return;
      }
      const { letter, value } = part;
      const slots = part.slots(setting);
      const isWeighed = slots.every(({ variable }) => model.isDrawn(variable));
      const weigh = ({ variable, copy }: Slot, outcome: number): number => (isWeighed ? (model.mass(letter, variable, outcome, copy) ?? Number.NaN) : model.volume(variable, outcome, copy));
      overOutcomes(slots, letter, weigh, setting, (factor) => {
        const own = isWeighed ? undefined : value(setting);
        descend(at + 1, weight * factor, own === undefined || density === undefined ? (own ?? density) : arithmetic.multiply(density, own));
      });
    };
    descend(0, 1, undefined);
    return terms;
  };
}
