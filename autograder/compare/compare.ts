/** Judges one task: what came back against what is right. The only place where the two meet. */
import type { Expectation, KnownMistake } from '../../contract/expectation.ts';
import type { CheckResult, Diagnosis, ErrorShown, Outcome } from '../../contract/outcome.ts';
import type { Reply } from '../../contract/reply.ts';
import { type Check, componentOrder, type FunctionTask, noiseOf } from '../../contract/task.ts';
import type { TrainingExpectation } from '../../contract/training-case.ts';
import { withoutColumns } from './columns.ts';
import { diagnose } from './diagnosis.ts';
import { discreet } from './discreet.ts';
import { describeEnding } from './ending-sentence.ts';
import type { Evidence, Failure, Returned } from './evidence.ts';
import { isDoubted, settled } from './fallback.ts';
import type { Finding } from './findings.ts';
import { compareGradients } from './gradient.ts';
import { findMistake } from './known-mistake.ts';
import { bestLayout } from './layout.ts';
import { type NoisePath, noisePath } from './noise.ts';
import { remarkOnNoise, type Statistics } from './statistical.ts';
import { judgeTraining, trainingCheck } from './training.ts';
import { compareValues, type ValueContext } from './value.ts';
import { remarkOnLoops } from './vectorised.ts';

export interface TaskJudgement {
  readonly outcome: Outcome;
  readonly message: string;
  readonly checks: readonly CheckResult[];
  readonly remarks: readonly string[];
  /** What the wrong numbers are the result of, where that is known. */
  readonly diagnosis: Diagnosis | null;
  /** What the student's code threw, with frames as the child saw them. */
  readonly error: ErrorShown | null;
  /** Its noise cannot be compared exactly, and the statistical case was not asked. */
  readonly needsStatistics: boolean;
}

/** Checks that are judged by cases; `vectorised` is a remark, and a training comes after all others. */
type ScoringCheck = Check & { readonly kind: Exclude<Check['kind'], 'vectorised' | 'training'> };

interface Context extends Omit<ValueContext, 'components'> {
  readonly doubted: boolean;
  readonly statistics: Statistics | null;
}

/** What is left to be seen by training: nothing where values are wrong, which training would only repeat. */
export function wantsTraining(task: FunctionTask, { outcome, checks }: TaskJudgement): boolean {
  const check = trainingCheck(task.checks);
  if (check === undefined || outcome === 'unanswered') return false;
  const of = (kind: Check['kind']) => checks.filter(({ check: id }) => task.checks.some((own) => own.id === id && own.kind === kind));
  if (of('value').some((judged) => judged.outcome === 'fail' || judged.outcome === 'not-gradable')) return false;
  return check.points > 0 || of('gradient').some((judged) => judged.outcome === 'fail');
}

/** The judgement with what training showed: one line more, which counts as much as it has points. */
export function withTraining(task: FunctionTask, judgement: TaskJudgement, expectation: TrainingExpectation, reply: Reply): TaskJudgement {
  const check = trainingCheck(task.checks);
  if (check === undefined) return judgement;
  const checks = [...judgement.checks, judgeTraining(check, expectation, reply)];
  return { ...judgement, checks, outcome: overall(checks) };
}

