import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportGradebook, type GradebookRequest } from '../../../autograder/export/export.ts';
import { parseSheet, sheetText } from '../../../autograder/export/sheet.ts';
import { canvasFeedbackOwner, canvasImport, moodleFeedbackOwner, moodleImport } from './importers.ts';
import { canvasSheet, moodleSheet, result } from './sheets.ts';

function fill(request: Partial<GradebookRequest> & { readonly text: string }) {
  return exportGradebook({ system: 'canvas', results: [], partial: false, ...request, sheet: Buffer.from(request.text) });
}

function filled(request: Partial<GradebookRequest> & { readonly text: string }) {
  const made = fill(request);
  if (made.kind === 'refused') throw new Error(made.reasons.join('\n'));
  return made;
}

function reasons(request: Partial<GradebookRequest> & { readonly text: string }): string {
  const made = fill(request);
  return made.kind === 'refused' ? made.reasons.join('\n') : 'written';
}

const changedLines = (before: string, after: string): readonly number[] => {
  const [old, now] = [before.split('\n'), after.split('\n')];
  expect(now.length).toBe(old.length);
  return old.flatMap((line, at) => (line === now[at] ? [] : [at]));
};

describe('a sheet', () => {
  test('comes back byte for byte when nothing is changed', () => {
    const cell = fc.oneof(fc.constantFrom('', '"a ""b"", c"', '"x\r\ny"', 'Ü', ' pad ', '12.50', "'=1"), fc.stringMatching(/^[A-Za-z0-9 .'()-]{0,8}$/));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';'), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\uFEFF'), fc.boolean(), (cells, delimiter, end, mark, ended) => {
        const text = mark + cells.map((row) => row.join(delimiter)).join(end) + (ended ? end : '');
        const sheet = parseSheet(text);
        expect(sheet).not.toBeNull();
        expect(sheet === null ? '' : sheetText(sheet)).toBe(text);
      }),
    );
  });

  test.each(['a,"b\n', 'a,"b"c,d\n', 'a,b"c,d\n"'])('that is no CSV: %j', (text) => {
    expect(reasons({ text })).toMatch(/not a well-formed CSV/);
  });
});

describe('Canvas', () => {
  const column = '12345';
  const results = [result('101', 70.5), result('s-02', 66.125), result('pat', 50)];

  test('takes the sheet back with the marks in the rows of their students and nothing else changed', () => {
    const { text, written, notes } = filled({ text: canvasSheet, results, column });
    expect(written).toBe(2);
    expect(changedLines(canvasSheet, text)).toEqual([3, 4]);
    const [before, after] = [canvasImport(Buffer.from(canvasSheet)), canvasImport(Buffer.from(text))];
    expect(after.get('777')).toEqual(before.get('777'));
    expect(after.get('12345')).toEqual(new Map([['101', 70.5], ['102', 66.125], ['103', null], ['104', null], ['105', null]]));
    expect(notes).toEqual([
      'Ångström, Zoë: 12.00 becomes 66.125.',
      'O"Neil, Pat: left as it is, because the student is excused (EX).',
      'No result for, so left as they are: Absent, Al; Student, Test.',
    ]);
  });

  test('keeps byte order mark, semicolons, line ends and the decimal comma', () => {
    const semicolons = `\uFEFF${canvasSheet.replaceAll('"HW2, the VAE (12345)"', 'HW2 (12345)').replaceAll(/(?<!["\w])"([^"]*), ([^"]*)"/g, '$1 $2').replaceAll(',', ';').replaceAll(/(\d)\.(\d\d)/g, '$1,$2').replaceAll('\n', '\r\n')}`;
    const { text } = filled({ text: semicolons, results: [result('101', 70.5)], column });
    expect(changedLines(semicolons, text)).toEqual([3]);
    expect(text.split('\r\n')[3]).toContain(';9,50;70,50;');
    expect(canvasImport(Buffer.from(text)).get('12345')?.get('101')).toBe(70.5);
  });

  test('reads short sheets too, as some courses make by hand', () => {
    const short = 'Student,ID,Section,HW2 (1)\nJane,7,A,\n';
    expect(filled({ text: short, results: [result('7', 3)] }).text).toBe('Student,ID,Section,HW2 (1)\nJane,7,A,3.00\n');
  });

  test('a mark that is there already changes nothing, however it is written', () => {
    const once = filled({ text: canvasSheet, results, column }).text;
    expect(filled({ text: once, results, column }).text).toBe(once);
  });

  test('a sheet it would not take back, or a column that cannot be told', () => {
    expect(reasons({ text: 'Name,Points\nJane,3\n' })).toMatch(/not a Canvas gradebook/);
    expect(reasons({ text: 'LastName,FirstName,ID,Section,HW2 (1)\n' })).toMatch(/Split Student Names/);
    expect(reasons({ text: canvasSheet })).toMatch(/--column[^]*HW1 \(777\)[^]*HW2, the VAE \(12345\)/);
    expect(reasons({ text: canvasSheet, column: 'HW3' })).toMatch(/no assignment "HW3"/);
    expect(reasons({ text: 'Student,ID,Section,Final Score (1)\nJane,7,A,\n', column: '1' })).toMatch(/Canvas drops/);
    expect(reasons({ text: 'Student,ID,Section,HW (1),HW (2)\n', column: 'HW' })).toMatch(/several columns/);
    expect(fill({ text: Buffer.from([0xff, 0x41]).toString('latin1'), results: [] }).kind).toBe('refused');
  });

  test('says when the gradebook counts to another number', () => {
    const { notes } = filled({ text: canvasSheet.replace('83.00', '100.00'), results: [result('101', 70)], column });
    expect(notes[0]).toMatch(/100\.00 as the most.*out of 83/);
  });
});

