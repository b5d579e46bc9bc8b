/**
 * The door of the reports: results in, text out. Nothing here reads a file, prints or looks at the clock,
 * so the same results always give the same bytes.
 */
import { certificatePage } from './certificate-page.ts';
import { classPage } from './class-page.ts';
import { gradesCsv } from './grades-csv.ts';
import { gradesJson, studentJson } from './json.ts';
import { studentPage } from './student-page.ts';

export type { Measured } from './certificate-view.ts';
export type { ClassMeta } from './class-page.ts';
export { derivationText } from './derivation-text.ts';
export { markingPage } from './marking-page.ts';
export { marks } from './marks.ts';
export { changesBetween } from './changes.ts';
export { taskLine, terminalSummary } from './terminal.ts';
export { certificatePage, classPage, gradesCsv, gradesJson, studentJson, studentPage };

/** What a student gets, by the ending of its file. */
export const studentViews = { html: studentPage, json: studentJson } as const;

/** What staff get about the class, by file name. All but the page are data for other programs. */
export const classViews = { 'class.html': classPage, 'grades.csv': gradesCsv, 'grades.json': gradesJson } as const;
