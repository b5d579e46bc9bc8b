/** Right ways to write a function, judged on cases of seeds that nobody chose for them. */
import { assignments } from '../assignments/assignments.ts';
import { judgeTask } from '../autograder/compare/compare.ts';
import type { Expectation } from '../contract/expectation.ts';
import type { Question } from '../contract/question.ts';
import type { Reply } from '../contract/reply.ts';
import { componentOrder, type FunctionTask } from '../contract/task.ts';
import { answerCase } from '../fixtures/answer-case.ts';
import { catalogues } from '../fixtures/certify/catalogues.ts';
import { functionTasks } from '../fixtures/generate.ts';
import { openVariants } from '../fixtures/misconceptions/variant-session.ts';
import type { DraftCase } from '../fixtures/recipe/draft.ts';
import { recipes } from '../fixtures/recipe/recipes.ts';
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
export async function* fairnessRuns(assignmentId: string, seedsPerChild: number): AsyncGenerator<FairnessRun> {
  const assignment = assignments.get(assignmentId);
  const catalogue = catalogues.get(assignmentId);
  if (assignment === undefined || catalogue === undefined) throw new Error(`there is no catalogue for ${assignmentId}`);
  for (let first = 0; ; first += seedsPerChild) {
    const [reference, variants] = [await openReference(assignmentId), await openVariants()];
    try {
      for (let seed = first; seed < first + seedsPerChild; seed += 1) {
        for (const task of functionTasks(assignment)) {
          const cases = await freshCases(task, seed, reference);
          for (const variant of catalogue.rightVariants.filter((candidate) => candidate.task === task.id)) {
            const replies = new Map<string, Reply>();
            for (const { question, expectation } of cases) replies.set(expectation.case, await variants.ask(question, variant));
            const { checks } = judgeTask(task, cases.map(({ expectation }) => expectation), replies);
            const ended = (outcome: string): readonly string[] => checks.filter((check) => check.outcome === outcome).map(({ check }) => check);
            yield { variant: variant.id, seed, noise: variant.noise, lost: ended('fail'), open: [...ended('awaiting-person'), ...ended('not-gradable')] };
          }
        }
      }
    } finally {
      await Promise.all([reference.close(), variants.close()]);
    }
  }
}

async function freshCases(task: FunctionTask, seed: number, reference: ReferenceSession): Promise<readonly AnsweredCase[]> {
  const recipe = recipes.get(task.id);
  if (recipe === undefined) throw new Error(`there is no recipe for ${task.id}`);
  const drafts = recipe.cases(`fairness/${seed}`).filter(isSmall);
  const cases: AnsweredCase[] = [];
  for (const draft of drafts) {
    const { id, title, visibility, checks, tolerance } = draft;
    const accepted = await answerCase(task, draft, seed, reference);
    cases.push({ question: questionOf(task, draft, seed), expectation: { case: id, title, visibility, checks, tolerance, accepted } });
  }
  return cases;
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
