import { describe, expect, test } from 'vitest';
import { sharedInGroups } from '../../../autograder/intake/groups.ts';
import { parseRoster } from '../../../autograder/intake/roster.ts';

const roster = parseRoster('class.csv', Buffer.from('student_id,name,group,email\na,Ann,7,a@x\nb,Ben,7,b@x\nc,Cem,7,c@x\nd,Dan,8,d@x\ne,Eve,8,e@x\nf,Fay,,f@x\n'));
const handIn = (id: string) => ({ student: { id }, source: `${id}.zip`, path: `/x/${id}.zip` });

describe('groups of the roster', () => {
  test('share the one hand-in there is, and say whose it is', () => {
    const { handIns, odd } = sharedInGroups([handIn('B'), handIn('f')], roster);
    expect(handIns.map(({ student, source, note }: ReturnType<typeof handIn> & { note?: string }) => [student.id, source, note])).toEqual([
      ['B', 'B.zip', undefined],
      ['f', 'f.zip', undefined],
      ['a', 'B.zip', 'Handed in by B for group 7.'],
      ['c', 'B.zip', 'Handed in by B for group 7.'],
    ]);
    expect(odd).toEqual([]);
  });

  test('of which several members handed in keep their own, and the others are named', () => {
    const { handIns, odd } = sharedInGroups([handIn('a'), handIn('b'), handIn('d'), handIn('e')], roster);
    expect(handIns.map(({ student }) => student.id)).toEqual(['a', 'b', 'd', 'e']);
    expect(odd).toEqual(['Group 7: a, b handed in apart, so it is not clear whose counts for c. Leave one of them in the batch.']);
  });

  test('are no ids: two students may have the same', () => {
    expect(roster.byId.has('7')).toBe(false);
    expect(roster.students.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});
