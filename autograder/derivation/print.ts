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
  if (expression.kind === 'transpose') return POWER;
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
      return `${expression.name}(${expression.operands.map(print).join(expression.name === 'ind' ? ' = ' : ', ')})`;
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
    case 'outcome':
      return printPlace(expression.place);
    case 'transpose':
      return `${printed(expression.of, PRIMARY)}^T`;
    case 'derivative':
      return `${expression.isTotal ? 'D' : 'd'}[${print(expression.by)}](${print(expression.body)})`;
    case 'limit':
      return `lim[${expression.of}](${print(expression.body)})`;
    case 'applied':
      return `${expression.applied.name}(${expression.operands.map(print).join(', ')})`;
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

function printPlace({ name, index, through, value, typed }: Place): string {
  if (typed !== undefined) return typed;
  const copy = index === undefined ? '' : `[${print(index)}${through === undefined ? '' : `..${print(through)}`}]`;
  return `${name}${copy}${value === undefined ? '' : ` = ${print(value)}`}`;
}

/** A law as text, without indices: what short forms are looked up by. */
export function lawKey({ law, of, given }: Law): string {
  const list = (places: readonly Place[]): string => places.map(({ variable }) => variable).join(',');
  return `${law}(${list(of)}${given.length > 0 ? `|${list(given)}` : ''})`;
}

const keys = new WeakMap<Law, string>();

/** The same whatever the order: p(x, y|z) and p(y, x|z) have one formula. */
export function bodyKey(law: Law): string {
  const found = keys.get(law);
  if (found !== undefined) return found;
  const sorted = (places: readonly Place[]): readonly string[] => [...new Set(places.map(({ variable }) => variable))].toSorted();
  const key = textKey(law.law, sorted(law.of), sorted(law.given));
  keys.set(law, key);
  return key;
}

/** Of a law as a task writes it: 'p(x, y|z)'. */
export function bodyKeyOf(text: string): string {
  const { letter = '', of = '', given = '' } = /^(?<letter>[^(]+)\((?<of>[^|)]+)(?:\|(?<given>[^)]+))?\)$/.exec(text)?.groups ?? {};
  const names = (list: string): readonly string[] => list.split(',').map((name) => name.trim()).filter((name) => name !== '').toSorted();
  return textKey(letter, names(of), names(given));
}

function textKey(letter: string, of: readonly string[], given: readonly string[]): string {
  return `${letter}(${of.join()}|${given.join()})`;
}
