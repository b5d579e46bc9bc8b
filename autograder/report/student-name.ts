/** How a student is called on a page: by name, or by id where there is none. */
import type { SubmissionResult } from '../../contract/result.ts';
import { onOneLine } from './visible-text.ts';

type Student = SubmissionResult['student'];

export function nameOf({ id, name }: Student): string {
  return onOneLine(name ?? '') || onOneLine(id);
}

/** The id to show beside the name: names are not unique, and a student chose what stands there. */
export function idBeside(student: Student): string {
  const id = onOneLine(student.id);
  return id === nameOf(student) ? '' : id;
}
