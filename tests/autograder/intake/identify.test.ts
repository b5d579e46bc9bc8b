import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { identify, safeId } from '../../../autograder/intake/identify.ts';
import { nameProblem } from '../../../autograder/intake/safe-name.ts';
import { parseStudentList } from '../../../autograder/intake/student-list.ts';

test.each([
  ['jane', 'jane'],
  ['jane.doe', 'jane.doe'],
  ['jane@uni.edu', 'jane@uni.edu'],
  ['Jane Doe_12345_assignsubmission_file_', 'Jane_Doe_12345_assignsubmission_file_'],
  ['doejane_LATE_123_456_hw2', 'doejane_LATE_123_456_hw2'],
  ['王伟', '王伟'],
  ['Jo\u0308rg', 'Jörg'],
  ['../../etc', 'etc'],
  ['a/b\\c:d', 'a_b_c_d'],
  ['a..b...c', 'a.b.c'],
  ['=HYPERLINK(1)', 'HYPERLINK_1_'],
  ['-@+.x', 'x'],
  ['x...', 'x'],
  ['CON', 'student-CON'],
  ['aux.hw2', 'student-aux.hw2'],
  ['a\u202eb', 'a_b'],
])('%j is %j', (name, id) => {
  expect(safeId(name)).toBe(id);
});

test('names with nothing left are told apart by their hash', () => {
  const ids = ['..', '', '!!!', '__'].map(safeId);
  for (const id of ids) expect(id).toMatch(/^student-[0-9a-f]{8}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

test('long names are cut and stay apart', () => {
  const [a, b] = [safeId(`${'é'.repeat(200)}a`), safeId(`${'é'.repeat(200)}b`)];
  expect(a).not.toBe(b);
  expect(Buffer.byteLength(a)).toBeLessThanOrEqual(120);
});

test('whatever the name, the id is a file name everywhere and its own id', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 300 }), fc.constantFrom('con', 'nul.', '...', '.con')), (name) => {
      const id = safeId(name);
      expect(nameProblem(`${id}.html`)).toBeNull();
      expect(id).toMatch(/^[\p{L}\p{N}][^/\\]*$/u);
      expect(id).not.toContain('..');
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(120);
      expect(safeId(id)).toBe(id);
    }),
    { numRuns: 2_000 },
  );
});

test('the list goes before the name', () => {
  const list = parseStudentList('list.csv', Buffer.from('submission,student_id,name\nhw2 final.zip,s1,Jane Doe\n'));
  expect(identify('HW2 final.zip', list)).toEqual({ id: 's1', name: 'Jane Doe' });
  expect(identify('hw2 final', list)).toEqual({ id: 's1', name: 'Jane Doe' });
  expect(identify('other.zip', list)).toEqual({ id: 'other' });
  expect(identify('other.zip')).toEqual({ id: 'other' });
});