describe('ids', () => {
  test('that fit no row, several rows, or a row that is taken: all are named and nothing is written', () => {
    const twice = canvasSheet.replace('s-04', 's-01');
    expect(reasons({ text: twice, column: '777', results: [result('nobody', 1), result('s-01', 2), result('102', 3), result('zoe@x.edu', 4)] })).toBe(
      ['nobody is in no row.', 's-01 fits several rows: Doe, Jane; Absent, Al.', 'Ångström, Zoë would get the marks of 102 and zoe@x.edu.'].join('\n'),
    );
  });

  test('that the system never heard of give way to the number under which it gave out the hand-in', () => {
    const canvas = [result('anna', 3, { source: 'doejane_LATE_101_9001_hw2.zip' }), result('bert', 4, { source: 'somebody/angstromzoe_102_9002_hw2.zip' })];
    const { text, feedback } = filled({ text: canvasSheet, column: '777', results: canvas });
    expect(canvasImport(Buffer.from(text)).get('777')).toEqual(new Map([['101', 3], ['102', 4], ['103', null], ['104', 1], ['105', null]]));
    expect(feedback.unsent).toEqual([]);
    const moodle = [result('anna', 3, { source: 'Jane Doe_5001_assignsubmission_file_' }), result('bert', 4, { source: 'Zoë Ångström_5002_assignsubmission_file_/hw.zip' })];
    const worksheet = filled({ text: moodleSheet, system: 'moodle', results: moodle });
    expect(moodleImport(Buffer.from(worksheet.text))).toEqual(new Map([['Participant 5001', 3], ['Participant 5002', 4], ['Participant 5003', null]]));
    expect(worksheet.feedback.files.map(({ name }) => moodleFeedbackOwner(name, new Set(['5001', '5002', '5003'])))).toEqual(['5001', '5002']);
  });

  test('of a group are not told by the number of who handed in for it', () => {
    const source = 'Jane Doe_5001_assignsubmission_file_';
    expect(reasons({ text: moodleSheet, system: 'moodle', results: [result('anna', 3, { source }), result('zoe@x.edu', 3, { source })] })).toBe('anna is in no row.');
  });

  test('that are another student’s number in the sheet are no numbers of the system', () => {
    expect(reasons({ text: canvasSheet.replace('s-04', '909'), column: '777', results: [result('anna', 3, { source: 'doejane_909_9001_hw2.zip' })] })).toBe('anna is in no row.');
  });

  test('differ in case and in the spelling of accents only on paper', () => {
    expect(filled({ text: canvasSheet.replace('zoe@x.edu', 'Zoe\u0308@X.edu'), column: '777', results: [result('zo\u00eb@x.edu', 5)] }).written).toBe(1);
  });
});

