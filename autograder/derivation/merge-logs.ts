/** Puts split logs together again: E(log a) - E(log b) is E(log(a / b)). Jensen is often applied and split in one line. */
import type { Expression } from './expression.ts';
import { printLaw } from './print.ts';

export function mergeLogs(expression: Expression): Expression {
  switch (expression.kind) {
    case 'expectation':
      return { ...expression, body: mergeLogs(expression.body) };
    case 'over-outcomes':
    case 'over-index':
      return { ...expression, body: mergeLogs(expression.body) };
    case 'entropy':
      return { kind: 'expectation', under: [expression.of], body: { kind: 'negate', of: { kind: 'call', name: 'log', operands: [expression.of] } } };
    case 'negate':
      return { kind: 'negate', of: mergeLogs(expression.of) };
    case 'binary': {
      // Once each: twice would be twice as often at every term, 2^150 times for a line of 150.
      const [left, right] = [mergeLogs(expression.left), mergeLogs(expression.right)];
      return merged(expression.operator, left, right) ?? { ...expression, left, right };
    }
    default:
      return expression;
  }
}

function merged(operator: string, left: Expression, right: Expression): Expression | undefined {
  if (operator !== '+' && operator !== '-') return undefined;
  if (right.kind === 'negate') return merged(operator === '+' ? '-' : '+', left, right.of);
  const isSameLaw = left.kind === 'expectation' && right.kind === 'expectation' && left.under.map(printLaw).join() === right.under.map(printLaw).join();
  // The same law binds the same names, so nothing is captured.
  if (isSameLaw) {
    return { ...left, body: mergeLogs({ kind: 'binary', operator, left: left.body, right: right.body }) };
  }
  if (left.kind !== 'call' || right.kind !== 'call' || left.name !== 'log' || right.name !== 'log') return undefined;
  const [a] = left.operands;
  const [b] = right.operands;
  if (a === undefined || b === undefined) return undefined;
  return { kind: 'call', name: 'log', operands: [{ kind: 'binary', operator: operator === '+' ? '*' : '/', left: a, right: b }] };
}
