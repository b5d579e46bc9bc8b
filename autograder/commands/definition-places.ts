/** Where the functions of an assignment begin in a student's own files, for messages that lead there. */
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { TextFile } from '../../contract/submission.ts';

/** By task: `vae.ts:31`. A function that another file defines and this one hands on has no place. */
export function definitionPlaces(assignment: Assignment, code: readonly TextFile[]): ReadonlyMap<string, string> {
  const texts = new Map(code.map(({ path, text }) => [path, text]));
  const places = new Map<string, string>();
  for (const task of tasksOf(assignment)) {
    if (task.kind !== 'function') continue;
    const line = lineOfDefinition(texts.get(task.module) ?? '', task.function.replace(/^.*\./, ''));
    if (line !== null) places.set(task.id, `${task.module}:${line}`);
  }
  return places;
}

/** As TypeScript and JavaScript write it, and as Python does. */
function lineOfDefinition(text: string, name: string): number | null {
  const definition = new RegExp(String.raw`^\s*(?:export\s+)?(?:(?:default\s+)?(?:async\s+)?function\s*\*?|const|let|var|def)\s+${name}\b`);
  const at = text.split(/\r\n?|\n/).findIndex((line) => definition.test(line));
  return at < 0 ? null : at + 1;
}
