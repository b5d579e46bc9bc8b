/** What crosses a boundary is believed only when its shape is exactly the agreed one. */
import { describe, expect, it } from 'vitest';
import { assignments } from '../../assignments/assignments.ts';
import { FixtureFile, FixtureManifest } from '../../contract/fixture.ts';
import { Call, FromChild, Load } from '../../contract/messages.ts';
import { SubmissionResult } from '../../contract/result.ts';
import { Assignment } from '../../contract/rubric.ts';
import { parser, SchemaError, type Static, Type } from '../../contract/schema.ts';

const BOUNDARIES = { Assignment, Call, FixtureFile, FixtureManifest, FromChild, Load, SubmissionResult } as const;

describe.each(Object.entries(BOUNDARIES))('%s', (_, schema) => {
  it('leaves no object open to further keys', () => {
    expect(openObjects(schema, '')).toEqual([]);
  });

  it.each([null, undefined, 0, '', 'text', true, [], [{}], {}])('refuses %j', (value) => {
    expect(() => parser('a document', schema)(value)).toThrow(SchemaError);
  });
});

const Point = Type.Object({ x: Type.Number(), tags: Type.Optional(Type.Array(Type.String())) }, { additionalProperties: false });

describe('a parser', () => {
  const parse = parser('a point', Point);

  it('gives back what fits, untouched', () => {
    const point: Static<typeof Point> = { x: 1, tags: ['a'] };
    expect(parse(point)).toBe(point);
  });

  it.each<[string, unknown]>([
    ['an unknown key', { x: 1, y: 2 }],
    ['a missing key', { tags: [] }],
    ['text for a number', { x: '1' }],
    ['a number in a list', { x: [1] }],
    ['null for a number', { x: null }],
    ['not a number', { x: Number.NaN }],
    ['infinity', { x: Infinity }],
    ['one wrong item', { x: 1, tags: ['a', 1] }],
    ['a planted prototype', JSON.parse('{"x":1,"__proto__":{"admin":true}}')],
    ['a planted constructor', { x: 1, constructor: {} }],
  ])('refuses %s', (_, value) => {
    expect(() => parse(value)).toThrow(SchemaError);
  });

  it('says what is wrong and where', () => {
    expect(() => parse({ x: 1, y: 2 })).toThrow('a point is malformed: the document must NOT have additional properties (y)');
    expect(() => parse({ x: 1, tags: [0] })).toThrow('a point is malformed: /tags/0 must be string');
  });
});

describe('the homeworks', () => {
  const parse = parser('an assignment', Assignment);

  it.each([...assignments.values()].map((assignment) => [assignment.id, assignment] as const))('%s fits its schema', (id, assignment) => {
    expect(parse(structuredClone(assignment)).id).toBe(id);
  });

  const tasks = [...assignments.values()].flatMap(({ questions }) => questions.flatMap((question) => question.tasks));

  it.each(tasks.filter((task) => task.kind === 'function'))('$id shares all its points out to its checks', ({ points, checks }) => {
    expect(checks.reduce((sum, check) => sum + check.points, 0)).toBeCloseTo(points, 10);
  });
});

type Node = Readonly<Record<string, unknown>>;

/** Paths of all objects in a schema that accept keys nobody named. */
function openObjects(node: unknown, place: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, additionalProperties, patternProperties } = node as Node;
  const open = type === 'object' && additionalProperties !== false && patternProperties === undefined;
  const inside = Object.entries(node).flatMap(([key, value]) => openObjects(value, `${place}/${key}`));
  return open ? [place === '' ? '/' : place, ...inside] : inside;
}
