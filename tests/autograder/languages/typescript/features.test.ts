/** The parts of TypeScript that students use mean in a child what they mean at home. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudent, question, type StudentSession } from '../../session/student-session.ts';

const FEATURES: Readonly<Record<string, readonly [string, number]>> = {
  'an enum': ['enum Kind { Prior = 3, Posterior } export const run = () => Kind.Posterior;', 4],
  'a constant enum': ['const enum Kind { Prior = 3, Posterior } export const run = () => Kind.Posterior;', 4],
  'a namespace': ['namespace Maths { export const two = 2; } export const run = () => Maths.two;', 2],
  'a parameter property': ['class Box { constructor(readonly value: number) {} } export const run = () => new Box(5).value;', 5],
  'private fields and accessors': ['class Box { #v = 1; accessor w = 2; get both() { return this.#v + this.w; } } export const run = () => new Box().both;', 3],
  'a generic with a constraint': ['function first<T extends readonly number[]>(x: T): T[0] { return x[0]; } export const run = () => first([6, 7] as const);', 6],
  'satisfies and as': ['const x = { a: 1 } satisfies Record<string, number>; export const run = () => (x.a as unknown as number);', 1],
  'a non-null assertion': ['const m = new Map([[1, 2]]); export const run = () => m.get(1)!;', 2],
  overloads: ['function f(x: string): number; function f(x: number): number; function f(x: unknown) { return Number(x); } export const run = () => f("8");', 8],
  'a declared global': ['declare const nowhere: number; export const run = () => (typeof nowhere === "undefined" ? 9 : 0);', 9],
  'optional chaining and ??': ['const x: { a?: { b?: number } } = {}; export const run = () => x.a?.b ?? 10;', 10],
  'using a generator': ['function* count() { yield 4; yield 5; } export const run = () => [...count()].reduce((a, b) => a + b);', 9],
  'a class decorator of today’s standard': ['const mark = (value: any, _: unknown) => value; @mark class A { x = 3; } export const run = () => new A().x;', 3],
  'a default export beside it': ['export default class Model {} export const run = () => 11;', 11],
  'an export list with another name': ['const inner = () => 12; export { inner as run };', 12],
  'a re-export': ["export { value as run } from './shared.ts';", 13],
  'a re-export of everything': ["export * from './shared.ts'; export const run = () => 14;", 14],
  'module.exports': ['declare const module: any; module.exports = { run: () => 15 };', 15],
  'exports': ['declare const exports: any; exports.run = function () { return 16; };', 16],
  'an async function': ['export async function run() { return await Promise.resolve(17); }', 17],
  'a function declared after its export': ['export { run }; function run() { return 18; }', 18],
  'unused imports of things that are not there': ["import { Missing } from './missing.ts'; export const run = (_?: Missing) => 19;", 19],
};

const names = Object.keys(FEATURES);
const files = Object.fromEntries(names.map((name, index) => [`feature-${index}.ts`, FEATURES[name]?.[0] ?? '']));

describe('a hand-in may use', () => {
  let opened: StudentSession;
  beforeAll(async () => {
    opened = await openStudent({ ...files, 'shared.ts': 'export const value = () => 13;' }, { isolation: 'none', tasks: 100 });
  });
  afterAll(() => opened.session.close());

  it.each(names)('%s', async (name) => {
    opened.session.startTask();
    const reply = await opened.session.ask(question({ module: `feature-${names.indexOf(name)}.ts` }));
    expect(reply).toMatchObject({ kind: 'returned', value: { kind: 'number', value: FEATURES[name]?.[1] } });
  });
});
