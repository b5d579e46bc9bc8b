/**
 * What became of a small model that was trained with the student's loss. From the same start and the same batches
 * right losses end close together; a loss that is right in value but trains nothing, or the wrong way, does not.
 */
import type { CheckResult, Outcome } from '../../contract/outcome.ts';
import type { Layer, Model } from '../../contract/question.ts';
import type { Reply } from '../../contract/reply.ts';
import type { Check } from '../../contract/task.ts';
import type { TrainingExpectation } from '../../contract/training-case.ts';
import type { TensorData, Value } from '../../contract/values.ts';
import { describeEnding } from './ending-sentence.ts';
import { heldOutLoss } from './held-out-loss.ts';

interface Finding {
  readonly outcome: Outcome;
  readonly message: string;
  readonly evidence: readonly string[];
}

export function judgeTraining(check: Check, expectation: TrainingExpectation, reply: Reply): CheckResult {
  const { outcome, message, evidence } = find(expectation, reply);
  return {
    check: check.id,
    title: check.title,
    points: check.points,
    earned: outcome === 'pass' ? check.points : 0,
    outcome,
    message,
    ...(outcome === 'fail' ? { hint: check.hint } : {}),
    evidence: [...evidence],
  };
}

/** Which checks are trainings: they have no cases, and are judged apart from those that have. */
export function trainingCheck(checks: readonly Check[]): Check | undefined {
  return checks.find(({ kind }) => kind === 'training');
}

function find(expectation: TrainingExpectation, reply: Reply): Finding {
  const { steps, start, before, right, limit } = expectation;
  if (reply.kind !== 'returned') return withoutModel(reply);
  const trained = trainedModel(start, reply.value);
  if (trained === null) return { outcome: 'fail', message: 'The training did not return the model it was given.', evidence: [] };
  const loss = heldOutLoss(trained, expectation.heldOut);
  const evidence = [
    `held-out loss ${loss.toFixed(3)} nats; before training ${before.toFixed(3)}; right work ${right.mean.toFixed(3)}, sd ${right.deviation.toFixed(3)} over ${right.runs} runs, limit ${limit.toFixed(3)}`,
  ];
  if (loss <= limit) return { outcome: 'pass', message: '', evidence };
  return { outcome: 'fail', message: `Trained with your loss, ${sentence(start, trained, { steps, before, loss, right: right.mean })}`, evidence };
}

/** Too slow, or at odds with the library: neither says that it trains wrong. */
function withoutModel(reply: Exclude<Reply, { kind: 'returned' }>): Finding {
  switch (reply.kind) {
    case 'threw':
      // The words of an error could hold what is trained on.
      return { outcome: 'fail', message: 'Training with your loss ended with an error, although single calls return: look for what one call leaves behind for the next.', evidence: [reply.error.message] };
    case 'unanswered':
      // The function itself has been called before: it is one that it is trained together with.
      return { outcome: 'fail', message: 'No model was trained: another function that training needs has not been answered yet.', evidence: [] };
    case 'unsupported':
      return { outcome: 'not-gradable', message: `The operation ${reply.kernel} is not available to the grader here. It costs no marks.`, evidence: [] };
    case 'ended':
      if (reply.ending.kind === 'our-fault') return { outcome: 'not-gradable', message: describeEnding(reply.ending), evidence: [] };
      return { outcome: 'awaiting-person', message: `A small model could not be trained with it to the end. ${describeEnding(reply.ending)}`, evidence: [] };
  }
}

interface Course {
  readonly steps: number;
  readonly before: number;
  readonly loss: number;
  readonly right: number;
}

function sentence(start: Model, trained: Model, { steps, before, loss, right }: Course): string {
  const untouched = modulesOf(start).filter(([name, tensors]) => tensors.every((tensor, index) => equal(tensor, new Map(modulesOf(trained)).get(name)?.[index])));
  const goal = `a right loss brings it from ${shown(before)} to about ${shown(right)} nats`;
  const [first] = untouched;
  if (first !== undefined && untouched.length === modulesOf(start).length) return `a small model is after ${steps} steps what it was before: no gradient reaches any part of it, and ${goal}.`;
  if (first !== undefined) return `the ${first[0]} of a small model is after ${steps} steps what it was before: no gradient reaches it, and the model ends at ${shown(loss)} nats, where ${goal}.`;
  if (!Number.isFinite(loss)) return `the weights of a small model are no numbers any more within ${steps} steps.`;
  if (loss > before) return `a small model gets worse: ${steps} steps lead from ${shown(before)} to ${shown(loss)} nats on images it has not seen, where ${goal}.`;
  return `a small model learns too little: ${steps} steps lead from ${shown(before)} to ${shown(loss)} nats on images it has not seen, where ${goal}.`;
}

function shown(loss: number): string {
  return Number.isFinite(loss) ? (Math.abs(loss) > 1e6 ? loss.toExponential(1) : loss.toFixed(1)) : 'not a number';
}

/** The model with the weights that a child returned, module by module; null where they do not fit. */
export function trainedModel(start: Model, value: Value): Model | null {
  if (value.kind !== 'record') return null;
  const returned = new Map(value.entries);
  const pieces = new Map<string, readonly Float32Array[]>();
  for (const [name, tensors] of modulesOf(start)) {
    const own = returned.get(name);
    const sizes = tensors.map(({ values }) => values.length);
    if (own?.kind !== 'tensor' || own.tensor.dtype !== 'float32' || own.tensor.values.length !== sizes.reduce((sum, size) => sum + size, 0)) return null;
    let at = 0;
    pieces.set(name, sizes.map((size) => Float32Array.from(own.tensor.values.subarray(at, (at += size)))));
  }
  const filled = (name: string, index: number, tensor: TensorData): TensorData => ({ ...tensor, values: pieces.get(name)?.[index] ?? tensor.values });
  const networks = Object.entries(start.networks).map(([name, layers]) => [
    name,
    layers.map((layer, index): Layer => ({ ...layer, kernel: filled(name, 2 * index, layer.kernel), bias: filled(name, 2 * index + 1, layer.bias) })),
  ]);
  const parameters = Object.entries(start.parameters).map(([name, tensor], index) => [name, filled(PRIOR, index, tensor)]);
  return { family: start.family, networks: Object.fromEntries(networks), parameters: Object.fromEntries(parameters) };
}

/** The name under which a model's free parameters travel. */
const PRIOR = 'prior';

/** In the order of the protocol: layer by layer, kernel before bias, then the free parameters. */
function modulesOf({ networks, parameters }: Model): readonly (readonly [string, readonly TensorData[]])[] {
  const free = Object.values(parameters);
  return [
    ...Object.entries(networks).map(([name, layers]) => [name, layers.flatMap(({ kernel, bias }) => [kernel, bias])] as const),
    ...(free.length === 0 ? [] : [[PRIOR, free] as const]),
  ];
}

function equal(one: TensorData, other: TensorData | undefined): boolean {
  return other !== undefined && one.values.every((value, index) => value === other.values[index]);
}
