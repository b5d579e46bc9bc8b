/**
 * Of a hidden case nothing is shown that a child could have put its inputs into: the words of an error, the
 * names in an object, the description of something strange. What is said is then the same whatever they are.
 */
import type { Expectation } from '../../contract/expectation.ts';
import type { Value } from '../../contract/values.ts';
import type { Failure, Returned } from './evidence.ts';
import { isGapOfLibrary } from './gradient.ts';

const UNSAID = 'the message is not shown, because this was thrown in a hidden case';

export function discreet({ visibility, accepted }: Expectation, reply: Returned | Failure | undefined): Returned | Failure | undefined {
  if (visibility === 'basic') return reply;
  switch (reply?.kind) {
    case 'threw': {
      const { name, frames } = reply.error;
      // Only the kind of error and the student's lines.
      const kind = /^[A-Z][A-Za-z]{0,40}$/.test(name) ? name : 'Error';
      return { kind: 'threw', error: { name: kind, message: UNSAID, frames } };
    }
    case 'returned': {
      const components = new Set(accepted.flatMap(({ values }) => [...values.keys()]));
      // That the library has no gradient is told by its own sentence, which no student reads.
      const gradients = reply.gradients.map((gradient) => (gradient.error === null || isGapOfLibrary(gradient) ? gradient : { ...gradient, error: UNSAID }));
      return { ...reply, value: inOurWords(reply.value, components), gradients };
    }
    default:
      return reply;
  }
}

/** What an honest child says of a value that is no tensor (child/plain-data.ts). */
const DESCRIPTIONS = new Set([
  'nothing (undefined)',
  'null',
  'true',
  'false',
  'a string',
  'a bigint',
  'a symbol',
  'a function',
  'a typed array',
  'something nested too deeply',
]);

function inOurWords(value: Value, components: ReadonlySet<string>): Value {
  switch (value.kind) {
    case 'other':
      return DESCRIPTIONS.has(value.description) ? value : { kind: 'other', description: 'something else' };
    case 'list':
      return { kind: 'list', items: value.items.map((item) => inOurWords(item, components)) };
    case 'record':
      return {
        kind: 'record',
        entries: value.entries.map(([name, entry]) => [components.has(name) ? name : 'another name', inOurWords(entry, components)] as const),
      };
    default:
      return value;
  }
}
