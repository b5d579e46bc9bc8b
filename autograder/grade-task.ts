/** One function task of one hand-in: ask, compare, and where it did not pass ask once more alone. */
import type { ErrorShown, TaskResult } from '../contract/outcome.ts';
import type { Backend, Supplied } from '../contract/messages.ts';
import type { Ending, Reply } from '../contract/reply.ts';
import type { FunctionTask } from '../contract/task.ts';
import type { AnswerKey, AskedCase } from './answer-key/answer-key.ts';
import { askStatistics } from './ask-statistics.ts';
import { askTraining } from './ask-training.ts';
import { judgeTask, type TaskJudgement, wantsTraining, withTraining } from './compare/compare.ts';
import type { PreparedCode } from './languages/adapter.ts';
import type { SessionPool } from './session/session-pool.ts';
import { Session } from './session/session.ts';

export interface TaskContext {
  readonly key: AnswerKey;
  readonly pool: SessionPool;
  readonly code: PreparedCode;
  readonly backendFor: (weight: AskedCase['weight']) => Backend;
}

interface Attempt {
  readonly judgement: TaskJudgement;
  readonly console: string;
  /** The child did not live to the end. */
  readonly ended: boolean;
}

export async function gradeFunctionTask(task: FunctionTask, context: TaskContext): Promise<TaskResult> {
  const shared = await attempt(task, context, (backend, use) => context.pool.shared(backend).then(use));
  const settled = shared.judgement.outcome === 'pass' || shared.judgement.outcome === 'unanswered';
  // What an earlier task left behind (a variable of the same name, a patched global) must not cost this one.
  const alone: WithSession = (backend, use) => context.pool.alone(backend, use);
  const counted = settled ? shared : await attempt(task, context, alone);
  return taskResult(task, await trainedWith(task, counted, context, alone), context.code);
}

/** The same in a child of its own in which some of the student's functions are replaced by right ones. */
export async function gradeAlone(task: FunctionTask, context: TaskContext, supplied: Supplied): Promise<TaskResult> {
  const alone: WithSession = (backend, use) => context.pool.alone(backend, use, supplied);
  const first = await attempt(task, context, alone);
  // The first judging is made twice too: what ended a child may be the machine's, and come but once.
  const judged = first.ended ? await attempt(task, context, alone) : first;
  return taskResult(task, await trainedWith(task, judged, context, alone), context.code);
}

type WithSession = <Result>(backend: Backend, use: (session: Session | Ending) => Promise<Result>) => Promise<Result>;

async function attempt(task: FunctionTask, context: TaskContext, withSession: WithSession): Promise<Attempt> {
  const cases = context.key.questionsFor(task);
  const replies = new Map<string, Reply>();
  let console = '';
  // Grouped by backend, so that a child is asked all it can answer before another is started.
  const backends = [...new Set(cases.map(({ weight }) => context.backendFor(weight)))];
  for (const backend of backends) {
    const mine = cases.filter(({ weight }) => context.backendFor(weight) === backend);
    console += await withSession(backend, (session) => askAll(mine, session, replies));
    const unsupported = mine.filter((asked) => replies.get(asked.case)?.kind === 'unsupported');
    // An operation this backend lacks is never the student's fault: plain cpu has them all.
    if (unsupported.length > 0 && backend !== 'cpu') await withSession('cpu', (session) => askAll(mine, session, replies));
    if ([...replies.values()].some(endsTask)) break;
  }
  for (const [id, reply] of replies) replies.set(id, believed(reply));
  const expectations = context.key.expectationsFor(task);
  const mistakes = () => context.key.mistakesFor(task);
  const judgement = judgeTask(task, expectations, replies, mistakes);
  const expectation = judgement.needsStatistics ? context.key.statisticalExpectationFor(task) : null;
  const ended = [...replies.values()].some(isEnding);
  if (expectation === null) return { judgement, console, ended };
  const questions = context.key.statisticalQuestionsFor(task);
  const asked = (backend: Backend) => withSession(backend, (session) => askStatistics(questions, session));
  const first = await asked(context.backendFor('heavy'));
  const statistics = { expectation, replies: first.some(({ kind }) => kind === 'unsupported') ? await asked('cpu') : first };
  return { judgement: judgeTask(task, expectations, replies, mistakes, statistics), console, ended: ended || statistics.replies.some(isEnding) };
}

/** With what a training shows, where it has something to show: in a child of its own, and after all cases. */
async function trainedWith(task: FunctionTask, counted: Attempt, context: TaskContext, alone: WithSession): Promise<Attempt> {
  if (!wantsTraining(task, counted.judgement)) return counted;
  const question = context.key.trainingQuestionFor(task);
  const expectation = context.key.trainingExpectationFor(task);
  if (question === null || expectation === null) return counted;
  const asked = (backend: Backend) => alone(backend, (session) => askTraining(question, session));
  const first = await asked(context.backendFor('heavy'));
  const reply = first.kind === 'unsupported' ? believed(await asked('cpu')) : first;
  return { ...counted, judgement: withTraining(task, counted.judgement, expectation, reply) };
}

/** Plain cpu lacks no operation: a child there that says so was told to say so, to be graded by nobody. */
function believed(reply: Reply): Reply {
  if (reply.kind !== 'unsupported') return reply;
  return { kind: 'threw', error: { name: 'Error', message: `Kernel '${reply.kernel}' not registered`, frames: [] } };
}

/** Asks case after case within one budget; what ends the child, or says there is no answer, ends the task. */
async function askAll(cases: readonly AskedCase[], session: Session | Ending, replies: Map<string, Reply>): Promise<string> {
  if (!(session instanceof Session)) {
    for (const asked of cases) replies.set(asked.case, { kind: 'ended', ending: session });
    return '';
  }
  session.startTask();
  const printed: string[] = [];
  let heard = 0;
  for (const asked of cases) {
    const reply = await session.ask(asked.question);
    replies.set(asked.case, reply);
    const text = session.consoleText().slice(heard);
    heard += text.length;
    printed.push(text === '' || asked.visibility === 'basic' ? text : WITHHELD);
    if (endsTask(reply)) break;
  }
  return [...new Set(printed)].join('');
}

/** A function can print its inputs, and those of hidden cases stay hidden. */
const WITHHELD = '[what it printed in a hidden case is not shown]\n';

function endsTask(reply: Reply): boolean {
  return isEnding(reply) || reply.kind === 'unanswered';
}

function isEnding({ kind }: Reply): boolean {
  return kind === 'ended';
}

function taskResult(task: FunctionTask, { judgement, console }: Attempt, code: PreparedCode): TaskResult {
  return {
    task: task.id,
    title: task.title,
    where: `${task.function} in ${task.module}`,
    handoutName: task.handoutName,
    points: task.points,
    earned: judgement.checks.reduce((sum, check) => sum + check.earned, 0),
    bonus: task.bonus,
    outcome: judgement.outcome,
    message: judgement.message,
    checks: [...judgement.checks],
    remarks: [...judgement.remarks],
    ...(judgement.diagnosis === null ? {} : { diagnosis: judgement.diagnosis }),
    ...(judgement.error === null ? {} : { error: inStudentLines(judgement.error, code) }),
    ...(console === '' ? {} : { console }),
  };
}

function inStudentLines(error: ErrorShown, code: PreparedCode): ErrorShown {
  return { ...error, frames: error.frames.map((frame) => ({ path: frame.path, ...code.locate(frame.path, frame.line, frame.column) })) };
}
