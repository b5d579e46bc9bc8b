/** Three hundred answers and a marker at midnight: each kind of mistake is named with its line, and harms nobody else. */
import { describe, expect, test } from 'vitest';
import { answersToMark, applyMarks, extendSheet, matchRows, parseMarks } from '../../../autograder/marking/marking.ts';
import { gradeOf } from '../../../autograder/score/score.ts';
import type { TaskResult } from '../../../contract/outcome.ts';
import type { SubmissionResult } from '../../../contract/result.ts';

const answer = (id: number, task: string): TaskResult => ({
  task: `hw/vae/${task}`, title: task, where: 'answers.md', handoutName: '', points: 3, earned: 0, bonus: false,
  outcome: 'awaiting-person', message: 'A person marks this answer.', checks: [], answer: `Answer ${task} of number ${id}, with "quotes", commas and\nlines.`, remarks: [],
});
const machine: TaskResult = { ...answer(0, 'elbo'), outcome: 'pass', earned: 3, message: '', checks: [{ check: 'kl', title: 'kl', points: 3, earned: 3, outcome: 'pass', message: '', evidence: [] }] };

const results = Array.from({ length: 150 }, (_, at): SubmissionResult => {
  const questions = [{ id: 'vae', title: 'VAE', tasks: [answer(at, 'one'), answer(at, 'two'), machine] }];
  return {
    student: { id: String(at).padStart(4, '0') }, source: 'x.zip', assignment: { id: 'hw', title: 'Homework' }, status: 'graded', notes: [], questions,
    grade: gradeOf(questions), fixtures: { term: 't', hash: '0', publicOnly: true }, isolation: 'bubblewrap', warnings: [],
  };
});
const ids = results.map(({ student }) => student.id);
const rows = answersToMark(results);
const sheet = extendSheet(rows, null, []).trimEnd().split('\n');
const [header = '', first = '', second = ''] = sheet;
const [row = '', task = '', student = ''] = first.split(',');
/** Two marks for everybody. */
const filled = sheet.map((line, at) => (at === 0 ? line : line.replace(/,,,$/, ',2,,')));

