/** Marks of persons: what is right counts, what is not is named and changes nothing, what was typed stays. */
import { describe, expect, it } from 'vitest';
import { answersToMark, applyMarks, extendSheet, matchRows, parseGuidance, parseMarks } from '../../../autograder/marking/marking.ts';
import { gradeOf } from '../../../autograder/score/score.ts';
import type { TaskResult } from '../../../contract/outcome.ts';
import type { SubmissionResult } from '../../../contract/result.ts';

const text: TaskResult = {
  task: 'hw/vae/beta', title: 'Beta', where: 'answers.md', handoutName: '', points: 3, earned: 0, bonus: false,
  outcome: 'awaiting-person', message: 'A person marks this answer.', checks: [], answer: 'It weighs the KL.', remarks: [],
};
const checked: TaskResult = {
  ...text, task: 'hw/vae/elbo', outcome: 'fail', earned: 2, points: 6, message: '', answer: 'unused',
  checks: [{ check: 'kl', title: 'kl', points: 6, earned: 2, outcome: 'fail', message: '', evidence: [] }],
};
const unanswered: TaskResult = { ...text, task: 'hw/vae/grid', outcome: 'unanswered', message: 'No picture was found.' };

function resultOf(id: string, tasks: readonly TaskResult[] = [text, checked, unanswered]): SubmissionResult {
  const questions = [{ id: 'vae', title: 'VAE', tasks: [...tasks] }];
  return {
    student: { id }, source: `${id}.zip`, assignment: { id: 'hw', title: 'Homework' }, status: 'graded', notes: [], questions,
    grade: gradeOf(questions), fixtures: { term: 't', hash: '0', publicOnly: true }, isolation: 'bubblewrap', warnings: [],
  };
}

const result = resultOf('0042');
const [answer] = answersToMark([result]);
const row = answer?.row ?? '';
const header = 'row,task,student_id,points,mark,comment,reason';

/** What the rows of a sheet make of the result above. */
function marked(csv: string, students: readonly string[] = ['0042'], ...more: readonly string[]) {
  const files = [csv, ...more].map((body, index) => parseMarks(`sheet-${index + 1}.csv`, Buffer.from(body)));
  const matched = matchRows(files.flatMap(({ rows }) => rows), students);
  const applied = applyMarks(result, matched.rowsOf.get('0042') ?? []);
  return { tasks: applied.result.questions[0]?.tasks ?? [], grade: applied.result.grade, problems: [...files.flatMap(({ problems }) => problems), ...matched.problems, ...applied.problems] };
}

describe('the sheet', () => {
  it('has a row for what a person marks, and for nothing else', () => {
    expect(answersToMark([result]).map(({ task }) => task)).toEqual(['hw/vae/beta']);
    expect(answersToMark([{ ...result, status: 'refused' }])).toEqual([]);
    expect(extendSheet(answersToMark([result]), null, [])).toBe(`${header}\n${row},hw/vae/beta,0042,3,,,\n`);
  });

  it('names an answer by a word that no spreadsheet takes for a number, another once the answer changes', () => {
    expect(row).toMatch(/^r[0-9a-f]{10}$/);
    const changed = resultOf('0042', [{ ...text, answer: 'It weighs the KL!' }]);
    expect(answersToMark([changed])[0]?.row).not.toBe(row);
    expect(answersToMark([resultOf('0043')])[0]?.row).not.toBe(row);
  });

  it('names a PDF by what is in it: another under the same name is another answer', () => {
    const { answer: _typed, ...task } = text;
    const rowOf = (sha256: string) => answersToMark([resultOf('0042', [{ ...task, attachments: [{ name: 'paper.pdf', sha256 }] }])])[0]?.row;
    expect(rowOf('aa')).toBe(rowOf('aa'));
    expect(rowOf('bb')).not.toBe(rowOf('aa'));
  });

  it('keeps every byte that was typed and adds what is missing, in the columns and with the delimiter it has', () => {
    const typed = `\ufeffmark;row;task;student_id;remark\n2,5;${row};hw/vae/beta;42;"half; done"\n`;
    const { rows } = parseMarks('sheet.csv', Buffer.from(typed));
    const extended = extendSheet(answersToMark([result, resultOf('0043')]), typed, rows);
    expect(extended.startsWith(typed)).toBe(true);
    expect(extended.slice(typed.length)).toMatch(/^;r[0-9a-f]{10};hw\/vae\/beta;0043;\n$/);
    expect(extendSheet(answersToMark([result]), typed, rows)).toBe(typed);
  });

  it('keeps an id from being run as a formula, and takes it back', () => {
    const sheet = extendSheet(answersToMark([resultOf('-1+1')]), null, []);
    expect(sheet).toContain(",'-1+1,");
    expect(parseMarks('sheet.csv', Buffer.from(sheet)).rows[0]?.student).toBe('-1+1');
  });
});

