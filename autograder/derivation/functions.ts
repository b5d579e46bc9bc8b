/** The functions and densities of the language, in any arithmetic. */
import type { Arithmetic } from './arithmetic.ts';
import { absolute, type Curve, notASigmoid, sigmoid } from './curve.ts';
import type { Model } from './model.ts';
import { digamma, logGamma, trigamma } from './special.ts';

const psi: Curve = { at: digamma, slope: trigamma };
const lgamma: Curve = { at: logGamma, slope: digamma };

export function applyFunction<V>(name: string, operands: readonly V[], arithmetic: Arithmetic<V>, broken: Model['broken']): V {
  const { number, add, negate, multiply, power, exp, log, smooth, items, total } = arithmetic;
  const operand = (at: number): V => {
    const found = operands[at];
    if (found === undefined) throw new TypeError(`${name} without argument ${at + 1}`);
    return found;
  };
  const [a, count] = [operand(0), operands.length];
  switch (name) {
    case 'log':
      return log(a);
    case 'exp':
      return exp(a);
    case 'sqrt':
      return power(a, number(0.5));
    case 'sigma':
      return smooth(a, broken === 'sigmoid' ? notASigmoid : sigmoid);
    case 'abs':
      return smooth(a, absolute);
    case 'digamma':
      return smooth(a, psi);
    case 'fact':
      return exp(smooth(add(a, number(1)), lgamma));
    case 'ind':
      // Indices are whole; outcomes are counted from 1.
      return smooth(add(a, negate(operand(1))), { at: (gap) => (Math.abs(gap) < 0.5 ? 1 : 0), slope: () => 0 });
    case 'dot':
      return dot(a, operand(1), arithmetic);
    case 'norm': {
      const length = power(dot(a, a, arithmetic), number(0.5));
      return broken === 'norm' ? power(length, number(2)) : length;
    }
    case 'Bern':
      // t^x (1 - t)^(1 - x)
      return multiply(power(operand(1), a), power(add(number(1), negate(operand(1))), add(number(1), negate(a))));
    case 'Cat':
      // The item of the vector that the label counts to.
      return total(items(operand(1)).map((item, at) => multiply(item, smooth(a, { at: (label) => (Math.abs(label - at - 1) < 0.5 ? 1 : 0), slope: () => 0 }))));
    case 'Pois':
      // l^s e^-l / s!
      return exp(total([multiply(a, smooth(operand(1), { at: Math.log, slope: (u) => 1 / u })), negate(operand(1)), negate(smooth(add(a, number(1)), lgamma))]));
    case 'Gamma':
      return count === 1 ? exp(smooth(a, lgamma)) : gammaDensity(a, operand(1), operand(2), arithmetic);
    case 'N':
      return normalDensity(a, operand(1), operand(2), arithmetic);
    default:
      throw new TypeError(`no function ${name}`);
  }
}

function dot<V>(a: V, b: V, { items, multiply, total, number }: Arithmetic<V>): V {
  const others = items(b);
  return total(items(a).map((item, at) => multiply(item, others[at] ?? number(Number.NaN))));
}

/** b^a x^(a-1) e^(-b x) / Gamma(a) */
function gammaDensity<V>(x: V, shape: V, rate: V, { exp, total, multiply, add, negate, number, smooth }: Arithmetic<V>): V {
  const log = (of: V): V => smooth(of, { at: Math.log, slope: (u) => 1 / u });
  return exp(total([multiply(shape, log(rate)), multiply(add(shape, number(-1)), log(x)), negate(multiply(rate, x)), negate(smooth(shape, lgamma))]));
}

/** exp(-|x - m|^2 / (2 v)) / sqrt(2 pi v)^D, where D is 1 for numbers. */
function normalDensity<V>(x: V, mean: V, variance: V, arithmetic: Arithmetic<V>): V {
  const { exp, negate, divide, multiply, number, power, items, total, add } = arithmetic;
  const means = items(mean);
  const gaps = items(x).map((item, at) => add(item, negate(means[at] ?? means[0] ?? number(Number.NaN))));
  const square = total(gaps.map((gap) => power(gap, number(2))));
  return divide(exp(negate(divide(square, multiply(number(2), variance)))), power(multiply(number(2 * Math.PI), variance), number(gaps.length / 2)));
}
