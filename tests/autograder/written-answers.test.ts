/** Typed answers: what the template wrote is never an answer, what a student wrote is never lost. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { findAnswer, unplacedText } from '../../autograder/written-answers.ts';
import { tasksOf } from '../../contract/rubric.ts';
import type { Submission, TextFile } from '../../contract/submission.ts';
import type { WrittenTask } from '../../contract/task.ts';

const template: readonly TextFile[] = [
  {
    path: 'answers.md',
    text: '# Written answers\n\nType below.\n\n## hw/vae/trained\n\nReport three numbers.\n\n(your answer)\n\n## hw/vae/beta\n\nWhat does beta do?\n\n(your answer)\n',
  },
  { path: 'proof.md', text: '# hw/iwae/proof\n\nProve it, one step a line.\n\n(your proof)\n' },
];
const shared = { id: 'hw/vae/trained', title: '', points: 1, bonus: false, kind: 'written' } as const;
const trained: WrittenTask = { ...shared, answer: { kind: 'text', file: 'answers.md', heading: 'hw/vae/trained' } };
const beta: WrittenTask = { ...shared, answer: { kind: 'text', file: 'answers.md', heading: 'hw/vae/beta' } };
const proof: WrittenTask = { ...shared, answer: { kind: 'text', file: 'proof.md' } };
const grid: WrittenTask = { ...shared, answer: { kind: 'picture' } };

function handIn(written: readonly TextFile[], attachments: readonly string[] = []): Submission {
  return { student: { id: 's1' }, source: 's1.zip', code: [], written, attachments: attachments.map((name) => ({ name, sha256: `of ${name}` })), results: [], notes: [] };
}

/** The hand-in of a student who changed the template's answers.md like this. */
function answering(change: (text: string) => string): Submission {
  return handIn([{ path: 'answers.md', text: change(template[0]?.text ?? '') }]);
}

const first = (text: string) => (whole: string) => whole.replace('(your answer)', text);

