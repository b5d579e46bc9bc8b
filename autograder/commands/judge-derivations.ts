/** Grades derivations whose verdicts are known as those of a hand-in are graded, and writes down what each got. */
import type { CertifiedDerivation, KnownDerivation } from '../../contract/certificate.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { Submission, TextFile } from '../../contract/submission.ts';
import { gradeDerivation } from '../grade-derivation.ts';

/** In the order given. `templateTexts`: the written files as the template has them. */
export function judgeDerivations(known: readonly (KnownDerivation & { readonly page: string })[], assignment: Assignment, templateTexts: readonly TextFile[]): readonly CertifiedDerivation[] {
  const tasks = new Map(tasksOf(assignment).flatMap((task) => (task.kind === 'derivation' ? [[task.id, task] as const] : [])));
  return known.map(({ task: id, title, page, expected }) => {
    const task = tasks.get(id);
    if (task === undefined) throw new Error(`${assignment.id} asks for no derivation ${id}`);
    const { outcome, earned, derivation } = gradeDerivation(task, handIn(task.file, page), templateTexts);
    const wrong = derivation?.lines.find(({ verdict }) => verdict === 'wrong');
    return { task: id, title, expected, found: { outcome, ...(wrong === undefined ? {} : { line: wrong.number }) }, earned, points: task.points };
  });
}

function handIn(path: string, text: string): Submission {
  return { student: { id: 'known' }, source: 'known', code: [], written: [{ path, text }], results: [], attachments: [], notes: [] };
}