describe('marks that are awaited', () => {
  const results = [result('101', null), result('102', 66)];

  test('keep everything from being written', () => {
    expect(reasons({ text: canvasSheet, results, column: '12345' })).toBe('101 still has marks to be given.');
  });

  test('stay open under --partial, never a zero', () => {
    const { text, written } = filled({ text: canvasSheet, results, column: '12345', partial: true });
    expect(written).toBe(1);
    expect(canvasImport(Buffer.from(text)).get('12345')?.get('101')).toBeNull();
    expect(changedLines(canvasSheet, text)).toEqual([4]);
  });
});

describe('Moodle', () => {
  const results = [result('5001', 70.5), result('zoe@x.edu', 66), result('5003', 1)];

  test('takes the worksheet back with the grades of the participants it knows', () => {
    const { text, written, notes } = filled({ text: moodleSheet, system: 'moodle', results });
    expect(written).toBe(2);
    expect(moodleImport(Buffer.from(text))).toEqual(new Map([['Participant 5001', 70.5], ['Participant 5002', 66], ['Participant 5003', null]]));
    expect(changedLines(moodleSheet, text)).toEqual([1, 2]);
    expect(text).toContain('"<p>See ""page 2"",\r\nplease</p>"');
    expect(notes).toContain('Al_ber/to Roy (5003): left as it is, because Moodle says that this grade cannot be changed.');
  });

  test('of a site with decimal commas gets quoted commas', () => {
    const comma = moodleSheet.replaceAll('83.00', '"83,00"').replace('12.00', '"12,00"');
    const { text } = filled({ text: comma, system: 'moodle', results: [result('5001', 70.5)] });
    expect(text).toContain('"Submitted for grading - ","70,50","83,00"');
    expect(moodleImport(Buffer.from(text), true).get('Participant 5001')).toBe(70.5);
  });

  test('with blind marking has no names', () => {
    const blind = 'Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\nParticipant 9,Submitted,,83.00,Yes,-\n';
    expect(moodleImport(Buffer.from(filled({ text: blind, system: 'moodle', results: [result('Participant 9', 4)] }).text)).get('Participant 9')).toBe(4);
  });

  test('a worksheet it would not take back', () => {
    const german = moodleSheet.replace('Identifier', 'ID').replace('Grade,', 'Bewertung,');
    expect(reasons({ text: german, system: 'moodle' })).toMatch(/lacks Identifier, Grade\..*English/);
    expect(reasons({ text: moodleSheet.replaceAll(',', ';'), system: 'moodle' })).toMatch(/semicolons/);
    expect(reasons({ text: moodleSheet.replace('5003', '5001'), system: 'moodle' })).toMatch(/Participant 5001 is in rows 2 and 4/);
    expect(reasons({ text: moodleSheet.replace('"Maximum grade"', 'Scale'), system: 'moodle' })).toMatch(/scale/);
    expect(reasons({ text: moodleSheet.replace(',Yes,', ','), system: 'moodle' })).toMatch(/cells and the header/);
  });
});

describe('feedback', () => {
  test('reaches its participant in Moodle, whatever stands in the name', () => {
    const { feedback } = filled({ text: moodleSheet, system: 'moodle', results: [result('5001', 1), result('5003', 2)] });
    const owners = feedback.files.map(({ studentId, name }) => [studentId, moodleFeedbackOwner(name, new Set(['5001', '5002', '5003']))]);
    expect(owners).toEqual([['5001', '5001'], ['5003', '5003']]);
    expect(feedback.unsent).toEqual([]);
  });

  test('reaches its student and attachment in Canvas; who cannot be reached is named', () => {
    const results = [result('101', 1, { source: 'doejane_LATE_101_9001_hw2.zip' }), result('102', 1, { source: 'angstromzoe_102_9002_hw2_3_final-1.zip' }), result('103', 1, { source: 'pat.zip' })];
    const { feedback } = filled({ text: canvasSheet, column: '777', results });
    expect(feedback.files.map(({ studentId, name }) => [studentId, ...canvasFeedbackOwner(name)])).toEqual([['101', '101', '9001'], ['102', '102', '9002']]);
    expect(feedback.unsent).toEqual([expect.stringMatching(/^103: "pat.zip"/)]);
  });
});
