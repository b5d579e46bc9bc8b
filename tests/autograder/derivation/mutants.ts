/** Single edits of a true line, and whether an oracle of its own finds them equal: other sizes, no code of the checker's models. */
import type { Expression } from '../../../autograder/derivation/expression.ts';

/** Every expression that one edit away from this one: signs, operators, laws, conditions, operands. */
export function mutantsOf(expression: Expression): readonly Expression[] {
  return [...here(expression), ...inside(expression)];
}

function here(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
      return [{ ...expression, value: expression.value + 1 }];
    case 'negate':
      return [expression.of];
    case 'binary': {
      const { left, right, operator } = expression;
      const others = (['+', '-', '*', '/'] as const).filter((other) => other !== operator).map((other) => ({ ...expression, operator: other }));
      const swapped = operator === '-' || operator === '/' ? [{ ...expression, left: right, right: left }] : [];
      return [...others, ...swapped, left, right];
    }
    case 'call':
      return expression.operands.slice(0, 1);
    case 'law': {
      const { of, given } = expression;
      const dropped = given.map((_, at) => ({ ...expression, given: given.filter((__, other) => other !== at) }));
      const shortened = of.length > 1 ? of.map((_, at) => ({ ...expression, of: of.filter((__, other) => other !== at) })) : [];
      const turned = of.length > 0 && given.length > 0 ? [{ ...expression, of: given, given: of }] : [];
      const joined = given.length > 0 ? [{ ...expression, of: [...of, ...given], given: [] }] : [];
      return [...dropped, ...shortened, ...turned, ...joined, { ...expression, law: expression.law === 'p' ? ('q' as const) : ('p' as const) }];
    }
    case 'expectation':
      return [{ kind: 'over-outcomes', places: expression.under.flatMap(({ of }) => of), body: expression.body }, ...lawsOf(expression.under).map((under) => ({ ...expression, under }))];
    case 'divergence':
      return [{ ...expression, from: expression.to, to: expression.from }, ...onlyLaws(here(expression.to)).map((to) => ({ ...expression, to })), ...onlyLaws(here(expression.from)).map((from) => ({ ...expression, from }))];
    case 'derivative':
      return [{ ...expression, isTotal: !expression.isTotal }, expression.body];
    case 'limit':
      return [expression.body];
    case 'over-index':
      return [...(expression.operator === 'argmax' ? [] : [{ ...expression, operator: expression.operator === 'sum' ? ('prod' as const) : ('sum' as const) }]), { ...expression, from: { kind: 'number', value: 2 } }];
    case 'entropy':
      return [{ kind: 'negate', of: expression }, ...onlyLaws(here(expression.of)).map((of) => ({ ...expression, of }))];
    default:
      return [];
  }
}

type Law = Extract<Expression, { kind: 'law' }>;

function onlyLaws(list: readonly Expression[]): readonly Law[] {
  return list.filter((one) => one.kind === 'law');
}

function lawsOf(under: readonly Law[]): readonly (readonly Law[])[] {
  return under.flatMap((law, at) => onlyLaws(here(law)).map((mutant) => under.with(at, mutant)));
}

function inside(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'negate':
      return mutantsOf(expression.of).map((of) => ({ ...expression, of }));
    case 'binary':
      return [...mutantsOf(expression.left).map((left) => ({ ...expression, left })), ...mutantsOf(expression.right).map((right) => ({ ...expression, right }))];
    case 'call':
      return expression.operands.flatMap((operand, at) => mutantsOf(operand).map((mutant) => ({ ...expression, operands: expression.operands.with(at, mutant) })));
    case 'expectation':
    case 'over-outcomes':
    case 'over-index':
    case 'derivative':
    case 'limit':
      return mutantsOf(expression.body).map((body) => ({ ...expression, body }));
    case 'transpose':
      return mutantsOf(expression.of).map((of) => ({ ...expression, of }));
    case 'applied':
      return expression.operands.flatMap((operand, at) => mutantsOf(operand).map((mutant) => ({ ...expression, operands: expression.operands.with(at, mutant) })));
    default:
      return [];
  }
}
