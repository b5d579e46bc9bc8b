import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IntakeError } from '../../../autograder/intake/intake.ts';
import { parseStudentList, readStudentList } from '../../../autograder/intake/student-list.ts';
import { scratchFolder } from './zips.ts';

const scratch = scratchFolder();
const parse = (text: string | Buffer) => [...parseStudentList('list.csv', Buffer.from(text)).rows.values()];

describe('as spreadsheets write it', () => {
  test.each([
    ['plain', 'submission,student_id,name\nhw2.zip,s1,"Doe, Jane"\n'],
    ['byte order mark and Windows line ends', '\ufeffsubmission,student_id,name\r\nhw2.zip,s1,"Doe, Jane"\r\n'],
    ['semicolons', 'submission;student_id;name\nhw2.zip;s1;Doe, Jane\n'],
    ['tabs, in UTF-16', Buffer.from('\ufeffsubmission\tstudent_id\tname\r\nhw2.zip\ts1\tDoe, Jane', 'utf16le')],
    ['other columns, another order, capitals, spaces', 'Section, Name ,Student_ID,Submission\nA,"Doe, Jane", s1 ,hw2.zip\n\n,,,\n'],
  ])('%s', (_, text) => {
    expect(parse(text)).toMatchObject([{ submission: 'hw2.zip', student: { id: 's1', name: 'Doe, Jane' } }]);
  });

  test('no name, header only', () => {
    expect(parse('submission,student_id\na.zip,s1')[0]?.student).toEqual({ id: 's1' });
    expect(parse('submission,student_id')).toEqual([]);
  });
});

describe('refused with the file and the line', () => {
  test.each([
    ['', /needs a first line with the columns .*; it has: nothing/],
    ['jane.zip,s1\n', /it has: jane\.zip, s1/],
    ['submission\nx\n', /needs a first line/],
    ['submission,student_id\na,s1\n,s2\n', /list\.csv, line 3: the column submission is empty/],
    ['submission,student_id\n\na\n', /line 3: the column student_id is empty/],
    ['submission,student_id\na,s/1\n', /line 2: "s\/1" cannot name a report file; "s_1" could/],
    ['submission,student_id\na.zip,s1\nb,s2\nA,s3\n', /line 4: "A" is already on line 2/],
    ['submission,student_id\na,"s1\n', /not a well-formed CSV/],
    ['\0', /not a text file/],
  ])('%j', (text, message) => {
    expect(() => parse(text)).toThrow(IntakeError);
    expect(() => parse(text)).toThrow(message);
  });
});

test('read from a file; one that is not there is said so', async () => {
  const file = join(scratch.path, 'list.csv');
  await writeFile(file, 'submission,student_id\na,s1\n');
  expect((await readStudentList(file)).rows.size).toBe(1);
  await expect(readStudentList(join(scratch.path, 'none.csv'))).rejects.toThrow(/ENOENT/);
});