/** `mistakes` are asked for only where something is wrong. `asked`: of the statistical case, where it was. */
export function judgeTask(
  task: FunctionTask,
  expectations: readonly Expectation[],
  replies: ReadonlyMap<string, Reply>,
  mistakes: () => readonly KnownMistake[] = () => [],
  asked: Statistics | null = null,
): TaskJudgement {
  const inAskedShape = <Given extends Reply>(reply: Given): Given => (task.columnsAreVectors === true ? (withoutColumns(reply) as Given) : reply);
  const statistics = asked === null ? null : { ...asked, replies: asked.replies.map(inAskedShape) };
  const answers = new Map<string, Returned | Failure>();
  const shown = new Set(expectations.filter(({ visibility }) => visibility === 'basic').map((expectation) => expectation.case));
  for (const [id, reply] of replies) {
    if (reply.kind === 'unanswered') return withoutAnswer(task, shown.has(id) ? reply.reason : 'It has not been answered yet.');
    answers.set(id, inAskedShape(reply));
  }
  const evidence = expectations.map((expectation) => ({ expectation, reply: discreet(expectation, answers.get(expectation.case)) }));
  const order = componentOrder(task);
  const drawn = pathOf(task, evidence, expectations);
  const layouts = drawn.kind === 'matched' ? drawn.layouts : allLayouts(expectations);
  const layout = bestLayout(evidence, layouts, order);
  // Numbers that are those of a known mistake are wrong, however the noise was drawn.
  const isKnown = (): boolean => findMistake(evidence, mistakes(), 'values', order) !== null;
  const path = drawn.kind === 'unmatched' && isKnown() ? { kind: 'matched' as const, layouts } : drawn;
  const marked = evidence.filter(({ expectation }) => scoring(task).some(({ id }) => expectation.checks.includes(id)));
  const [failure] = marked.flatMap(({ reply }) => (reply === undefined || reply.kind === 'returned' ? [] : [reply]));
  const ofValues = evidence.filter(({ expectation }) => scoring(task).some((check) => isValueCheck(check) && expectation.checks.includes(check.id)));
  const doubted = isDoubted(ofValues, path, order) && !isKnown();
  const context = { order, path, layout, doubted, statistics };
  const judge = (check: ScoringCheck, sound: ReadonlySet<string>) => judgeCheck(check, relevant(evidence, check), failure, sound, context);
  const everything = new Set(['', ...order]);
  const values = new Map(scoring(task).filter(isValueCheck).map((check) => [check, judge(check, everything)]));
  const sound = soundComponents(values);
  const checks = scoring(task).map((check) => values.get(check) ?? judge(check, sound));
  return {
    outcome: overall(checks),
    message: failure === undefined ? '' : describeFailure(failure),
    checks,
    diagnosis: diagnose(task, checks, evidence, mistakes, path.kind === 'unmatched' ? [] : layouts),
    remarks: [
      ...task.checks.filter((check) => check.kind === 'vectorised').flatMap((check) => remarkOnLoops(relevant(evidence, check)) ?? []),
      ...(statistics === null ? [] : remarkOnNoise(statistics, order)),
    ],
    error: failure?.kind === 'threw' ? failure.error : null,
    needsStatistics: statistics === null && failure === undefined && (path.kind === 'unmatched' || doubted) && overall(checks) !== 'pass',
  };
}

/**
 * One mistake is paid once: a component whose values are wrong has wrong gradients and wrong extremes as a
 * matter of course, so those are judged by the components that are right. These must carry half the points of
 * the values: a KL term alone says nothing of a decoder's gradient, or of a reconstruction that is NaN.
 */
function soundComponents(values: ReadonlyMap<ScoringCheck, CheckResult>): ReadonlySet<string> {
  const sound = [...values].filter(([, { outcome }]) => outcome !== 'fail').map(([check]) => check);
  if (2 * pointsOf(sound) < pointsOf([...values.keys()])) return new Set();
  return new Set(sound.flatMap((check) => check.components ?? ['']));
}

function pointsOf(checks: readonly ScoringCheck[]): number {
  return checks.reduce((sum, { points }) => sum + points, 0);
}

function isValueCheck(check: ScoringCheck): boolean {
  return check.kind === 'value';
}

/**
 * Where a check's cases did not all come back, it says why; else the numbers of the `sound` components are
 * compared. `failure`: the task's first.
 */
function judgeCheck(
  check: ScoringCheck,
  evidence: readonly Evidence[],
  failure: Failure | undefined,
  sound: ReadonlySet<string>,
  context: Context,
): CheckResult {
  for (const { reply } of evidence) {
    if (reply?.kind === 'returned') continue;
    const { outcome, message } = describeMissing(reply, failure);
    return result(check, outcome, message, []);
  }
  const finding = compareCheck(check, evidence, sound, context);
  if (finding === null) return result(check, 'fail', 'Judged once the values above are right.', []);
  const measured = distanceOf(finding);
  switch (finding.kind) {
    case 'agrees':
      return { ...result(check, 'pass', '', finding.evidence), ...measured };
    case 'differs':
      return { ...result(check, 'fail', finding.message, finding.evidence), hint: check.hint, ...measured };
    case 'undecided':
      return { ...result(check, 'awaiting-person', finding.message, finding.evidence), ...measured };
  }
}

