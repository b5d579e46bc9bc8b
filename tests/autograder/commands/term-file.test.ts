/** A term's file and the list of times: what does not fit is named. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { readTerm, strangersTo } from '../../../autograder/commands/term-file.ts';

test('ids that are nobody of the class are named, so that a slip makes nobody late in silence', () => {
  const times = new Map([['ann', '2026-12-01T10:00'], ['anm', '2026-12-01T10:00']]);
  const term = { assignment: 'cs236-hw2', name: 'x', extensions: { bob: '2026-12-02T10:00', bbo: '2026-12-02T10:00' } };
  const ids = new Set(['ann', 'bob', 'cleo']);
  expect(strangersTo(ids, times, term)).toEqual(['In the list of times, and neither on the roster nor with a hand-in: anm', 'With an extension, and neither on the roster nor with a hand-in: bbo']);
  expect(strangersTo(new Set([...ids, 'anm', 'bbo']), times, term)).toEqual([]);
  expect(strangersTo(ids, new Map(), null)).toEqual([]);
});

test('a term with a field that is missing leads to the page that tells them all', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-term-'));
  const file = path.join(folder, 'term.json');
  fs.writeFileSync(file, JSON.stringify({ assignment: 'cs236-hw2', name: 'x', policy: { late: { kind: 'none-accepted' } } }));
  await expect(readTerm(file, assignment)).rejects.toThrow(/graceMinutes.*\. terms\/README\.md says what it holds\.$/);
  fs.rmSync(folder, { recursive: true });
});
