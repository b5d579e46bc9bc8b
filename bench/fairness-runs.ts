/** Right ways to write a function, judged on cases of seeds that nobody chose for them. */
import { assignments } from '../assignments/assignments.ts';
import { judgeTask } from '../autograder/compare/compare.ts';
import type { Expectation } from '../contract/expectation.ts';
import type { Question } from '../contract/question.ts';
import type { Reply } from '../contract/reply.ts';
import type { Statistics } from '../autograder/compare/statistical.ts';
import { componentOrder, type FunctionTask } from '../contract/task.ts';
import { answerCase } from '../fixtures/answer-case.ts';
import { catalogues } from '../fixtures/certify/catalogues.ts';
import { functionTasks } from '../fixtures/generate.ts';
import type { RightVariant } from '../fixtures/right-variants/right-variant.ts';
import { openVariants, type VariantSession } from '../fixtures/misconceptions/variant-session.ts';
import { positioned } from '../fixtures/power.ts';
import type { DraftCase, TaskRecipe } from '../fixtures/recipe/draft.ts';
import { recipes } from '../fixtures/recipe/recipes.ts';
import type { DraftStatistics } from '../fixtures/recipe/statistics/draft-statistics.ts';
import { statisticalExpectation } from '../fixtures/statistical-expectation.ts';
import { seedsOf } from '../fixtures/store-statistics.ts';
import { openReference, type ReferenceSession } from '../fixtures/reference-session.ts';

export interface FairnessRun {
  readonly variant: string;
  readonly seed: number;
  /** Whether its noise can be compared number by number, as the catalogue has it. */
  readonly noise: 'exact' | 'statistical';
  /** Checks that were lost, and checks that were left to a person. */
  readonly lost: readonly string[];
  readonly open: readonly string[];
}

interface AnsweredCase {
  readonly question: Question;
  readonly expectation: Expectation;
}

/** Above this an input is at the handout's sizes: the same arithmetic, a hundred times slower. */
const MOST_INPUTS = 10_000;

/** All right variants on one seed after the other, for ever; a child serves `seedsPerChild` seeds. */
export async function* fairnessRuns(assignmentId: string, firstSeed: number, seedsPerChild: number): AsyncGenerator<FairnessRun> {
  const assignment = assignments.get(assignmentId);
  const catalogue = catalogues.get(assignmentId);
  if (assignment === undefined || catalogue === undefined) throw new Error(`there is no catalogue for ${assignmentId}`);
  for (let first = firstSeed; ; first += seedsPerChild) {
    const [reference, variants, fast] = [await openReference(assignmentId), await openVariants(), await openVariants('wasm')];
    try {
      for (let seed = first; seed < first + seedsPerChild; seed += 1) {
        for (const task of functionTasks(assignment)) {
          const drafts = draftsOf(task, seed);
          const cases = await freshCases(task, drafts, seed, reference);
          const statistics = statisticsOf(task, drafts, seed);
          for (const variant of catalogue.rightVariants.filter((candidate) => candidate.task === task.id)) {
            const replies = new Map<string, Reply>();
            for (const { question, expectation } of cases) replies.set(expectation.case, await variants.ask(question, variant));
            const expectations = cases.map(({ expectation }) => expectation);
            const exact = judgeTask(task, expectations, replies);
            const calls = exact.needsStatistics ? await askStatistics(task, variant, statistics(), seed, fast) : null;
            const { checks } = calls === null ? exact : judgeTask(task, expectations, replies, () => [], calls);
            const ended = (outcome: string): readonly string[] => checks.filter((check) => check.outcome === outcome).map(({ check }) => check);
            yield { variant: variant.id, seed, noise: variant.noise, lost: ended('fail'), open: [...ended('awaiting-person'), ...ended('not-gradable')] };
          }
        }
      }
    } finally {
      await Promise.all([reference.close(), variants.close(), fast.close()]);
    }
  }
}

function recipeOf(task: FunctionTask): TaskRecipe {
  const recipe = recipes.get(task.id);
  if (recipe === undefined) throw new Error(`there is no recipe for ${task.id}`);
  return recipe;
}

function draftsOf(task: FunctionTask, seed: number): readonly DraftCase[] {
  return recipeOf(task).cases(`fairness/${seed}`);
}

async function freshCases(task: FunctionTask, drafts: readonly DraftCase[], seed: number, reference: ReferenceSession): Promise<readonly AnsweredCase[]> {
  const cases: AnsweredCase[] = [];
  for (const draft of drafts.filter(isSmall)) {
    const { id, title, visibility, checks, tolerance } = draft;
    const accepted = await answerCase(task, draft, seed, reference);
    cases.push({ question: questionOf(task, draft, seed), expectation: { case: id, title, visibility, checks, tolerance, accepted } });
  }
  return cases;
}

/** Drafted once for all variants of a task and seed, and only when one of them needs it. */
function statisticsOf(task: FunctionTask, drafts: readonly DraftCase[], seed: number): () => DraftStatistics {
  let drafted: DraftStatistics | undefined;
  return () => {
    drafted ??= recipeOf(task).statistics?.(`fairness/${seed}`, drafts);
    if (drafted === undefined) throw new Error(`${task.id} draws nothing, and needs statistics`);
    return drafted;
  };
}

/** Other noise for every seed: the luck of one must not be the luck of all. */
async function askStatistics(task: FunctionTask, variant: RightVariant, draft: DraftStatistics, seed: number, variants: VariantSession): Promise<Statistics> {
  const replies: Reply[] = [];
  for (const noise of seedsOf(task, draft.calls)) {
    const question = { module: task.module, function: task.function, arguments: draft.arguments, noise: { seed: (noise ^ Math.imul(seed + 1, 0x9e3779b1)) >>> 0 }, gradients: positioned(task, draft.gradients) };
    replies.push(await variants.ask(question, variant));
  }
  return { expectation: statisticalExpectation(draft), replies };
}

function isSmall({ components, arguments: all }: DraftCase): boolean {
  return components.length > 0 && all.every((argument) => argument.kind !== 'tensor' || argument.tensor.values.length <= MOST_INPUTS);
}

function questionOf(task: FunctionTask, draft: DraftCase, seed: number): Question {
  const order = componentOrder(task);
  return {
    module: task.module,
    function: task.function,
    arguments: draft.arguments,
    noise: { seed, ...(draft.stream.length === 0 ? {} : { stream: { dtype: 'float32', shape: [draft.stream.length], values: Float32Array.from(draft.stream) } }) },
    gradients: draft.gradients.map((gradient) => ({ ...gradient, ...(order.includes(gradient.component) ? { position: order.indexOf(gradient.component) } : {}) })),
  };
}
