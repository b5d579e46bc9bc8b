/** The tasks by id, for tests that need one. */
import { type DerivationTask, derivationTasks } from '../../../autograder/derivation/derivation.ts';

export function taskNamed(id: string): DerivationTask {
  const task = derivationTasks.get(id);
  if (task === undefined) throw new Error(`there is no derivation task ${id}`);
  return task;
}
