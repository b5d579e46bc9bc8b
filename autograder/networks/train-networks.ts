/**
 * Trains a student's networks in the box and measures what they have become. Three children: one trains and
 * returns weights; one gets them and images that no training saw, and returns mean and log variance; one that has never
 * seen those images decodes codes that were drawn here. So images that were learned by heart gain nothing, and
 * what an encoder says of an image is paid for in the KL divergence.
 */
import type { Argument, Question } from '../../contract/question.ts';
import type { Ending, Reply } from '../../contract/reply.ts';
import type { NetworksTask } from '../../contract/task.ts';
import type { TensorData, Value } from '../../contract/values.ts';
import { randomFor } from '../../data/random.ts';
import { Session } from '../session/session.ts';
import type { SessionPool } from '../session/session-pool.ts';
import { type Digits, type DigitSet, digitSet, PIXELS, SIDE } from './digits.ts';
import { classesAskedFor, type Encoded, negativeElbo, recognised, sampled } from './measure.ts';

export type Training =
  | { readonly kind: 'measured'; readonly attempts: readonly Measured[]; readonly best: Measured; readonly digits: DigitSet }
  /** A child that did not answer as it was asked to, or could not: at which step, and what came. */
  | { readonly kind: 'not-measured'; readonly while: Stage; readonly why: Exclude<Reply, { readonly kind: 'returned' }> | { readonly kind: 'misfit'; readonly problem: string } };

type Stage = 'training' | 'encoding' | 'decoding';

export interface Measured {
  readonly learningRate: number;
  readonly steps: number;
  readonly nelbo: number;
  /** The share of pictures from the prior that are recognised as the class asked for; null without classes. */
  readonly recognised: number | null;
}

type Networks = Pick<NetworksTask, 'encoder' | 'decoder' | 'negativeElbo' | 'isConditional' | 'given'>;

/** No rate fits all networks: where one does not come far the next is tried. */
const ATTEMPTS = [
  { learningRate: 0.004, steps: 300, warmUp: 0 },
  { learningRate: 0.01, steps: 300, warmUp: 150 },
  { learningRate: 0.001, steps: 500, warmUp: 250 },
] as const;

const [BATCH, EACH_CLASS] = [16, 20];

/** With a class few, so that the code cannot say as much of it as the class does: then codes from the prior would say something else. */
const LATENT = { plain: 8, conditional: 2 } as const;

/** As parts of what the mean digit costs: where a training ends. With a class it goes on for longer, until the class has its part in what is drawn. */
const GOAL = { plain: 0.65, conditional: 0.55 } as const;
/** Networks that are measured there have learned. */
export const LIMIT = 0.85;
/** Of pictures from the prior: those of a decoder that follows its class. Chance is a tenth. */
export const RECOGNISED = 0.5;

export async function trainNetworks(networks: Networks, seed: string, pool: Pick<SessionPool, 'alone'>): Promise<Training> {
  const digits = digitSet(seed);
  const attempts: Measured[] = [];
  for (const attempt of ATTEMPTS) {
    const measured = await measuredAfter(attempt, networks, digits, seed, pool);
    if ('kind' in measured) return measured;
    attempts.push(measured);
    if (measured.nelbo <= LIMIT * digits.meanDigit && (measured.recognised ?? 1) >= RECOGNISED) break;
  }
  const best = attempts.reduce((one, other) => (other.nelbo < one.nelbo ? other : one));
  return { kind: 'measured', attempts, best, digits };
}

