/** What is sent to a child: inputs only, so that no change to an expected value can be seen from inside. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnswerKey, openAnswerKey } from '../../../autograder/answer-key/answer-key.ts';
import { projectRoot } from '../../../autograder/paths.ts';
import { encodeCall, encodeLoad } from '../../../autograder/session/requests.ts';
import { assignments } from '../../../assignments/assignments.ts';
import type { Expectation } from '../../../contract/expectation.ts';
import { Call, Load } from '../../../contract/messages.ts';
import { tasksOf } from '../../../contract/rubric.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../contract/safetensors.ts';
import { parser } from '../../../contract/schema.ts';
import { HELPERS_FILE, languageOfHelpers } from '../../../contract/supplied-helpers.ts';

const NAMES_OF_ANSWERS = ['answers', 'tolerance', 'misconceptions'];

/** A copy of a fixture set whose every expected value is another number. */
function withOtherAnswers(folder: string, copy: string): void {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  for (const name of Object.keys(manifest.files)) {
    if (!name.endsWith('.json') || name === HELPERS_FILE || languageOfHelpers(name) !== null) continue;
    const fixture = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    const stored = new Set<string>();
    for (const entry of Object.values(fixture.tasks).flat() as Record<string, unknown>[]) {
      for (const key of NAMES_OF_ANSWERS.filter((part) => entry[part] !== undefined)) {
        for (const tensor of findStored(entry[key])) stored.add(tensor);
        entry[key] = altered(entry[key]);
      }
    }
    const tensorFile = name.replace(/json$/, 'safetensors');
    fs.writeFileSync(path.join(copy, name), JSON.stringify(fixture));
    if (!fs.existsSync(path.join(folder, tensorFile))) continue;
    const tensors = decodeSafetensors(fs.readFileSync(path.join(folder, tensorFile)));
    for (const [key, { values }] of tensors) if (stored.has(key)) for (const index of values.keys()) values[index] = 1;
    fs.writeFileSync(path.join(copy, tensorFile), encodeSafetensors(tensors));
  }
  for (const name of Object.keys(manifest.files)) {
    if (!fs.existsSync(path.join(copy, name))) fs.copyFileSync(path.join(folder, name), path.join(copy, name));
    manifest.files[name] = createHash('sha256').update(fs.readFileSync(path.join(copy, name))).digest('hex');
  }
  fs.writeFileSync(path.join(copy, 'manifest.json'), JSON.stringify(manifest));
}

function altered(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? value : value.map(altered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'values' && Array.isArray(inner)) return [key, inner.map((number: number) => 3 * number + 17)];
      if (key === 'absolute' || key === 'relative') return [key, 0.5];
      return [key, altered(inner)];
    }),
  );
}

function findStored(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'stored' ? [String(inner)] : findStored(inner)));
}

const numbersIn = (list: readonly Expectation[]): readonly number[] =>
  list.flatMap(({ accepted }) => accepted.flatMap(({ values }) => [...values.values()].flatMap((tensor) => [...tensor.values])));

let copy = '';
beforeAll(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-other-answers-'));
});
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

describe.each([...assignments.values()])('the questions of $id', (assignment) => {
  const folder = path.join(projectRoot, 'fixtures', assignment.id);
  const tasks = tasksOf(assignment).filter((task) => task.kind === 'function');
  let key: AnswerKey;
  let other: AnswerKey;
  beforeAll(async () => {
    withOtherAnswers(folder, copy);
    key = await openAnswerKey(folder, { basicOnly: false });
    other = await openAnswerKey(copy, { basicOnly: false });
  });

  it.each(tasks)('$id: every byte sent is the same whatever the expected values are', (task) => {
    expect(numbersIn(other.expectationsFor(task))).not.toEqual(numbersIn(key.expectationsFor(task)));
    const bytes = (of: AnswerKey) => of.questionsFor(task).map(({ question }, index) => Buffer.from(encodeCall(index, question)));
    expect(bytes(key).length).toBeGreaterThan(0);
    expect(Buffer.concat(bytes(other)).equals(Buffer.concat(bytes(key)))).toBe(true);
  });

  it.each(tasks)('$id: each call fits its schema, and names neither case nor task', (task) => {
    const parse = parser('a call', Call);
    for (const { case: id, question } of key.questionsFor(task)) {
      const frame = Buffer.from(encodeCall(1, question));
      const header = frame.subarray(8, 8 + frame.readUInt32LE(0)).toString();
      expect(parse(JSON.parse(header)).function).toBe(task.function);
      expect([id, task.id, 'hidden', 'basic'].filter((word) => header.includes(`"${word}"`))).toEqual([]);
    }
  });
});

describe('a hand-in', () => {
  it('fits its schema', () => {
    const frame = Buffer.from(encodeLoad({ files: [{ path: 'vae.ts', code: '' }, { path: 'x.ts', broken: 'why' }], originals: [] }));
    expect(parser('a hand-in', Load)(JSON.parse(frame.subarray(8).toString())).files).toHaveLength(2);
  });
});
