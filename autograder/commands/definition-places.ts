/** Where the functions of an assignment begin in a student's own files, for messages that lead there. */
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { TextFile } from '../../contract/submission.ts';
import type { LanguageAdapter } from '../languages/adapter.ts';

/** By task: `vae.ts:31`. A function that another file defines and this one hands on has no place. */
export function definitionPlaces(assignment: Assignment, code: readonly TextFile[], { definitions }: LanguageAdapter): ReadonlyMap<string, string> {
  const files = new Map(code.map((file) => [file.path, file]));
  const places = new Map<string, string>();
  for (const task of tasksOf(assignment)) {
    const file = task.kind === 'function' ? files.get(task.module) : undefined;
    const place = task.kind !== 'function' || file === undefined ? undefined : definitions(file).get(task.function);
    if (file !== undefined && place !== undefined) places.set(task.id, file.path + place);
  }
  return places;
}
