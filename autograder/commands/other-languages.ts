/** The same assignment as it is asked and graded in the other languages it knows. */
import { CONVENTIONS_FILE, courseTask, inLanguage, isCourseTask } from '../../contract/in-language.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { AnswerKey } from '../answer-key/answer-key.ts';
import type { LanguageAdapter } from '../languages/adapter.ts';
import { languages } from '../languages/languages.ts';
import type { OfLanguage } from '../pipeline.ts';
import { readGiven } from './course-files.ts';

export async function inOtherLanguages(assignment: Assignment, key: AnswerKey): Promise<ReadonlyMap<string, OfLanguage>> {
  const others = new Map<string, OfLanguage>();
  for (const name of Object.keys(assignment.otherLanguages ?? {})) {
    const language: LanguageAdapter | undefined = new Map(Object.entries(languages)).get(name);
    if (language === undefined) throw new Error(`${assignment.id} is asked in ${name}, which elbow does not know`);
    const own = inLanguage(assignment, name);
    const asked = tasksOf(own).flatMap((task) => (task.kind === 'function' ? [task] : []));
    const given = await readGiven(assignment, name, own.handIn.given);
    const originals = given.map((file) => language.givenPart(file, asked.filter(({ module }) => module === file.path).map((task) => task.function)));
    const course = asked.flatMap((task) => {
      const named = assignment.otherLanguages?.[name]?.functions[task.id];
      return named === undefined || !isCourseTask(named) ? [] : [courseTask(task, named)];
    });
    if (course.length > 0 && language.conventions !== null) originals.push({ path: CONVENTIONS_FILE, text: language.conventions.asAsked(course) });
    others.set(name, { language, originals, key: { ...key, helpers: key.otherHelpers.get(name) ?? null } });
  }
  return others;
}
