/** A column [n, 1] as the vector [n], for tasks whose handout asks for the one while its own code returns the other. */
import type { Reply } from '../../contract/reply.ts';
import type { Value } from '../../contract/values.ts';

export function withoutColumns(reply: Reply): Reply {
  return reply.kind === 'returned' ? { ...reply, value: flat(reply.value) } : reply;
}

function flat(value: Value): Value {
  switch (value.kind) {
    case 'tensor': {
      const { shape } = value.tensor;
      return shape.length === 2 && shape[1] === 1 ? { kind: 'tensor', tensor: { ...value.tensor, shape: shape.slice(0, 1) } } : value;
    }
    case 'list':
      return { kind: 'list', items: value.items.map(flat) };
    case 'record':
      return { kind: 'record', entries: value.entries.map(([key, entry]) => [key, flat(entry)] as const) };
    case 'number':
    case 'other':
      return value;
  }
}
