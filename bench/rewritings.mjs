// True rewritings of a formula at random places: the same value by other means.

/** `hasVectors`: products of vectors keep their order. */
export function rewritten(expression, random, times, hasVectors = false) {
  return times === 0 ? expression : rewritten(once(expression, random, hasVectors), random, times - 1, hasVectors);
}

function once(expression, random, hasVectors) {
  const inner = descend(expression, random, hasVectors);
  if (inner !== undefined && random() < 0.7) return inner;
  const number = (value) => ({ kind: 'number', value });
  const binary = (operator, left, right) => ({ kind: 'binary', operator, left, right });
  const { kind } = expression;
  if (kind === 'law') return random() < 0.5 ? expression : binary('*', expression, number(1));
  const mayBeSwapped = kind === 'binary' && (expression.operator === '+' || (expression.operator === '*' && !hasVectors));
  if (mayBeSwapped && random() < 0.5) return { ...expression, left: expression.right, right: expression.left };
  const [argument] = kind === 'call' && expression.name === 'log' ? expression.operands : [];
  if (argument?.kind === 'binary' && (argument.operator === '*' || argument.operator === '/')) {
    const log = (of) => ({ kind: 'call', name: 'log', operands: [of] });
    return binary(argument.operator === '*' ? '+' : '-', log(argument.left), log(argument.right));
  }
  const wraps = [
    () => binary('-', binary('+', expression, number(2)), number(2)),
    () => ({ kind: 'negate', of: { kind: 'negate', of: expression } }),
    () => binary('/', binary('*', number(3), expression), number(3)),
    () => binary('+', binary('*', number(0.5), expression), binary('*', number(0.5), expression)),
  ];
  return wraps[Math.floor(random() * wraps.length)]();
}

function descend(expression, random, hasVectors) {
  const again = (part) => once(part, random, hasVectors);
  switch (expression.kind) {
    case 'binary':
      return random() < 0.5 ? { ...expression, left: again(expression.left) } : { ...expression, right: again(expression.right) };
    case 'negate':
      return { ...expression, of: again(expression.of) };
    case 'call':
    case 'applied':
      return { ...expression, operands: expression.operands.map(again) };
    case 'expectation':
    case 'over-outcomes':
    case 'over-index':
    case 'derivative':
    case 'limit':
      return { ...expression, body: again(expression.body) };
    default:
      return undefined;
  }
}