describe('a mark', () => {
  it.each([
    ['with a decimal point', `${header}\n${row},hw/vae/beta,0042,3,2.5,,\n`, 2.5],
    ['with a decimal comma, as semicolons allow', `${header.replaceAll(',', ';')}\n${row};hw/vae/beta;0042;3;2,5;;\n`, 2.5],
    ['with a decimal comma in quotes', `${header}\n${row},hw/vae/beta,0042,3,"2,5",,\n`, 2.5],
    ['after Excel: byte order mark, Windows line ends, zeros gone', `\ufeff${header.replaceAll(',', ';')}\r\n${row};hw/vae/beta;42;3;3;;\r\n`, 3],
    ['of zero', `${header}\n${row},hw/vae/beta,0042,3,0,Nothing of it.,\n`, 0],
    ['in columns of another order', `mark,student_id,row,task\n1,0042,${row},hw/vae/beta\n`, 1],
    ['twice, where both agree', `${header}\n${row},hw/vae/beta,0042,3,1,,\n${row},hw/vae/beta,0042,3,1.0,,\n`, 1],
  ])('%s counts', (_, csv, earned) => {
    const { tasks, grade, problems } = marked(csv);
    expect(problems).toEqual([]);
    expect(tasks[0]).toMatchObject({ earned, outcome: earned === 3 ? 'pass' : 'fail', marked: { override: false } });
    expect(grade).toMatchObject({ awaitingPoints: 0, final: 2 + earned });
  });

  it.each([
    ['no number', `${header}\n${row},hw/vae/beta,0042,3,good,,\n`, '“good” is no mark'],
    ['a fraction', `${header}\n${row},hw/vae/beta,0042,3,2/3,,\n`, '“2/3” is no mark'],
    ['negative', `${header}\n${row},hw/vae/beta,0042,3,-1,,\n`, '“-1” is no mark'],
    ['an exponent', `${header}\n${row},hw/vae/beta,0042,3,1e0,,\n`, '“1e0” is no mark'],
    ['not finite', `${header}\n${row},hw/vae/beta,0042,3,NaN,,\n`, '“NaN” is no mark'],
    ['with two commas', `${header}\n${row},hw/vae/beta,0042,3,"1,2,3",,\n`, '“1,2,3” is no mark'],
    ['a date, as spreadsheets make of 2.5', `${header}\n${row},hw/vae/beta,0042,3,02-May,,\n`, '“02-May” is no mark'],
    ['more than the task is worth', `${header}\n${row},hw/vae/beta,0042,3,4,,\n`, 'is more than the 3'],
    ['with a decimal comma that made two cells', `${header}\n${row},hw/vae/beta,0042,3,2,5,a comment,\n`, 'Is there a comma in a mark'],
    ['for an answer that has changed', `${header}\nr0123456789,hw/vae/beta,0042,3,2,,\n`, 'has changed since it was given 2'],
    ['for a task that is not there', `${header}\n${row},hw/vae/gamma,0042,3,2,,\n`, 'there is no task hw/vae/gamma'],
    ['for no task', `${header}\n${row},,0042,3,2,,\n`, 'there is no task without an id'],
    ['for a stranger', `${header}\n${row},hw/vae/beta,7,3,2,,\n`, 'no hand-in of 7'],
    ['for nobody', `${header}\n${row},hw/vae/beta,,3,2,,\n`, 'no hand-in of a student without an id'],
  ])('that is %s is named and changes nothing', (_, csv, problem) => {
    const { tasks, grade, problems } = marked(csv);
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).toMatch(/^sheet-1\.csv, line 2: /);
    expect(tasks).toEqual(result.questions[0]?.tasks);
    expect(grade).toEqual(result.grade);
  });

  it('of an id that lost its zeros goes to nobody while two may be meant', () => {
    const { tasks, problems } = marked(`${header}\n${row},hw/vae/beta,42,3,2,,\n`, ['0042', '00042']);
    expect(problems).toEqual([expect.stringContaining('42 may be 0042 or 00042')]);
    expect(tasks[0]?.outcome).toBe('awaiting-person');
  });

  it('that two markers gave differently counts for neither', () => {
    const one = `${header}\n${row},hw/vae/beta,0042,3,2,,\n`;
    const { tasks, problems } = marked(one, ['0042'], one.replace(',2,', ',3,'));
    expect(problems).toEqual(['sheet-1.csv, line 2 and sheet-2.csv, line 2 give 0042 2 and 3 for hw/vae/beta. Neither counts until they agree.']);
    expect(tasks[0]?.outcome).toBe('awaiting-person');
  });

  it('merges from several sheets, empty rows aside', () => {
    const empty = `${header}\n${row},hw/vae/beta,0042,3,,,\n`;
    const { tasks, problems } = marked(empty, ['0042'], `${header}\n${row},hw/vae/beta,0042,3,2,"Say why, too.",\n`);
    expect(problems).toEqual([]);
    expect(tasks[0]).toMatchObject({ earned: 2, marked: { comment: 'Say why, too.' } });
  });
});

