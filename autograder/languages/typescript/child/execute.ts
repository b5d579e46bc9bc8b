/** Runs one call on the student's module and measures what the grader asked for. */
import type * as Tf from '@tensorflow/tfjs';
import { encodeValue, type PayloadReader, PayloadWriter } from '../../../../contract/codec.ts';
import type { Answer, Call, Thrown } from '../../../../contract/messages.ts';
import type { Value } from '../../../../contract/values.ts';
import { quietly } from './console.ts';
import type { Modules } from './modules.ts';
import { type BuiltArgument, buildArguments, type Parameters } from './networks.ts';
import { countOperations } from './operations.ts';
import { toPlainData } from './plain-data.ts';
import { recordedDraws, startNoise } from './random.ts';
import { settle } from './settle.ts';
import { describeThrown } from './thrown.ts';
import { train } from './train.ts';

type StudentFunction = (...values: readonly unknown[]) => unknown;

/** Thrown by the stubs of the template: nobody has written this function yet. */
const UNANSWERED = 'UnansweredError';

const MISSING_KERNEL = /Kernel '(\w+)' not registered for backend/;

export async function execute(tf: typeof Tf, call: Call, modules: Modules, reader: PayloadReader): Promise<[Answer, Uint8Array]> {
  const writer = new PayloadWriter();
  const answer = (result: Answer['result'], rest: Partial<Answer> = {}): [Answer, Uint8Array] => [
    { type: 'answer', id: call.id, result, gradients: [], draws: recordedDraws(), operations: 0, ...rest },
    writer.bytes(),
  ];
  const stream = call.noise.stream === undefined ? new Float32Array(0) : Float32Array.from(reader.tensor(call.noise.stream).values);
  const restartNoise = (): void => startNoise(stream, call.noise.seed, call.noise.law);
  restartNoise();

  let variables: readonly Tf.Variable[] = [];
  try {
    const asked = findFunction(modules, call);
    if (typeof asked === 'string') return answer({ kind: 'unanswered', reason: asked });
    const student = calledThrough(modules, asked, call.through);
    keepConstants(tf);

    const built = buildArguments(tf, call.arguments, reader);
    variables = built.flatMap((argument) => [...argument.parameters.values()].flat());
    const { training } = call;
    if (training !== undefined) {
      const lossOf = (values: readonly unknown[]): Tf.Scalar => pick(tf, student(...values), training).asScalar();
      return answer({ kind: 'returned', value: encodeValue(quietly(() => train(tf, built, training, reader, lossOf)), writer) });
    }
    const counter = countOperations(tf);
    let value: Value;
    try {
      value = toPlainData(tf, await settle(student(...built.map((argument) => argument.value))));
    } finally {
      counter.stop();
    }
    const draws = recordedDraws();
    const gradients = call.gradients.map((wanted) => {
      restartNoise();
      const weights = wanted.weights === undefined ? null : reader.tensor(wanted.weights);
      const scalar = (): Tf.Scalar => {
        const component = pick(tf, student(...built.map((argument) => argument.value)), wanted);
        if (weights === null) return component.reshape([]);
        // A column and a vector of as many numbers have the same sum: weights take the result's shape.
        const shape = weights.values.length === component.size ? component.shape : [...weights.shape];
        return tf.sum(tf.mul(component, tf.tensor(weights.values, shape))) as Tf.Scalar;
      };
      return { component: wanted.component, ...quietly(() => differentiate(tf, scalar, built, writer)) };
    });
    return answer({ kind: 'returned', value: encodeValue(value, writer) }, { gradients, draws, operations: counter.count() });
  } catch (error) {
    return answer(judgeThrown(describeThrown(error)));
  } finally {
    for (const variable of variables) variable.dispose();
  }
}

/** Tensors that a module made while it was loaded serve every later call: the end of this one must not dispose of them. */
function keepConstants(tf: typeof Tf): void {
  for (const tensor of tf.engine().state.activeScope.track) tf.keep(tensor);
}

/** The student's function, or the sentence that says why there is none. */
function findFunction(modules: Modules, call: Pick<Call, 'module' | 'function'>): StudentFunction | string {
  if (!modules.has(call.module)) return `${call.module} is not in the hand-in`;
  const exports = modules.load(call.module);
  const found = Object.hasOwn(exports, call.function) ? exports[call.function] : undefined;
  if (typeof found === 'function') return found as StudentFunction;
  return `${call.module} does not export a function named ${call.function}`;
}

/** The given function with the student's as its first arguments, where one is named. */
function calledThrough(modules: Modules, student: StudentFunction, through: Call['through']): StudentFunction {
  if (through === undefined) return student;
  const [given, ...others] = [through, ...(through.with ?? [])].map((place) => findFunction(modules, place)) as [StudentFunction | string, ...(StudentFunction | string)[]];
  const missing = [given, ...others].find((found) => typeof found === 'string');
  if (missing !== undefined) throw new Error(missing);
  return (...values) => (given as StudentFunction)(student, ...others, ...values);
}

function judgeThrown(error: Thrown): Answer['result'] {
  if (error.name === UNANSWERED) return { kind: 'unanswered', reason: error.message };
  const kernel = MISSING_KERNEL.exec(error.message)?.[1];
  if (kernel !== undefined) return { kind: 'unsupported', kernel };
  return { kind: 'threw', error };
}

function pick(tf: typeof Tf, returned: unknown, { component, position }: Pick<Call['gradients'][number], 'component' | 'position'>): Tf.Tensor {
  const key = Array.isArray(returned) ? (position ?? component) : component;
  const found = component === '' ? returned : (returned as Readonly<Record<string, unknown>> | null)?.[key];
  if (found instanceof tf.Tensor) return found;
  if (found instanceof Promise) throw new Error('an async function cannot be differentiated: return tensors, not a promise');
  throw new Error(component === '' ? 'what is returned is not a tensor' : `${component} is not a tensor`);
}

type ModuleGradient = Answer['gradients'][number]['modules'][number];

function differentiate(
  tf: typeof Tf,
  scalar: () => Tf.Scalar,
  built: readonly BuiltArgument[],
  writer: PayloadWriter,
): { modules: ModuleGradient[]; error?: string } {
  const modules = new Map(built.flatMap((argument) => [...argument.parameters])) satisfies Parameters;
  const variables = [...modules.values()].flat();
  let grads: Readonly<Record<string, Tf.Tensor>> = {};
  try {
    grads = tf.variableGrads(scalar, variables).grads;
  } catch (error) {
    const { message } = describeThrown(error);
    // Some kernels are needed by gradients only; without them the whole question goes to another backend.
    if (MISSING_KERNEL.test(message)) throw error;
    // tfjs throws where a framework would return zeros: nothing leads from the parameters to the result.
    if (!message.startsWith('Cannot find a connection between any variable')) {
      return { modules: [], error: message };
    }
  }
  return {
    modules: [...modules].map(([module, parameters]) => {
      // A parameter that the result does not depend on is left out, or null: a zero gradient.
      const pieces = parameters.map((parameter) => grads[parameter.name] ?? null);
      if (pieces.every((piece) => piece === null)) return { module, tensor: null };
      const flat = pieces.map((piece, index) => piece?.flatten() ?? tf.zeros([parameters[index]?.size ?? 0]));
      const values = Float32Array.from(tf.concat(flat as Tf.Tensor1D[]).dataSync());
      return { module, tensor: writer.tensor({ dtype: 'float32', shape: [values.length], values }) };
    }),
  };
}
