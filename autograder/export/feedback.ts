/**
 * Under which names a system takes reports back, so that each reaches its student. Moodle reads the
 * number after the first underscore of a folder's name; Canvas the first two numbers between underscores
 * of a file's name, the student's and that of the attachment that was handed in.
 */
import { canvasFile } from './canvas.ts';
import type { StudentLine, StudentMark } from './gradebook-rows.ts';
import { matchRows } from './gradebook-rows.ts';
import { participantOf } from './moodle.ts';
import type { Sheet } from './sheet.ts';

export interface FeedbackFile {
  readonly studentId: string;
  /** In the zip. */
  readonly name: string;
}

export interface Feedback {
  readonly files: readonly FeedbackFile[];
  /** Whom no report can be sent to. */
  readonly unsent: readonly string[];
}

export function moodleFeedback(sheet: Sheet, lines: readonly StudentLine[], marks: readonly StudentMark[]): Feedback {
  const { pairs, problems } = matchRows(marks, lines);
  const files = pairs.map(({ mark, line }) => {
    const row = sheet.rows[line.at];
    if (row === undefined) throw new Error(`the worksheet has no row ${line.at}`);
    const { name, number } = participantOf(sheet, row);
    // An underscore in a name would make the number the third part instead of the second.
    return { studentId: mark.id, name: `${name.replaceAll(/[_/\\:*?"<>|\p{Cc}]/gu, ' ')}_${number}_assignsubmission_file_/report.html` };
  });
  return { files, unsent: problems };
}

/** @param handIns each student's id and the name under which Canvas gave the hand-in out. */
export function canvasFeedback(handIns: readonly { readonly id: string; readonly source: string }[]): Feedback {
  const named = handIns.map(({ id, source }) => {
    const found = canvasFile(source);
    return { id, source, name: found === null ? null : `${found.name}_${found.user}_${found.attachment}_report.html` };
  });
  return {
    files: named.flatMap(({ id, name }) => (name === null ? [] : [{ studentId: id, name }])),
    unsent: named.flatMap(({ id, source, name }) => (name === null ? [`${id}: "${source}" is no name that Canvas gave to a file, so Canvas could not tell whose report it is.`] : [])),
  };
}
