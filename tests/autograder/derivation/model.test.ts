/** Random models: in sound ones every fact holds, in an ablated one its own fact fails and the others hold. */
import { describe, expect, it } from 'vitest';
import { measuring } from '../../../autograder/derivation/arithmetic.ts';
import { evaluate } from '../../../autograder/derivation/evaluate.ts';
import { type Fact, facts, makeTableModel, type Model, NoSuchLaw } from '../../../autograder/derivation/model.ts';
import { parseExpression } from '../../../autograder/derivation/parse.ts';
import { taskNamed } from './task-named.ts';

const { world, vocabulary } = taskNamed('cs236-hw2/fsvae/elbo-derivation');
const scope = [{ name: 'z', bound: 'outcome' as const }];

function model(broken: Fact | undefined, seed: number, exponent = 1): Model {
  if (world.kind !== 'tables') throw new TypeError('a task over tables');
  return makeTableModel(world, { seed, exponent, numbers: new Map(), volumes: true, ...(broken === undefined ? {} : { broken }) });
}

/** Both sides at one outcome of everything. */
function sides(equation: string, within: Model): readonly [number, number] {
  const [left = '', right = ''] = equation.split(' == ');
  const value = (text: string): number =>
    evaluate(parseExpression(text, vocabulary, scope), {
      model: within,
      arithmetic: measuring(within.log),
      environment: new Map([['x', 1], ['y', 2], ['z', 0]]),
      budget: { left: 100_000 },
    }).value;
  return [value(left), value(right)];
}

const EQUATIONS: readonly (readonly [string, readonly Fact[]])[] = [
  ['p(x, z | y) == p(x | y, z) * p(z | y)', ['bayes']],
  ['p(x, y, z) == p(x, z | y) * p(y)', ['bayes']],
  ['p(x, z | y) == p(z | x, y) * p(x | y)', ['bayes']],
  ["p(x | y) == sum[z'](p(x, z' | y))", ['marg']],
  ["p(y) == sum[x', z'](p(x', y, z'))", ['marg']],
  ["sum[z'](q(z'|x, y)) == 1", ['normq']],
  ['p(z | y) == p(z)', ['indep']],
  ['log(p(x) * p(z)) == log p(x) + log p(z)', ['log']],
];

describe('a sound model', () => {
  it.each(EQUATIONS)('keeps %s', (equation) => {
    for (const exponent of [1, 3, 10]) {
      const [left, right] = sides(equation, model(undefined, 5, exponent));
      expect(left / right).toBeCloseTo(1, 9);
    }
  });

  it('has densities above one', () => {
    const values = Array.from({ length: 20 }, (_, seed) => sides('p(x | y, z) == 1', model(undefined, seed))[0]);
    expect(Math.max(...values)).toBeGreaterThan(1);
  });
});

describe.each(facts.filter((fact) => fact !== 'iid'))('a model without %s', (fact) => {
  it.each(EQUATIONS)('on %s', (equation, needs) => {
    const [left, right] = sides(equation, model(fact, 9));
    const differs = Math.abs(left - right) > 1e-6 * Math.abs(right);
    expect(differs).toBe(needs.includes(fact));
  });
});

describe('a law that there is not', () => {
  it.each(["q(z|x) == 1", "p(z, z') == 1", 'q(x|y) == 1'])('is refused: %s', (equation) => {
    const text = equation.split(' == ')[0] ?? '';
    const expression = parseExpression(text, vocabulary, [...scope, { name: "z'", bound: 'outcome' }]);
    const within = model(undefined, 1);
    const value = (): unknown => evaluate(expression, { model: within, arithmetic: measuring(), environment: new Map([['x', 0], ['y', 0], ['z', 0], ["z'", 1]]), budget: { left: 1000 } });
    expect(value).toThrow(NoSuchLaw);
  });
});
