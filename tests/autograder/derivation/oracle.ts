/**
 * What a formula of the plain tasks is worth, worked out by an evaluator that shares no code with the checker's: it
 * walks the same tree over models of its own (x of 5, z of 6 outcomes), with densities by plain loops over one joint.
 */
import type { Expression } from '../../../autograder/derivation/expression.ts';

export interface OracleModel {
  readonly joint: readonly (readonly number[])[];
  readonly q: readonly (readonly number[])[];
  readonly volumes: Readonly<Record<string, readonly number[]>>;
}

export function oracleModel(random: () => number): OracleModel {
  const volumes = { x: Array.from({ length: 5 }, () => 0.2 + random()), z: Array.from({ length: 6 }, () => 0.2 + random()) };
  const raw = volumes.x.map(() => volumes.z.map(() => 0.05 + random()));
  const total = raw.reduce((sum, row, x) => sum + row.reduce((inner, value, z) => inner + value * (volumes.x[x] ?? 0) * (volumes.z[z] ?? 0), 0), 0);
  const q = volumes.x.map(() => volumes.z.map(() => 0.05 + random()));
  return {
    joint: raw.map((row) => row.map((value) => value / total)),
    q: q.map((row) => row.map((value) => value / row.reduce((sum, other, z) => sum + other * (volumes.z[z] ?? 0), 0))),
    volumes,
  };
}

type Chosen = Readonly<Record<string, number>>;

/** NaN where the formula has no value in these tasks. */
export function oracleValue(expression: Expression, model: OracleModel, chosen: Chosen): number {
  const value = (part: Expression, more: Chosen = chosen): number => oracleValue(part, model, more);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'negate':
      return -value(expression.of);
    case 'binary': {
      const [a, b] = [value(expression.left), value(expression.right)];
      return { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '^': a ** b }[expression.operator];
    }
    case 'call':
      return expression.name === 'log' && expression.operands[0] !== undefined ? Math.log(value(expression.operands[0])) : Number.NaN;
    case 'law':
      return law(expression, model, chosen);
    case 'expectation':
      return overAll(expression.under.flatMap(({ of }) => of.map(({ name }) => name)), model, chosen, (more) => expression.under.reduce((product, one) => product * law(one, model, more), 1) * value(expression.body, more));
    case 'over-outcomes':
      return overAll(expression.places.map(({ name }) => name), model, chosen, (more) => value(expression.body, more));
    case 'divergence':
      return overAll(expression.from.of.map(({ name }) => name), model, chosen, (more) => law(expression.from, model, more) * Math.log(law(expression.from, model, more) / law(expression.to, model, more)));
    case 'entropy':
      return overAll(expression.of.of.map(({ name }) => name), model, chosen, (more) => -law(expression.of, model, more) * Math.log(law(expression.of, model, more)));
    case 'defined':
      return value(expression.definition.body);
    default:
      return Number.NaN;
  }
}

function overAll(names: readonly string[], model: OracleModel, chosen: Chosen, term: (more: Chosen) => number): number {
  const [name, ...rest] = names;
  if (name === undefined) return term(chosen);
  return (model.volumes[name] ?? []).reduce((sum, volume, outcome) => sum + volume * overAll(rest, model, { ...chosen, [name]: outcome }, term), 0);
}

function law({ law: letter, of, given }: Extract<Expression, { kind: 'law' }>, model: OracleModel, chosen: Chosen): number {
  const above = [...of, ...given].map(({ name }) => name);
  const below = given.map(({ name }) => name);
  if (letter === 'p') return marginal(above, model, chosen) / marginal(below, model, chosen);
  // q(z) is this task's short form of q(z|x).
  const isQ = of.length === 1 && of[0]?.name === 'z' && ['x', ''].includes(below.join());
  return isQ ? (model.q[chosen['x'] ?? -1]?.[chosen['z'] ?? -1] ?? Number.NaN) : Number.NaN;
}

function marginal(names: readonly string[], { joint, volumes }: OracleModel, chosen: Chosen): number {
  let sum = 0;
  for (const [x, row] of joint.entries()) {
    for (const [z, density] of row.entries()) {
      if ((names.includes('x') && chosen['x'] !== x) || (names.includes('z') && chosen['z'] !== z)) continue;
      sum += density * (names.includes('x') ? 1 : (volumes['x']?.[x] ?? 0)) * (names.includes('z') ? 1 : (volumes['z']?.[z] ?? 0));
    }
  }
  return sum;
}