describe('a mark in place of the machine’s', () => {
  it('counts with a reason', () => {
    const { tasks, grade, problems } = marked(`${header}\n,hw/vae/elbo,0042,6,6,,The fixture was wrong.\n`);
    expect(problems).toEqual([]);
    expect(tasks[1]).toMatchObject({ earned: 6, outcome: 'pass', marked: { override: true, reason: 'The fixture was wrong.' } });
    expect(grade.raw).toBe(6);
  });

  it('needs a reason', () => {
    const { tasks, problems } = marked(`${header}\n,hw/vae/elbo,0042,6,6,,\n`);
    expect(problems).toEqual([expect.stringContaining('needs a reason')]);
    expect(tasks[1]).toEqual(checked);
  });

  it('closes what waited for a person or could not be graded', () => {
    const open = resultOf('0042', [{ ...checked, outcome: 'not-gradable', checks: checked.checks.map((check) => ({ ...check, earned: 0, outcome: 'not-gradable' as const })) }]);
    expect(open.grade.final).toBeNull();
    const { rows } = parseMarks('sheet.csv', Buffer.from(`${header}\n,hw/vae/elbo,0042,6,4,,Read by a person.\n`));
    expect(applyMarks(open, rows).result.grade).toMatchObject({ final: 4, notGradablePoints: 0 });
  });
});

describe('a file that is no sheet', () => {
  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'is not a text file'],
    ['another table', Buffer.from('name,grade\nAda,1\n'), 'needs a first line with the columns'],
    ['nothing', Buffer.from(''), 'missing: row, task, student_id, mark'],
    ['torn', Buffer.from(`${header}\n"${row},hw/vae/beta`), 'is not a well-formed CSV'],
  ])('%s is refused before anything is graded', (_, bytes, message) => {
    expect(() => parseMarks('sheet.csv', bytes)).toThrow(message);
  });
});

describe('guidance', () => {
  it('is found by task', () => {
    const guidance = parseGuidance('# Title\nabove\n## hw/vae/beta\n\nModel.\n\n- 1 mark\n\n## hw/vae/grid\r\nA grid.\r\n');
    expect([...guidance]).toEqual([['hw/vae/beta', 'Model.\n\n- 1 mark'], ['hw/vae/grid', 'A grid.']]);
  });
});