/** What a sheet makes of the class; a text where the sheet as a whole is refused. */
function marked(...sheets: readonly (string | Buffer)[]): { readonly problems: readonly string[]; readonly finals: ReadonlyMap<string, number | null> } | string {
  try {
    const files = sheets.map((body, at) => parseMarks(at === 0 ? 'manual-marks.csv' : `marker-${at}.csv`, Buffer.from(body)));
    const matched = matchRows(files.flatMap((file) => file.rows), ids);
    const applied = results.map((result) => applyMarks(result, matched.rowsOf.get(result.student.id) ?? []));
    return {
      problems: [...files.flatMap(({ problems }) => problems), ...matched.problems, ...applied.flatMap(({ problems }) => problems)],
      finals: new Map(applied.map(({ result }) => [result.student.id, result.grade.final])),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const withFirst = (line: string): string => [header, line, ...filled.slice(2)].join('\n');
const withMark = (mark: string): string => withFirst(first.replace(/,,,$/, `,${mark},,`));

/** What was done, the sheet that comes of it, and how it is named. The first answer keeps its mark open, all others count. */
const onFirst: readonly (readonly [what: string, sheet: string, named: RegExp])[] = [
  ['a mark above the maximum', withMark('4'), /line 2: 4 is more than the 3 that hw\/vae\/one is worth/],
  ['a negative mark', withMark('-1'), /line 2: “-1” is no mark/],
  ['a word for a mark', withMark('good'), /line 2: “good” is no mark/],
  ['a fraction', withMark('2/3'), /line 2: “2\/3” is no mark/],
  ['a mark with its maximum', withMark('2 of 3'), /line 2: “2 of 3” is no mark/],
  ['a percentage', withMark('66%'), /line 2: “66%” is no mark/],
  ['a power of ten, as spreadsheets write large numbers', withMark('2E+0'), /line 2: “2E\+0” is no mark/],
  ['a formula', withMark('=1+1'), /line 2: “=1\+1” is no mark/],
  ['two decimal marks', withMark('2.5.0'), /line 2: “2\.5\.0” is no mark/],
  ['a date, as spreadsheets make of 2/3', withMark('02-Mar'), /line 2: “02-Mar” is no mark/],
  ['a letter O for a zero', withMark('O'), /line 2: “O” is no mark/],
  ['a comma in a mark without quotes', withFirst(`${first.replace(/,,,$/, ',2,5,,')},`), /line 2: there are \d cells for 7 columns/],
  ['a comma in a comment without quotes', withFirst(first.replace(/,,,$/, ',2,Well seen, and short, but right,')), /line 2: there are 9 cells for 7 columns/],
  ['a student who is not in the class', withFirst(first.replace(`,${student},`, ',9999,').replace(/,,,$/, ',2,,')), /line 2: no hand-in of 9999 is here/],
  ['a student without an id', withFirst(first.replace(`,${student},`, ',,').replace(/,,,$/, ',2,,')), /line 2: no hand-in of a student without an id/],
  ['a task that is not there', withFirst(first.replace(task, 'hw/vae/three').replace(/,,,$/, ',2,,')), /line 2: there is no task hw\/vae\/three/],
  ['a mark for an answer that has changed since', withFirst(first.replace(row, 'r0000000000').replace(/,,,$/, ',2,,')), /line 2: the answer of \d+ to hw\/vae\/one has changed since/],
  ['the same answer twice, with two marks', [...filled, first.replace(/,,,$/, ',1,,')].join('\n'), /line 2 and manual-marks\.csv, line 302 give \d+ 2 and 1/],
  ['an answer that was passed over', withMark(''), /^$/],
];

describe('of 300 answers', () => {
  test('the sheet has a row each, and a right sheet leaves nothing open', () => {
    expect(rows.length).toBe(300);
    const all = marked(filled.join('\n'));
    expect(all).toMatchObject({ problems: [] });
    expect(typeof all === 'string' ? [] : [...new Set(all.finals.values())]).toEqual([7]);
  });

  test.each(onFirst)('%s is named and costs nobody else', (_, body, named) => {
    const outcome = marked(body);
    if (typeof outcome === 'string') throw new Error(outcome);
    expect(outcome.problems.length === 0 ? '' : outcome.problems.join('\n')).toMatch(named);
    expect(outcome.problems.length).toBeLessThan(2);
    const open = [...outcome.finals].filter(([, final]) => final === null).map(([id]) => id);
    expect(open).toEqual([student]);
    expect([...new Set([...outcome.finals.values()].filter((final) => final !== null))]).toEqual([7]);
  });

  test('the machine’s mark stays where a marker overrides it without a reason', () => {
    const outcome = marked([...filled, `,hw/vae/elbo,${student},3,1,,`].join('\n'));
    expect(outcome).toMatchObject({ problems: [expect.stringMatching(/line 302: a mark in place of the machine's for hw\/vae\/elbo of \d+ needs a reason/)] });
    expect(typeof outcome === 'string' ? [] : [...new Set(outcome.finals.values())]).toEqual([7]);
  });

  test('two markers who disagree leave open what they disagree about', () => {
    const outcome = marked(filled.join('\n'), [header, first.replace(/,,,$/, ',1,,'), second.replace(/,,,$/, ',2,,')].join('\n'));
    expect(outcome).toMatchObject({ problems: [expect.stringMatching(/manual-marks\.csv, line 2 and marker-1\.csv, line 2 give/)] });
    expect(typeof outcome === 'string' ? [] : [...outcome.finals].filter(([, final]) => final === null).map(([id]) => id)).toEqual([student]);
  });

  test.each([
    ['semicolons, decimal commas, a byte order mark and Windows line ends', `\u{feff}${filled.map((line) => line.replaceAll(',', ';').replace(';2;;', ';2,0;;')).join('\r\n')}\r\n`],
    ['tabs', filled.map((line) => line.replaceAll(',', '\t')).join('\n')],
    ['ids that lost their zeros', filled.map((line, at) => (at === 0 ? line : line.replace(/,0+(\d+),3,/, ',$1,3,'))).join('\n')],
    ['rows in another order and columns of their own', [`${header},initials`, ...filled.slice(1).toReversed().map((line) => `${line},AB`)].join('\n')],
  ])('a spreadsheet that saved with %s is read as it was meant', (_, body) => {
    expect(marked(body)).toMatchObject({ problems: [] });
  });

  test.each([
    ['a column that was deleted', filled.map((line) => line.split(',').filter((_, at) => at !== 4).join(',')).join('\n'), /missing: mark/],
    ['a spreadsheet’s own format', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 0)]), /is not a text file/],
  ])('%s stops before anything is graded', (_, body, named) => {
    expect(marked(body)).toMatch(named);
  });

  test('nothing that was typed is written over when answers are added', () => {
    const typed = withMark('good');
    const more = answersToMark([...results, { ...results[0], student: { id: '9000' } } as SubmissionResult]);
    const extended = extendSheet(more, typed, parseMarks('manual-marks.csv', Buffer.from(typed)).rows);
    expect(extended.startsWith(typed)).toBe(true);
    expect(extended.trimEnd().split('\n').length).toBe(303);
  });
});
