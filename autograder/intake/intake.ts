/**
 * The door of intake: from a zip or folder to a submission of plain texts, or to a refusal whose
 * reason the student can act on. A student's mistake is always a value; what is thrown is either
 * the grader's user's mistake (IntakeError) or a fault of the machine.
 */
import { lstat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { HandInRules } from '../../contract/rubric.ts';
import type { Intake, Submission } from '../../contract/submission.ts';
import { isArchiveName } from './archive-kind.ts';
import type { HandIn, Part } from './hand-in.ts';
import { type Picked, pick } from './hand-in-rules.ts';
import { type IntakeLimits, intakeLimits } from './intake-limits.ts';
import { inAnyLanguage, recogniseLanguage } from './language-of.ts';
import { mergePieces } from './merge-pieces.ts';
import { OpenFiles } from './open-part.ts';
import { brokenRules, idOf, withoutIds } from './packaging.ts';
import { openPieces } from './pieces.ts';
import { Refused } from './problems.ts';

export { type FilesToHandIn, filesToHandIn, type FileToHandIn } from './files-to-hand-in.ts';
export { type Batch, findHandIns, type FindOptions } from './find-hand-ins.ts';
export type { HandIn } from './hand-in.ts';
export { isStudentId } from './identify.ts';
export { type IntakeLimits, intakeLimits } from './intake-limits.ts';
export { archiveNameFor, brokenBy, nameWithId } from './packaging.ts';
export { IntakeError } from './problems.ts';
export { readRoster, type Roster } from './roster.ts';
export { shown } from './safe-name.ts';
export { readStudentList, type StudentList } from './student-list.ts';
export { timeInName } from './submission-time.ts';

export async function readHandIn(handIn: HandIn, rules: HandInRules, limits: IntakeLimits = intakeLimits): Promise<Intake> {
  const { student, source } = handIn;
  try {
    const picked = await read(handIn, rules, limits);
    return { kind: 'submission', submission: { student, source, ...picked } };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', refusal: { student, source, reason: error.message } };
    throw error;
  }
}

async function read(handIn: HandIn, rules: HandInRules, limits: IntakeLimits): Promise<Picked & Pick<Submission, 'language' | 'brokenRules'>> {
  const files = new OpenFiles();
  try {
    const parts = handIn.parts ?? [await wholePart(handIn.path)];
    const asked = inAnyLanguage(rules);
    const pieces = await openPieces(parts, asked, limits, files);
    const id = idOf(handIn.student.id, parts, pieces, rules);
    const { listing, notes } = mergePieces(withoutIds(pieces, rules, id), asked);
    const { language, entries, rules: own } = recogniseLanguage(listing.entries, rules);
    const picked = await pick({ ...listing, entries }, own, limits);
    const broken = brokenRules(rules, id, parts, pieces);
    return {
      ...picked,
      notes: [...(handIn.note === undefined ? [] : [handIn.note]), ...notes, ...broken.map(({ message }) => message), ...picked.notes],
      ...(broken.length === 0 ? {} : { brokenRules: broken }),
      ...(language === null ? {} : { language }),
    };
  } finally {
    await files.close();
  }
}

/** A file that is a hand-in by itself is an archive whatever its name says. */
async function wholePart(path: string): Promise<Part> {
  const name = basename(path);
  return { path, name: (await lstat(path)).isFile() && !isArchiveName(name) ? `${name}.zip` : name };
}
