/** An expression as MathML, which browsers set without any script. Every text is from a closed set or escaped. */
import type { Expression, Law, Place } from './expression.ts';
import { bindingOf, strengthOf } from './print.ts';

export function mathml(expression: Expression, relation = ''): string {
  const lead = relation === '' ? '' : relation === '=+' ? `<mover>${operator('=')}${operator('+')}</mover>` : operator(RELATIONS.get(relation) ?? relation);
  return `<math displaystyle="true">${row(`${lead}${set(expression, 0)}`)}</math>`;
}

const RELATIONS: ReadonlyMap<string, string> = new Map([
  ['>=', '≥'],
  ['<=', '≤'],
  ['!=', '≠'],
  ['=~', '∼'],
]);
const GREEK: ReadonlyMap<string, string> = new Map(Object.entries({ theta: 'θ', phi: 'φ', psi: 'ψ', sigma: 'σ', lambda: 'λ', mu: 'μ', tau: 'τ', digamma: 'ψ', Gamma: 'Γ', Sigma: 'Σ', eps: 'ε', pi: 'π', alpha: 'α', beta: 'β', epsilon: 'ε', rho: 'ρ', nu: 'ν' }));

/** Written as a reference, because the sign itself cannot be seen. */
const APPLIED = '<mo>&#x2061;</mo>';
/** The same with a thin space, as in log x. */
const APPLIED_TO_ONE = '<mo rspace="0.17em">&#x2061;</mo>';

function set(expression: Expression, least: number): string {
  const text = bare(expression);
  return bindingOf(expression) < least ? bracket(text) : text;
}

function bare(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `<mn>${expression.value}</mn>`;
    case 'name':
      return withSub(name(expression.name), expression.indices.map((index) => set(index, 0)));
    case 'negate':
      return `${operator('−')}${set(expression.of, 3)}`;
    case 'binary': {
      const { operator: sign, left, right } = expression;
      if (sign === '/') return `<mfrac>${row(set(left, 0))}${row(set(right, 0))}</mfrac>`;
      if (sign === '^') return `<msup>${row(set(left, 5))}${row(set(right, 0))}</msup>`;
      const strength = strengthOf[sign];
      const shown = sign === '*' ? '·' : sign === '-' ? '−' : sign;
      return `${set(left, strength)}${operator(shown)}${set(right, strength + 1)}`;
    }
    case 'call':
      return call(expression.name, expression.operands);
    case 'law':
      return law(expression);
    case 'expectation':
      return `<msub>${identifier('𝔼')}${row(expression.under.map(law).join(''))}</msub>${square(set(expression.body, 0))}`;
    case 'over-outcomes':
      return `<munder>${operator('∑')}${row(places(expression.places))}</munder>${set(expression.body, 2)}`;
    case 'over-index': {
      const below = `${name(expression.index)}${operator('=')}${set(expression.from, 0)}`;
      const sign = expression.operator === 'argmax' ? identifier('arg max') : operator(expression.operator === 'sum' ? '∑' : '∏');
      return `<munderover>${sign}${row(below)}${row(set(expression.to, 0))}</munderover>${set(expression.body, 2)}`;
    }
    case 'divergence':
      return `${identifier('KL')}${row(`${flat('(')}${law(expression.from)}${flat('∥')}${law(expression.to)}${flat(')')}`)}`;
    case 'entropy':
      return `${identifier('H')}${square(law(expression.of))}`;
    case 'outcome':
      return place(expression.place);
    case 'transpose':
      return `<msup>${row(set(expression.of, 5))}${operator('⊤')}</msup>`;
    case 'derivative': {
      const sign = operator(expression.isTotal ? 'd' : '∂');
      return `<mfrac>${row(sign)}${row(`${sign}${set(expression.by, 5)}`)}</mfrac>${set(expression.body, 5)}`;
    }
    case 'limit':
      return `<munder>${identifier('lim')}${row(`${name(expression.of)}${operator('→')}<mn>0</mn>`)}</munder>${set(expression.body, 2)}`;
    case 'applied':
      return `${name(expression.applied.name)}${bracket(expression.operands.map((operand) => set(operand, 0)).join(operator(',')))}`;
    case 'defined':
      return withSub(name(expression.definition.name), expression.argument === undefined ? [] : [set(expression.argument, 0)]);
  }
}

function call(called: string, operands: readonly Expression[]): string {
  const [first] = operands;
  if (called === 'sqrt' && first !== undefined) return `<msqrt>${row(set(first, 0))}</msqrt>`;
  if (called === 'ind') return `<msub><mn>1</mn>${row(operands.map((operand) => set(operand, 0)).join(operator('=')))}</msub>`;
  if (called === 'norm' && first !== undefined) return row(`${operator('‖')}${set(first, 0)}${operator('‖')}`);
  if (called === 'dot' && first !== undefined && operands[1] !== undefined) return `<msup>${row(set(first, 5))}${operator('⊤')}</msup>${set(operands[1], 5)}`;
  if (called === 'fact' && first !== undefined) return `${set(first, 5)}${operator('!')}`;
  // log p(x) needs no brackets, log(a b) does.
  const isPlain = called === 'log' && first !== undefined && (first.kind === 'law' || (first.kind === 'binary' && first.operator === '/'));
  const inner = operands.map((operand) => set(operand, 0)).join(operator(','));
  return isPlain ? `${name(called)}${APPLIED_TO_ONE}${inner}` : `${name(called)}${APPLIED}${bracket(inner)}`;
}

function law({ law: letter, of, given }: Law): string {
  const sign = letter === 'q*' ? `<msup>${identifier('q')}${operator('*')}</msup>` : identifier(letter);
  return `${sign}${row(`${flat('(')}${places(of)}${given.length > 0 ? `${flat('∣')}${places(given)}` : ''}${flat(')')}`)}`;
}

function places(list: readonly Place[]): string {
  return list.map(place).join(operator(','));
}

function place({ name: text, index, through, value }: Place): string {
  const variable = index === undefined ? name(text) : withSub(name(text), [`${set(index, 0)}${through === undefined ? '' : `${operator('…')}${set(through, 0)}`}`]);
  return value === undefined ? variable : `${variable}${operator('=')}${set(value, 0)}`;
}

function withSub(base: string, indices: readonly string[]): string {
  return indices.length === 0 ? base : `<msub>${row(base)}${row(indices.join(operator(',')))}</msub>`;
}

/** zhat is z with a hat. */
function name(text: string): string {
  const hat = /^(?<base>[a-z])hat$/.exec(text)?.groups?.['base'];
  if (hat !== undefined) return `<mover accent="true">${identifier(hat)}${operator('^')}</mover>`;
  return identifier(GREEK.get(text) ?? text);
}

function identifier(text: string): string {
  return `<mi>${escaped(text)}</mi>`;
}

function operator(text: string): string {
  return `<mo>${escaped(text)}</mo>`;
}

/** Signs that would grow with the bar beside them. */
function flat(text: string): string {
  return `<mo stretchy="false">${escaped(text)}</mo>`;
}

function bracket(inner: string): string {
  return row(`${operator('(')}${inner}${operator(')')}`);
}

function square(inner: string): string {
  return row(`${operator('[')}${inner}${operator(']')}`);
}

function row(inner: string): string {
  return `<mrow>${inner}</mrow>`;
}

/** Names are letters already; this holds even where a later change forgets it. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
