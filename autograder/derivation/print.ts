/** An expression as text of the language: what is printed can be read back, and means the same. */
import type { BinaryOperator, Expression, Law, Place } from './expression.ts';

/** How tightly each kind of expression binds. */
const SUM = 1;
const PRODUCT = 2;
const UNARY = 3;
const POWER = 4;
const PRIMARY = 5;

export const strengthOf: Readonly<Record<BinaryOperator, number>> = { '+': SUM, '-': SUM, '*': PRODUCT, '/': PRODUCT, '^': POWER };

export function print(expression: Expression): string {
  return printed(expression, 0);
}

function printed(expression: Expression, least: number): string {
  const text = bare(expression);
  return bindingOf(expression) < least ? `(${text})` : text;
}

/** How tightly an expression binds: at least PRIMARY when it needs no brackets anywhere. */
export function bindingOf(expression: Expression): number {
  if (expression.kind === 'binary') return strengthOf[expression.operator];
  return expression.kind === 'negate' ? UNARY : PRIMARY;
}

function bare(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return decimal(expression.value);
    case 'name':
      return `${expression.name}${expression.indices.map((index) => `[${print(index)}]`).join('')}`;
    case 'negate':
      return `-${printed(expression.of, UNARY)}`;
    case 'binary':
      return binary(expression.operator, expression.left, expression.right);
    case 'call':
      return `${expression.name}(${expression.operands.map(print).join(', ')})`;
    case 'law':
      return printLaw(expression);
    case 'expectation':
      return `E[${expression.under.map(printLaw).join(' ')}](${print(expression.body)})`;
    case 'over-outcomes':
      return `sum[${expression.places.map(printPlace).join(', ')}](${print(expression.body)})`;
    case 'over-index':
      return `${expression.operator}[${expression.index}=${print(expression.from)}..${print(expression.to)}](${print(expression.body)})`;
    case 'divergence':
      return `KL(${printLaw(expression.from)} || ${printLaw(expression.to)})`;
    case 'entropy':
      return `H[${printLaw(expression.of)}]`;
    case 'defined':
      return `${expression.definition.name}${expression.argument === undefined ? '' : `[${print(expression.argument)}]`}`;
  }
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): string {
  const strength = strengthOf[operator];
  // a - (b - c) and a / (b * c) keep their brackets; so does (a^b)^c.
  const isRightSensitive = operator !== '^';
  const l = printed(left, operator === '^' ? PRIMARY : strength);
  const r = printed(right, isRightSensitive ? strength + 1 : UNARY);
  return operator === '^' ? `${l}^${r}` : `${l} ${operator} ${r}`;
}

/** Never in the exponent form, which the language does not have. */
function decimal(value: number): string {
  return value.toString().includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : value.toString();
}

export function printLaw({ law, of, given }: Law): string {
  return `${law}(${of.map(printPlace).join(', ')}${given.length > 0 ? ` | ${given.map(printPlace).join(', ')}` : ''})`;
}

function printPlace({ name, index, through }: Place): string {
  if (index === undefined) return name;
  return `${name}[${print(index)}${through === undefined ? '' : `..${print(through)}`}]`;
}

/** A law as text, without indices: what short forms are looked up by. */
export function lawKey({ law, of, given }: Law): string {
  const list = (places: readonly Place[]): string => places.map(({ variable }) => variable).join(',');
  return `${law}(${list(of)}${given.length > 0 ? `|${list(given)}` : ''})`;
}