/** Three digits: more would only tell one machine from another. JSON has no infinity. */
function distanceOf({ distance }: Finding & { readonly distance?: number }): Pick<CheckResult, 'distance'> {
  return distance === undefined || !Number.isFinite(distance) ? {} : { distance: Number(distance.toPrecision(3)) };
}

/** Null where no component is sound. */
function compareCheck(check: ScoringCheck, evidence: readonly Evidence[], sound: ReadonlySet<string>, context: Context): Finding | null {
  if (sound.size === 0) return null;
  const { order, path, layout, doubted, statistics } = context;
  const components = (check.components ?? ['']).filter((component) => sound.has(component));
  if (check.kind !== 'gradient' && components.length === 0) return null;
  const exact = check.kind === 'gradient' ? compareGradients(evidence, sound, path, layout) : compareValues(evidence, { components, order, path, layout });
  return settled(exact, doubted, statistics, { kind: check.kind, components, sound, order, evidence });
}

function result(check: Check, outcome: Outcome, message: string, evidence: readonly string[]): CheckResult {
  const earned = outcome === 'pass' ? check.points : 0;
  return { check: check.id, title: check.title, points: check.points, earned, outcome, message, evidence: [...evidence] };
}

function withoutAnswer(task: FunctionTask, reason: string): TaskJudgement {
  const checks = scoring(task).map((check) => result(check, 'unanswered', '', []));
  return { outcome: 'unanswered', message: reason, checks, remarks: [], diagnosis: null, error: null, needsStatistics: false };
}

function describeMissing(reply: Failure | undefined, failure: Failure | undefined): { outcome: Outcome; message: string } {
  // What a fault of ours kept from being asked is no more the student's loss than what it ended.
  const cause = reply ?? failure;
  if (cause !== undefined && isOurs(cause)) return { outcome: 'not-gradable', message: describeFailure(cause) };
  return { outcome: 'fail', message: reply === undefined ? 'Not reached, because the task had ended before.' : describeFailure(reply) };
}

function isOurs(failure: Failure): boolean {
  return failure.kind === 'unsupported' || (failure.kind === 'ended' && failure.ending.kind === 'our-fault');
}

function describeFailure(reply: Failure): string {
  switch (reply.kind) {
    case 'threw':
      // A file that cannot be loaded has its own sentence, and no exception of the student's to name.
      return reply.error.name === 'ModuleError' ? reply.error.message : `It threw ${reply.error.name}: ${reply.error.message}`;
    case 'unsupported':
      return `The operation ${reply.kernel} is not available to the grader here. It costs no marks.`;
    case 'ended':
      return describeEnding(reply.ending);
  }
}

/** Of the checks that marks rest on; where there are none, of all. */
function overall(checks: readonly CheckResult[]): Outcome {
  const counted = checks.some(({ points }) => points > 0) ? checks.filter(({ points }) => points > 0) : checks;
  const outcomes = new Set(counted.map((check) => check.outcome));
  return (['not-gradable', 'awaiting-person', 'fail'] as const).find((outcome) => outcomes.has(outcome)) ?? 'pass';
}

function scoring(task: FunctionTask): readonly ScoringCheck[] {
  return task.checks.filter((check): check is ScoringCheck => check.kind !== 'vectorised' && check.kind !== 'training');
}

function relevant(evidence: readonly Evidence[], check: Check): readonly Evidence[] {
  const cases = evidence.filter(({ expectation }) => expectation.checks.includes(check.id));
  if (cases.length === 0 && check.kind !== 'vectorised') throw new Error(`no case feeds the check ${check.id}`);
  return cases;
}

function pathOf(task: FunctionTask, evidence: readonly Evidence[], expectations: readonly Expectation[]): NoisePath {
  const draws = evidence.flatMap(({ expectation, reply }) => (reply?.kind === 'returned' ? [[expectation.case, noiseOf(task, reply.draws)] as const] : []));
  return noisePath(new Map(draws), expectations);
}

function allLayouts(expectations: readonly Expectation[]): readonly string[] {
  return [...new Set(expectations.flatMap(({ accepted }) => accepted.map((answer) => answer.layout)))];
}