describe('an answer under a heading', () => {
  it.each([
    ['typed in place of the placeholder', first('101.4, 19.5, 81.9'), '101.4, 19.5, 81.9'],
    ['typed below a placeholder left standing', first('(your answer)\n\n101.4'), '101.4'],
    ['typed above a placeholder left standing', first('101.4\n(your answer)'), '101.4'],
    ['of several paragraphs, blank lines kept', first('One.\n\nTwo.'), 'One.\n\nTwo.'],
    ['typed into the prompt’s own line', (text: string) => text.replace('three numbers.', 'three numbers. 101.4'), 'Report three numbers. 101.4'],
    ['with a heading of the student’s own', first('## Numbers\n101.4\n# Why\nLuck.'), '## Numbers\n101.4\n# Why\nLuck.'],
    ['with a comment that looks like a heading', first('```\n# loss\n101.4\n```'), '```\n# loss\n101.4\n```'],
    ['typed under Windows', (text: string) => first('101.4')(text).replaceAll('\n', '\r\n'), '101.4'],
    ['under a heading of another level', (text: string) => first('101.4')(text).replace('## hw/vae/trained', '#### hw/vae/trained  '), '101.4'],
    ['that says what the placeholder says, and more', first('(your answer) is 101.4'), '(your answer) is 101.4'],
  ])('%s', (_, change, text) => {
    expect(findAnswer(trained, answering(change), template)).toEqual({ kind: 'text', text });
  });

  it.each([
    ['the template as it stands', (text: string) => text],
    ['the placeholder deleted', first('')],
    ['the prompt deleted', (text: string) => text.replace('Report three numbers.', '')],
    ['prompt and placeholder deleted', (text: string) => first('')(text).replace('Report three numbers.', '')],
    ['only spaces added', first('(your answer)\n   \n\t')],
    ['the placeholder in capitals', first('  (Your Answer here)  ')],
  ])('none: %s', (_, change) => {
    expect(findAnswer(trained, answering(change), template)).toEqual({ kind: 'none' });
  });

  it('ends where the next task begins', () => {
    const submission = answering((text) => text.replace('(your answer)', 'first').replace('(your answer)', 'second'));
    expect(findAnswer(trained, submission, template)).toEqual({ kind: 'text', text: 'first' });
    expect(findAnswer(beta, submission, template)).toEqual({ kind: 'text', text: 'second' });
  });

  it.each([
    ['its heading deleted', (text: string) => first('101.4')(text).replace('## hw/vae/trained', ''), /^101\.4$/],
    ['its heading changed', (text: string) => first('101.4')(text).replace('## hw/vae/trained', '## Problem 1'), /^## Problem 1\s+101\.4$/],
    ['all headings deleted', () => 'It is 101.4.', /^It is 101\.4\.$/],
  ])('is not lost with %s', (_, change, text) => {
    expect(findAnswer(trained, answering(change), template)).toEqual({ kind: 'unplaced', text: expect.stringMatching(text) });
  });

  it('is not what stands above a heading that is there', () => {
    const submission = answering((text) => text.replace('Type below.', 'Type below.\nMy name is Ada.'));
    expect(findAnswer(trained, submission, template)).toEqual({ kind: 'none' });
    expect(unplacedText(submission, template, 'answers.md')).toBe('My name is Ada.');
  });

  it('in its place is not mixed with what stands in none', () => {
    const submission = answering((text) => first('101.4')(text).replace('Type below.', 'My name is Ada.'));
    expect(findAnswer(trained, submission, template)).toEqual({ kind: 'text', text: '101.4' });
  });

  it('is found where there is no template to compare with', () => {
    expect(findAnswer(trained, answering(first('101.4')), [])).toMatchObject({ kind: 'text', text: expect.stringContaining('101.4') });
  });
});

describe('an answer that is a whole file', () => {
  const filed = (text: string): Submission => handIn([{ path: 'proof.md', text }]);

  it('keeps the student’s own headings and leaves out the template’s lines', () => {
    const text = '# hw/iwae/proof\n\nProve it, one step a line.\n\n(your proof)\n\n## Step 1\nJensen.\n';
    expect(findAnswer(proof, filed(text), template)).toEqual({ kind: 'text', text: '## Step 1\nJensen.' });
  });

  it.each([template[1]?.text ?? '', '', '# hw/iwae/proof\n'])('is none where nothing was added: %j', (text) => {
    expect(findAnswer(proof, filed(text), template)).toEqual({ kind: 'none' });
  });
});

describe('an attachment', () => {
  it.each([
    [proof, ['paper.pdf'], ['paper.pdf']],
    [trained, ['Report.PDF', 'grid.png'], ['Report.PDF']],
    [grid, ['grid.png', 'more.JPEG', 'paper.pdf', 'weights.bin'], ['grid.png', 'more.JPEG', 'paper.pdf']],
  ])('sends the task to a person: %#', (task, attached, names) => {
    expect(findAnswer(task, handIn([], attached), template)).toMatchObject({ kind: 'attachment', files: names.map((name) => ({ name })) });
  });

  it.each([
    ['under its name', ['figures/histogram.PNG', 'grid.png', 'paper.pdf'], ['figures/histogram.PNG']],
    ['as a photograph', ['Histogram.jpeg', 'paper.pdf'], ['Histogram.jpeg']],
    ['in a PDF, or under another name, but not under that of another picture', ['model.png', 'paper.pdf', 'scan.jpg'], ['paper.pdf', 'scan.jpg']],
    ['nowhere, if only another picture is there', ['model.png'], []],
  ])('with a name of its own is found %s', (_, attached, names) => {
    const histogram: WrittenTask = { ...shared, answer: { kind: 'picture', file: 'histogram.png' } };
    const found = findAnswer(histogram, handIn([], attached), template, ['histogram.png', 'model.png']);
    expect(found).toMatchObject(names.length === 0 ? { kind: 'none' } : { kind: 'attachment', files: names.map((name) => ({ name })) });
  });

  it.each([
    [trained, ['grid.png']],
    [grid, ['notes.txt', 'pdf']],
    [grid, []],
  ])('of another kind answers nothing: %#', (task, attached) => {
    expect(findAnswer(task, handIn([], attached), template)).toEqual({ kind: 'none' });
  });

  it('does not hide what was typed', () => {
    const submission = { ...answering(first('101.4')), attachments: [{ name: 'paper.pdf', sha256: '0' }] };
    expect(findAnswer(trained, submission, template)).toEqual({ kind: 'text', text: '101.4' });
  });
});

describe('the template of cs236-hw2', () => {
  const folder = path.resolve(import.meta.dirname, '../../student-template/cs236-hw2');
  const texts = assignment.handIn.written.map((file) => ({ path: file, text: readFileSync(path.join(folder, file), 'utf8') }));
  const typed = tasksOf(assignment).filter((task) => task.kind === 'written' && task.answer.kind === 'text') as readonly WrittenTask[];

  it('answers nothing as it stands', () => {
    expect(typed.filter((task) => findAnswer(task, handIn(texts), texts).kind !== 'none').map((task) => task.id)).toEqual([]);
  });

  it('has a place for every typed answer', () => {
    const answered = texts.map(({ path: file, text }) => ({ path: file, text: text.replaceAll('(your answer)', '(your answer)\nMine.') }));
    expect(typed.filter((task) => findAnswer(task, handIn(answered), texts).kind !== 'text').map((task) => task.id)).toEqual([]);
  });
});
