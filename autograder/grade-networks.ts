/** The tasks of one hand-in that are judged by a training of its own networks; tasks of the same networks share one training. */
import type { TaskResult } from '../contract/outcome.ts';
import { type Assignment, tasksOf } from '../contract/rubric.ts';
import type { FunctionTask, NetworksTask } from '../contract/task.ts';
import { listed } from './listed.ts';
import { judgeNetworks, type NetworksVerdict, trainNetworks, type Training } from './networks/networks.ts';
import type { SessionPool } from './session/session-pool.ts';
import type { WrittenAnswer } from './written-answers.ts';

export interface NetworksContext {
  readonly assignment: Assignment;
  readonly pool: SessionPool;
  /** Of the images; null where nothing is trained: a student's own check takes seconds, and a training does not. */
  readonly seed: string | null;
  /** What the function tasks got. */
  readonly settled: ReadonlyMap<string, TaskResult>;
}

type Verdict = NetworksVerdict & Partial<Pick<TaskResult, 'answer' | 'attachments'>>;

/** The grader of these tasks of one hand-in. */
export function networksGrader({ assignment, pool, seed, settled }: NetworksContext): (task: NetworksTask, answer: WrittenAnswer) => Promise<Verdict> {
  const trainings = new Map<string, Promise<Training>>();
  const trained = (task: NetworksTask, images: string): Promise<Training> => {
    const { encoder, decoder, negativeElbo } = task;
    const name = JSON.stringify([encoder, decoder, negativeElbo]);
    const training = trainings.get(name) ?? trainNetworks(task, images, pool);
    trainings.set(name, training);
    return training;
  };
  return async (task, answer) => {
    const needed = tasksOf(assignment).filter((other): other is FunctionTask => other.kind === 'function' && task.buildsOn.includes(other.id));
    const ended = (...outcomes: readonly TaskResult['outcome'][]): readonly string[] => needed.filter(({ id }) => outcomes.includes(settled.get(id)?.outcome ?? 'pass')).map((other) => other.function);
    const [missing, wrong, open] = [ended('unanswered'), ended('fail'), ended('awaiting-person', 'not-gradable')];
    const isAnswered = answer.kind !== 'none';
    if (missing.length > 0 && !isAnswered) return { outcome: 'unanswered', earned: 0, message: `Nothing was trained: ${listed(missing)} ${areNot(missing)} answered yet.`, checks: [] };
    if (missing.length > 0) return byPerson(`Nothing was trained, because ${listed(missing)} ${areNot(missing)} answered: a person reads what you hand in for it.`, answer);
    // One mistake is paid once, and a training with a wrong function says nothing of the rest.
    if (wrong.length > 0) return byPerson(`Nothing was trained, because ${listed(wrong)} ${are(wrong)} marked wrong above: that is paid for there, and a person decides here.`, answer);
    if (open.length > 0) return byPerson(`Nothing was trained, because ${listed(open)} could not be judged above: a person decides.`, answer);
    if (seed === null) return byPerson('Your networks are trained when your work is graded.', answer);
    const verdict = judgeNetworks(task, await trained(task, seed));
    return { ...verdict, ...(verdict.outcome === 'awaiting-person' ? handedIn(answer) : {}) };
  };
}

function byPerson(message: string, answer: WrittenAnswer): Verdict {
  return { outcome: 'awaiting-person', earned: 0, message, checks: [], ...handedIn(answer) };
}

/** What a person reads beside the verdict. */
function handedIn(answer: WrittenAnswer): Partial<Pick<TaskResult, 'answer' | 'attachments'>> {
  if (answer.kind === 'text' || answer.kind === 'unplaced') return { answer: answer.text };
  return answer.kind === 'attachment' ? { attachments: [...answer.files] } : {};
}

function are(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

function areNot(names: readonly string[]): string {
  return `${are(names)} not`;
}