async function measuredAfter(attempt: (typeof ATTEMPTS)[number], networks: Networks, digits: DigitSet, seed: string, pool: Pick<SessionPool, 'alone'>): Promise<Measured | Extract<Training, { kind: 'not-measured' }>> {
  const { encoder, decoder, isConditional } = networks;
  const latent = LATENT[isConditional ? 'conditional' : 'plain'];
  const random = randomFor('networks', seed, attempt.learningRate);
  const normals = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
  const asked = asker(networks, pool, random.integer(2 ** 31));
  try {
    const rows = int32([attempt.steps, BATCH], Int32Array.from({ length: attempt.steps * BATCH }, () => random.integer(digits.train.labels.length)));
    const settings: Argument = { kind: 'record', entries: { latent, learningRate: attempt.learningRate, warmUp: attempt.warmUp, goal: GOAL[isConditional ? 'conditional' : 'plain'] * digits.meanDigit } };
    const [trained] = await asked('training', [{ called: 'askTraining', with: [encoder, decoder, networks.negativeElbo], values: [imagesOf(digits.train), tensor('rows', rows), settings, ...labelsOf(digits.train.labels, isConditional)] }]);
    const [encoderWeights, decoderWeights, steps] = [floats(trained, 'encoder'), floats(trained, 'decoder'), floats(trained, 'steps', 1)];
    const count = digits.test.labels.length;
    const [outputs] = await asked('encoding', [{ called: 'askEncoding', with: [encoder], values: [weights(encoderWeights), imagesOf(digits.test), { kind: 'number', value: latent }, ...labelsOf(digits.test.labels, isConditional)] }]);
    const encoded: Encoded = { mean: floats(outputs, 'mean', count * latent), logVariance: floats(outputs, 'logVariance', count * latent) };
    const z = sampled(encoded, normals(count * latent));
    const classes = classesAskedFor(EACH_CLASS);
    const decoding = (codes: Float32Array, labels: ArrayLike<number>): Asked => ({ called: 'askDecoding', with: [decoder], values: [weights(decoderWeights), codesOf(codes, latent), ...labelsOf(labels, isConditional)] });
    const [decoded, generated] = await asked('decoding', [decoding(z, digits.test.labels), ...(isConditional ? [decoding(normals(classes.length * latent), classes)] : [])]);
    const measured = negativeElbo(encoded, floats(decoded, '', count * PIXELS), digits.test.pixels);
    const seen = generated === undefined ? null : recognised(floats(generated, '', classes.length * PIXELS), digits);
    // Whatever has become no number is as far from right as can be.
    const nelbo = Number.isFinite(measured) ? measured : Number.POSITIVE_INFINITY;
    return { learningRate: attempt.learningRate, steps: steps[0] ?? 0, nelbo, recognised: seen === null ? null : seen.filter((digit, index) => digit === classes[index]).length / classes.length };
  } catch (error) {
    if (error instanceof NotMeasured) return { kind: 'not-measured', while: error.stage, why: error.why };
    throw error;
  }
}

interface Asked {
  readonly called: string;
  readonly with: readonly Pick<Question, 'module' | 'function'>[];
  readonly values: readonly Argument[];
}

class NotMeasured extends Error {
  readonly stage: Stage;
  readonly why: Extract<Training, { kind: 'not-measured' }>['why'];

  constructor(stage: Stage, why: NotMeasured['why']) {
    super(stage);
    this.stage = stage;
    this.why = why;
  }
}

type Answered = { readonly stage: Stage; readonly value: Value };

/** Asks a fresh child all its questions, within one task's budget. Nothing it prints is shown: it may have seen hidden images. */
function asker({ given }: Networks, pool: Pick<SessionPool, 'alone'>, seed: number): (stage: Stage, questions: readonly Asked[]) => Promise<readonly Answered[]> {
  return (stage, questions) =>
    pool.alone('native', async (session: Session | Ending) => {
      if (!(session instanceof Session)) throw new NotMeasured(stage, { kind: 'ended', ending: session });
      session.startTask();
      const answered: Answered[] = [];
      for (const { called, with: [first, ...others], values } of questions) {
        if (first === undefined) throw new Error('nothing is asked for');
        const reply = await session.ask({ ...first, through: { module: given, function: called, with: [...others] }, arguments: values, noise: { seed }, gradients: [] });
        if (reply.kind !== 'returned') throw new NotMeasured(stage, reply);
        answered.push({ stage, value: reply.value });
      }
      return answered;
    });
}

/** A tensor of float32 in what was returned; `''`: the whole of it. Of `count` numbers, where that is known. */
function floats(answered: Answered | undefined, name: string, count?: number): Float32Array {
  if (answered === undefined) throw new Error('not asked');
  const { stage, value } = answered;
  const found = name === '' ? value : value.kind === 'record' ? new Map(value.entries).get(name) : undefined;
  const what = name === '' ? 'what is returned' : name;
  if (found?.kind !== 'tensor' || !(found.tensor.values instanceof Float32Array)) throw new NotMeasured(stage, { kind: 'misfit', problem: `${what} is no tensor of float32` });
  const { values } = found.tensor;
  if (count !== undefined && values.length !== count) throw new NotMeasured(stage, { kind: 'misfit', problem: `${what} has ${values.length} numbers, and ${count} are asked for` });
  return values;
}

function imagesOf({ pixels, labels }: Digits): Argument {
  return tensor('images', { dtype: 'bool', shape: [labels.length, SIDE, SIDE, 1], values: pixels });
}

function labelsOf(labels: ArrayLike<number>, isConditional: boolean): readonly Argument[] {
  return isConditional ? [tensor('labels', int32([labels.length], Int32Array.from(labels)))] : [];
}

function weights(values: Float32Array): Argument {
  return tensor('weights', { dtype: 'float32', shape: [values.length], values });
}

function codesOf(values: Float32Array, latent: number): Argument {
  return tensor('z', { dtype: 'float32', shape: [values.length / latent, latent], values });
}

function int32(shape: readonly number[], values: Int32Array): TensorData {
  return { dtype: 'int32', shape, values };
}

function tensor(name: string, data: TensorData): Argument {
  return { kind: 'tensor', name, tensor: data, constant: true };
}
