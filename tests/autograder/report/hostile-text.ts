/** What a student may write into a name, a print, an error, an answer or a file name to break a page. */
import type { SubmissionResult } from '../../../contract/result.ts';

export const hostile = [
  `<script>document.title='owned'</script>`,
  `</script></style></title></pre><!--`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `javascript:alert(1)`,
  '{{constructor.constructor "return process"}} {{{this}}} {{> task}} {{#each this}}',
  '__proto__ constructor toString',
  '\u{202e}desrever\u{2066} \u{200b}\u{feff}',
  '\0 \u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://example.org\u{7}link\u{1b}]8;;\u{7} \u{8}',
  'half a pair \ud800 and \udfff',
  'x'.repeat(3000),
].join('\n');

/** Every text a student or their code decides, replaced; structure and marks stay. */
export function withText(result: SubmissionResult, text: string): SubmissionResult {
  return {
    ...result,
    student: { id: text, name: text },
    source: text,
    notes: [text, text],
    warnings: [text],
    questions: result.questions.map((question) => ({
      ...question,
      tasks: question.tasks.map((task) => ({
        ...task,
        message: text,
        console: text,
        answer: text,
        ...(task.derivation === undefined
          ? {}
          : { derivation: { ...task.derivation, lines: task.derivation.lines.map((line) => ({ ...line, source: text, mathml: text, said: [text], notes: [text], excerpt: text })) } }),
        remarks: [text],
        ...(task.diagnosis === undefined ? {} : { diagnosis: { ids: [text], feedback: text, evidence: [text] } }),
        error: { name: text, message: text, frames: [{ path: text, line: 1, column: 2 }] },
        checks: task.checks.map((check) => ({ ...check, title: text, message: `${text}!`, hint: `${text}?`, evidence: [text, text] })),
      })),
    })),
  };
}

/** The elements of a page with the names of their attributes, in order: what text must never change. */
export function structureOf(html: string): readonly string[] {
  return [...html.matchAll(/<([!/]?[a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>/gi)].map(
    ([, element, attributes]) => `${element} ${[...(attributes ?? '').matchAll(/([a-z-]+)="[^"]*"/gi)].map(([, name]) => name).join(' ')}`,
  );
}
