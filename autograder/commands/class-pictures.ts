/** Pictures across a class: looked at once for copies, and kept out of lists for other programs. */
import type { SubmissionResult } from '../../contract/result.ts';
import { listed } from '../listed.ts';

/** Grids are in the report of their student; a class of them would fill the memory and grades.json. */
export function withoutFigures(result: SubmissionResult): SubmissionResult {
  return { ...result, questions: result.questions.map((question) => ({ ...question, tasks: question.tasks.map(({ figures: _figures, ...task }) => task) })) };
}

/** For staff, and never marks: one picture in two hand-ins, though each run draws with a seed of its own. */
export function notesOnPictures(results: readonly SubmissionResult[]): readonly string[] {
  const seen = new Map<string, { readonly student: string; readonly seed: number | undefined }[]>();
  for (const { student, questions } of results) {
    for (const { task, picture } of questions.flatMap(({ tasks }) => tasks)) {
      if (picture === undefined) continue;
      const key = `${task} ${picture.sha256}`;
      seen.set(key, [...(seen.get(key) ?? []), { student: student.id, seed: picture.seed }]);
    }
  }
  return [...seen].flatMap(([key, owners]) => {
    const seeds = new Set(owners.map(({ seed }) => seed));
    // The same seed draws the same picture: with the template's default nobody copied anything.
    if (owners.length < 2 || (seeds.size === 1 && !seeds.has(undefined))) return [];
    return [`The picture for ${key.split(' ')[0]} is the same in the hand-ins of ${listed(owners.map(({ student }) => student).toSorted())}, whose seeds differ or are not told.`];
  });
}
