/** One student's report: a single HTML file that needs nothing else and runs nothing. */
import type { SubmissionResult } from '../../contract/result.ts';
import { pageOf } from './html.ts';
import { studentBody, studentPartials } from './student-template.ts';
import { type StudentView, viewStudent } from './student-view.ts';

const draw = pageOf<StudentView>(studentBody, studentPartials);

export function studentPage(result: SubmissionResult): string {
  return draw(viewStudent(result));
}
