/** The value of an expression in a model, in any arithmetic; every expectation is an exact sum. */
import { compileDerivative } from './compile-derivative.ts';
import { compileDivergence, compileEntropy, compileExpectation, compileLaw, compileSum } from './compile-law.ts';
import { compileName, compileOutcome, compileWhole } from './compile-place.ts';
import { distorted } from './curve.ts';
import type { Expression } from './expression.ts';
import { applyFunction } from './functions.ts';
import type { Model } from './model.ts';
import { LONGEST_RANGE, spend, TooCostly, withName } from './outcomes.ts';
import { plain, type Run, type Setting } from './setting.ts';

export type { LawBody, Path, Setting } from './setting.ts';

export function evaluate<V>(expression: Expression, setting: Setting<V>): V {
  return compiled(expression)(setting);
}

const ready = new WeakMap<Expression, Run>();

/** Closures, made once an expression: a tree that is walked anew at every outcome takes several times as long. */
function compiled(expression: Expression): Run {
  const found = ready.get(expression);
  if (found !== undefined) return found;
  const bare = compile(expression);
  const isOpaque = whereOpaque(expression);
  const run: Run =
    isOpaque === undefined
      ? bare
      : (setting) => {
          const value = bare(setting);
          return isOpaque(setting.model.broken) ? setting.arithmetic.smooth(value, distorted) : value;
        };
  ready.set(expression, run);
  return run;
}

const DENSITIES: ReadonlySet<string> = new Set(['Bern', 'N', 'Gamma', 'Pois', 'Cat']);

/** What is broken somewhere has another value there: a name, a KL, an entropy, the named densities. */
function whereOpaque(expression: Expression): ((broken: Model['broken']) => boolean) | undefined {
  const { kind } = expression;
  if (kind === 'call') return DENSITIES.has(expression.name) ? (broken) => broken === 'density' : undefined;
  if (kind === 'applied' || (kind === 'defined' && expression.definition.isLocal !== true)) return (broken) => broken === 'defined';
  return kind === 'divergence' || kind === 'entropy' ? (broken) => broken === kind : undefined;
}

/** Every visit is paid for, here or where a name, an outcome or a binder is compiled. */
function compile(expression: Expression): Run {
  switch (expression.kind) {
    case 'number': {
      const { value } = expression;
      return ({ arithmetic, budget }) => {
        spend(budget, 1);
        return arithmetic.number(value);
      };
    }
    case 'name':
      return compileName(expression.name, expression.indices, compiled);
    case 'outcome':
      return compileOutcome(expression.place, compiled);
    case 'negate': {
      const of = compiled(expression.of);
      return (setting) => setting.arithmetic.negate(paid(setting, of));
    }
    case 'transpose': {
      const of = compiled(expression.of);
      return (setting) => setting.arithmetic.transpose(paid(setting, of));
    }
    case 'binary':
      return compileBinary(expression);
    case 'call': {
      const { name } = expression;
      const operands = expression.operands.map(compiled);
      return (setting) => {
        spend(setting.budget, 1);
        return applyFunction(name, operands.map((operand) => operand(setting)), setting.arithmetic, setting.model.broken);
      };
    }
    case 'applied': {
      const { applied, operands } = expression;
      const [body, values] = [compiled(applied.body), operands.map(compiled)];
      return (setting) => {
        spend(setting.budget, 1);
        return body({ ...setting, operands: new Map(values.map((value, at) => [applied.parameters[at] ?? '', value(setting)] as const)) });
      };
    }
    case 'law': {
      const law = compileLaw(expression, compiled);
      return (setting) => paid(setting, law);
    }
    case 'expectation':
      return compileExpectation(expression.under, expression.body, compiled);
    case 'over-outcomes':
      return compileSum(expression.places, expression.body, compiled);
    case 'over-index':
      return compileRange(expression);
    case 'divergence':
      return compileDivergence(expression.from, expression.to, compiled);
    case 'entropy':
      return compileEntropy(expression.of, compiled);
    case 'derivative':
      return compileDerivative(expression, compiled);
    case 'limit': {
      const { of } = expression;
      const body = compiled(expression.body);
      return (setting) => {
        // Laws have other values where the number has another.
        const { knownLaws: _, ...rest } = setting;
        return withName(setting.environment, of, setting.model.broken === 'limit' ? FAR_FROM_ZERO : NEAR_ZERO, () => body(rest));
      };
    }
    case 'defined': {
      const { parameter } = expression.definition;
      const body = compiled(expression.definition.body);
      if (parameter === undefined || expression.argument === undefined) return body;
      const argument = compileWhole(expression.argument, compiled);
      return (setting) => withName(setting.environment, parameter, argument(setting), () => body(setting));
    }
  }
}

/** Small enough for a softmax to be sharp, large enough for its exponentials. */
const NEAR_ZERO = 0.01;
const FAR_FROM_ZERO = 0.8;

function paid<V>(setting: Setting<V>, run: Run): V {
  spend(setting.budget, 1);
  return run(setting);
}

function compileBinary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): Run {
  const [a, b] = [compiled(left), compiled(right)];
  switch (operator) {
    case '+':
      return (setting) => setting.arithmetic.add(paid(setting, a), b(setting));
    case '-':
      return (setting) => setting.arithmetic.add(paid(setting, a), setting.arithmetic.negate(b(setting)));
    case '*':
      return (setting) => setting.arithmetic.multiply(paid(setting, a), b(setting));
    case '/':
      return (setting) => setting.arithmetic.divide(paid(setting, a), b(setting));
    case '^':
      return (setting) => setting.arithmetic.power(paid(setting, a), b(setting));
  }
}

function compileRange({ operator, index, from, to, body }: Extract<Expression, { kind: 'over-index' }>): Run {
  const [first, last, run] = [compileWhole(from, compiled), compileWhole(to, compiled), compiled(body)];
  return <V>(setting: Setting<V>): V => {
    const { arithmetic, environment, budget } = setting;
    spend(budget, 1);
    const [start, end] = [first(setting), last(setting)];
    if (end - start > LONGEST_RANGE) throw new TooCostly('a range too long');
    const range = Array.from({ length: Math.max(0, end - start + 1) }, (_, at) => start + at);
    const terms = <W>(inner: Setting<W>): readonly W[] => range.map((number) => withName(environment, index, number, () => run(inner)));
    if (operator === 'argmax') {
      const values = terms(plain(setting));
      return arithmetic.number(range[values.indexOf(Math.max(...values))] ?? Number.NaN);
    }
    return operator === 'sum' ? arithmetic.total(terms(setting)) : terms(setting).reduce((product, term) => arithmetic.multiply(product, term), arithmetic.number(1));
  };
}
