/** `elbow fixtures diff`: what changed between two fixture sets. */
import { differencesBetween, type FixtureDifference, openAnswerKey } from '../answer-key/answer-key.ts';
import { type Console, exitCodes } from './console.ts';
import { findAssignment, fixturesFolder } from './course-files.ts';

export interface DiffOptions {
  readonly assignment: string;
}

export async function runDiff(a: string, b: string, options: DiffOptions, console: Console): Promise<number> {
  const assignment = findAssignment(options.assignment);
  const [before, after] = [fixturesFolder(assignment, a), fixturesFolder(assignment, b)];
  const open = (folder: string) => openAnswerKey(folder, { basicOnly: false });
  const differences = differencesBetween(assignment, await open(before), await open(after));
  if (differences.length === 0) {
    console.print(`${before} and ${after} hold the same cases and answers.`);
    return exitCodes.done;
  }
  for (const line of linesOf(differences)) console.print(line);
  console.print('');
  console.print(`Next: elbow fixtures verify --assignment ${assignment.id} --out ${b}`);
  return exitCodes.needsAttention;
}

/** What concerns the whole set first, then task by task. */
function linesOf(differences: readonly FixtureDifference[]): readonly string[] {
  const tasks = [...new Set(differences.map(({ task }) => task))];
  return tasks.flatMap((task) => {
    const own = differences.filter((difference) => difference.task === task).map(({ what }) => what);
    return task === null ? own : [task, ...own.map((what) => `  ${what}`)];
  });
}
