/** Derivations on the pages and in the terminal: every line with its mark and why, as mathematics, and never as anything else. */
import { describe, expect, it } from 'vitest';
import { markingPage, studentJson, studentPage, terminalSummary } from '../../../autograder/report/report.ts';
import type { SubmissionResult } from '../../../contract/result.ts';
import { hostile, structureOf, withText } from './hostile-text.ts';
import { derived, EVERY_KIND, withDerivations, WITHOUT_REASON } from './sample-derivation.ts';

const result = withDerivations(EVERY_KIND, WITHOUT_REASON);
const lines = result.questions.flatMap(({ tasks }) => tasks.flatMap(({ derivation }) => derivation?.lines ?? []));

describe('a derivation on a student’s page', () => {
  const page = studentPage(result);

  it('has every kind of line, so that all are tried here', () => {
    expect([...new Set(lines.map(({ verdict }) => verdict))].toSorted()).toEqual(['begins', 'follows', 'no reason', 'too large', 'unchecked', 'unread', 'wrong']);
  });

  it('sets each line that can be read as MathML', () => {
    const read = lines.filter(({ verdict }) => verdict !== 'unread');
    expect(page.split('<math displaystyle="true">').length - 1).toBe(read.length);
    for (const { mathml } of read) expect(page).toContain(mathml);
    expect(page).not.toContain('<script');
  });

  it.each(['follows', 'does not follow', 'too much at once', 'no reason found', 'cannot be read', 'not checked'])('gives a line its mark: %s', (word) => {
    expect(page).toMatch(new RegExp(`<use href="#sign-[a-z-]+"/></svg>${word}</span>`));
  });

  it('names the facts a line uses, and shows a counterexample where it does not follow', () => {
    expect(page).toContain('<p class="said">uses Jensen’s inequality</p>');
    expect(page).toMatch(/A counterexample: for random tables p and q, where x is outcome \d and m &#x3D; \d, the line before is -?\d[\d.e-]* and this line is -?\d/);
    expect(page).toMatch(/There p\(x, z\) is (\d[\d.e-]*(, )?){3} over the outcomes of z\./);
  });

  it('shows what cannot be read as typed, with a caret under the place', () => {
    expect(page).toMatch(/<pre>&#x3D; E\[q\(z\|x\)\(log p\(x\)\)\n +\^<\/pre>/);
  });

  it('shows marks statement by statement', () => {
    expect(page).toMatch(/log\(p\(x\)\) ≥ L\[m\]<\/span><span class="word">passed<\/span><span class="marks">3 of 3/);
  });

  it('keeps its structure whatever stands in the result', () => {
    const text = structureOf(studentPage(withText(result, 'plain')));
    expect(structureOf(studentPage(withText(result, hostile)))).toEqual(text);
    expect(studentPage(withText(result, hostile))).not.toContain('<script');
  });

  it.each([
    ['an element of another kind', '<math displaystyle="true"><mrow><script>1</script></mrow></math>'],
    ['a link', '<math displaystyle="true" href="http://example.org"><mi>x</mi></math>'],
    ['an attribute of another kind', '<math displaystyle="true"><mi onclick="1">x</mi></math>'],
    ['a style', '<math displaystyle="true"><mi style="color:red">x</mi></math>'],
    ['an end that comes early', '<math displaystyle="true"><mi>x</mi></math><b></math>'],
    ['a second formula', '<math displaystyle="true"><mi>x</mi></math><math displaystyle="true"></math>'],
    ['an ampersand of another kind', '<math displaystyle="true"><mi>&copy;</mi></math>'],
  ])('takes nothing for a formula that is more than one: %s', (_, mathml) => {
    const forged: SubmissionResult = { ...result, questions: result.questions.map((question) => ({ ...question, tasks: question.tasks.map((task) => ({ ...task, derivation: { vouchedFor: 0, lines: lines.map((line) => ({ ...line, mathml })) } })) })) };
    expect(studentPage(forged)).not.toContain('<math');
  });

  it('is part of the JSON', () => {
    expect(JSON.parse(studentJson(result)).questions[0].tasks[0].derivation.lines).toHaveLength(derived(EVERY_KIND).derivation?.lines.length ?? 0);
  });
});

describe('a derivation on the marking page', () => {
  const { answer = '', derivation } = derived(WITHOUT_REASON);
  const page = markingPage('Homework', { title: 'Proof', task: 'hw/iwae/proof', points: 6 }, '', [{ row: 'r1', text: answer, derivation }, { row: 'r2', text: 'prose' }]);

  it('stands below the answer, with what the machine vouches for', () => {
    expect(page).toMatch(/<pre class="answer">[^]*p\(x\) - 1 &gt;&#x3D; log p\(x\)[^]*What the machine found[^]*By itself the machine would give 0 marks[^]*<math/);
    expect(page.split('What the machine found')).toHaveLength(2);
  });
});

describe('a derivation in the terminal', () => {
  const text = terminalSummary(result, { coloured: false });

  it('has a line each, with its number, its mark and why', () => {
    expect(text).toMatch(/^ +2 {2}ok = log\(sum\[z\]\(p\(x, z\)\)\)\n +uses marginalisation/m);
    expect(text).toMatch(/^ +15 {2}NO <= L\[1\]\n +This does not follow\. A counterexample/m);
    expect(text).toMatch(/^ +6 {2}\?\n +\S.*\n +\^\n/m);
  });

  it('passes on nothing that moves the cursor or reorders', () => {
    const shown = terminalSummary(withText(result, hostile), { coloured: false });
    expect(['\u001b', '\u0008', '\u202e', '\u2066'].filter((character) => shown.includes(character))).toEqual([]);
  });
});
