/**
 * Reads a fixture set and hands it out through three doors: questions go to the session, expectations and
 * known mistakes to compare, never both. A child can only be given what a question has a place for, and right
 * functions in the place of a student's own.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { elementCount } from '../../contract/codec.ts';
import {
  type FixtureArgument,
  type FixtureCase,
  FixtureFile,
  type FixtureGradient,
  FixtureManifest,
  type FixtureMistake,
  FixtureMistakeFile,
  type FixtureTensor,
} from '../../contract/fixture.ts';
import type { Argument, Question } from '../../contract/question.ts';
import { decodeSafetensors } from '../../contract/safetensors.ts';
import type { Expectation, KnownMistake } from '../../contract/expectation.ts';
import { parser } from '../../contract/schema.ts';
import { HELPERS_FILE, languageOfHelpers, SuppliedHelpers } from '../../contract/supplied-helpers.ts';
import type { FixtureStatistics, StatisticalExpectation } from '../../contract/statistics.ts';
import { calledBy, componentOrder, type FunctionTask, trainedBy } from '../../contract/task.ts';
import type { FixtureTraining, TrainingExpectation } from '../../contract/training-case.ts';
import type { TensorData } from '../../contract/values.ts';
import { statisticalExpectation, statisticalQuestions } from './statistics.ts';
import { trainingExpectation, trainingQuestion } from './trainings.ts';

export { differencesBetween, type FixtureDifference } from './fixture-differences.ts';

export interface AskedCase {
  readonly case: string;
  readonly weight: 'light' | 'heavy';
  /** Of hidden cases nothing is shown, not even what the student's code prints or throws: it knows the inputs. */
  readonly visibility: 'basic' | 'hidden';
  readonly question: Question;
}

export interface AnswerKey {
  readonly term: string;
  /** sha256 over the manifest, which holds the hash of every file: names a fixture set. */
  readonly hash: string;
  readonly publicOnly: boolean;
  /** Chooses the hidden test images of trained models; null for a student's own check. */
  readonly hiddenSeed: string | null;
  /** What computed the answers. */
  readonly engine: string;
  /** Ids of the tasks that it has cases for. */
  readonly tasks: ReadonlySet<string>;
  readonly questionsFor: (task: FunctionTask) => readonly AskedCase[];
  readonly expectationsFor: (task: FunctionTask) => readonly Expectation[];
  /** None where a set was made or deployed without them: then nothing is named. */
  readonly mistakesFor: (task: FunctionTask) => readonly KnownMistake[];
  /** Null where the set has none, and for a student's own check: nothing there would keep them from being read. */
  readonly helpers: SuppliedHelpers | null;
  /** The same in other languages, by language. */
  readonly otherHelpers: ReadonlyMap<string, SuppliedHelpers>;
  /** What is asked where noise cannot be compared exactly: of a function without any, nothing. */
  readonly statisticalQuestionsFor: (task: FunctionTask) => readonly Question[];
  readonly statisticalExpectationFor: (task: FunctionTask) => StatisticalExpectation | null;
  /** A short training with the function; null where the set has none for it. */
  readonly trainingQuestionFor: (task: FunctionTask) => Question | null;
  readonly trainingExpectationFor: (task: FunctionTask) => TrainingExpectation | null;
}

/** A fixture set that is absent, altered or of another format; the message says what to do. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError';
}

const parseFile = parser('a fixture file', FixtureFile);
const parseMistakes = parser('a fixture file of mistakes', FixtureMistakeFile);
const parseManifest = parser('the fixture manifest', FixtureManifest);
const parseHelpers = parser('the supplied helpers', SuppliedHelpers);

/** @throws FixtureError | SchemaError */
export async function openAnswerKey(folder: string, options: { readonly basicOnly: boolean }): Promise<AnswerKey> {
  const manifestText = await readFixture(folder, 'manifest.json');
  const manifest = parseManifest(JSON.parse(manifestText.toString('utf8')));
  const tensors = new Map<string, TensorData>();
  const cases = new Map<string, readonly FixtureCase[]>();
  const mistakes = new Map<string, readonly FixtureMistake[]>();
  let helpers: SuppliedHelpers | null = null;
  const otherHelpers = new Map<string, SuppliedHelpers>();
  const statistics = new Map<string, FixtureStatistics>();
  const trainings = new Map<string, FixtureTraining>();
  for (const [name, hash] of Object.entries(manifest.files)) {
    const bytes = await readFixture(folder, name);
    if (sha256(bytes) !== hash) {
      throw new FixtureError(`${path.join(folder, name)} was changed after it was generated. Make it again: elbow fixtures generate`);
    }
    if (name === HELPERS_FILE) {
      helpers = options.basicOnly ? null : parseHelpers(JSON.parse(bytes.toString('utf8')));
      continue;
    }
    const language = languageOfHelpers(name);
    if (language !== null) {
      if (!options.basicOnly) otherHelpers.set(language, parseHelpers(JSON.parse(bytes.toString('utf8'))));
      continue;
    }
    if (name.endsWith('.safetensors')) for (const [key, tensor] of decodeSafetensors(bytes)) tensors.set(`${stem(name)}/${key}`, tensor);
    if (name.endsWith('.mistakes.json')) addAll(mistakes, parseMistakes(JSON.parse(bytes.toString('utf8'))).tasks);
    else if (name.endsWith('.json')) {
      const file = parseFile(JSON.parse(bytes.toString('utf8')));
      addAll(cases, file.tasks);
      addAll(statistics, file.statistics ?? {});
      addAll(trainings, file.trainings ?? {});
    }
  }
  const shown = (task: FunctionTask): readonly FixtureCase[] => {
    const all = cases.get(task.id);
    if (all === undefined) throw new FixtureError(`The fixtures in ${folder} hold nothing for ${task.id}. Make them again: elbow fixtures generate`);
    return options.basicOnly ? all.filter((entry) => entry.visibility === 'basic') : all;
  };
  const tensor = (question: string) => (reference: FixtureTensor) => inMemory(reference, question, tensors);
  return {
    term: manifest.term,
    hash: sha256(manifestText),
    publicOnly: manifest.public,
    // Of the files' hashes, which no report shows: from the hash that pages name nobody can tell the images.
    hiddenSeed: options.basicOnly ? null : sha256(Buffer.from(JSON.stringify(['hidden images', manifest.files]))),
    engine: `TensorFlow.js ${manifest.engine.tfjs} on ${manifest.engine.backend}`,
    tasks: new Set(cases.keys()),
    helpers,
    otherHelpers,
    questionsFor: (task) => shown(task).map((entry) => asked(task, entry, tensor(questionOf(task)))),
    expectationsFor: (task) => shown(task).map((entry) => expected(entry, tensor(questionOf(task)))),
    mistakesFor: (task) => {
      const ids = new Set(shown(task).map(({ id }) => id));
      return (mistakes.get(task.id) ?? []).map((mistake) => known(mistake, ids, tensor(`${questionOf(task)}.mistakes`)));
    },
    statisticalQuestionsFor: (task) => {
      const entry = statistics.get(task.id);
      return entry === undefined ? [] : statisticalQuestions(called(task, entry, tensor(questionOf(task))), entry);
    },
    statisticalExpectationFor: (task) => {
      const entry = statistics.get(task.id);
      return entry === undefined ? null : statisticalExpectation(entry, tensor(questionOf(task)));
    },
    trainingQuestionFor: (task) => {
      const entry = trainings.get(task.id);
      const read = tensor(questionOf(task));
      return entry === undefined ? null : trainingQuestion({ ...called(task, { ...entry, gradients: [] }, read), ...trainedBy(task) }, entry, componentOrder(task), read);
    },
    trainingExpectationFor: (task) => {
      const entry = trainings.get(task.id);
      const read = tensor(questionOf(task));
      return entry === undefined ? null : trainingExpectation(entry, called(task, { ...entry, gradients: [] }, read).arguments, read);
    },
  };
}

type ToTensor = (reference: FixtureTensor) => TensorData;

function asked(task: FunctionTask, entry: FixtureCase, tensor: ToTensor): AskedCase {
  const { seed, stream, law } = entry.noise;
  return {
    case: entry.id,
    weight: entry.weight,
    visibility: entry.visibility,
    question: { ...called(task, entry, tensor), noise: { seed, ...(stream === undefined ? {} : { stream: tensor(stream) }), ...(law === undefined ? {} : { law }) } },
  };
}

interface Called {
  readonly arguments: readonly FixtureArgument[];
  readonly gradients: readonly FixtureGradient[];
}

function called(task: FunctionTask, entry: Called, tensor: ToTensor): Omit<Question, 'noise'> {
  const order = componentOrder(task);
  return {
    ...calledBy(task),
    arguments: entry.arguments.map((argument): Argument => {
      if (argument.kind === 'number') return argument;
      if (argument.kind === 'tensor') return { ...argument, tensor: tensor(argument.tensor) };
      if (argument.kind === 'record') return { kind: 'record', entries: mapRecord(argument.entries, (value) => (typeof value === 'number' ? value : tensor(value))) };
      const { family, networks, parameters } = argument.model;
      const layers = (list: (typeof networks)[string]) =>
        list.map(({ kernel, bias, activation }) => ({ kernel: tensor(kernel), bias: tensor(bias), activation }));
      return {
        kind: 'model',
        model: { family, networks: mapRecord(networks, layers), parameters: mapRecord(parameters, tensor) },
      };
    }),
    gradients: entry.gradients.map(({ component, weights }) => ({
      component,
      ...(order.includes(component) ? { position: order.indexOf(component) } : {}),
      ...(weights === undefined ? {} : { weights: tensor(weights) }),
    })),
  };
}

function expected(entry: FixtureCase, tensor: ToTensor): Expectation {
  return {
    case: entry.id,
    title: entry.title,
    visibility: entry.visibility,
    checks: entry.checks,
    ...(entry.noise.law === undefined ? {} : { law: entry.noise.law }),
    tolerance: entry.tolerance,
    ...(entry.sizes === undefined ? {} : { sizes: entry.sizes }),
    accepted: entry.answers.map(({ layout, draws, values, gradients }) => ({
      layout,
      draws,
      values: mapOf(values, tensor),
      gradients: mapOf(gradients, (modules) => mapOf(modules, tensor)),
    })),
  };
}

/** Of a mistake only what it returns in these cases. */
function known({ id, description, feedback, seenIn, twins, answers }: FixtureMistake, cases: ReadonlySet<string>, tensor: ToTensor): KnownMistake {
  const inCases = <Part>(record: Readonly<Record<string, Part>>): Record<string, Part> => Object.fromEntries(Object.entries(record).filter(([key]) => cases.has(key)));
  return {
    id,
    description,
    feedback,
    seenIn,
    twins,
    answers: answers.map(({ layout, values, gradients }) => ({
      layout,
      values: mapOf(inCases(values), (components) => mapOf(components, tensor)),
      gradients: mapOf(inCases(gradients), (components) => mapOf(components, (modules) => mapOf(modules, tensor))),
    })),
  };
}

function inMemory(reference: FixtureTensor, question: string, stored: ReadonlyMap<string, TensorData>): TensorData {
  const { dtype, shape, values } = reference;
  if (reference.stored !== undefined) {
    const found = stored.get(`${question}/${reference.stored}`);
    if (found === undefined) throw new FixtureError(`The fixtures name a tensor ${reference.stored} that is not in ${question}.safetensors`);
    return found;
  }
  if (values?.length !== elementCount(shape)) throw new FixtureError(`The fixtures of ${question} hold a tensor of shape [${shape.join(', ')}] without its numbers`);
  if (dtype === 'float32') return { dtype, shape, values: Float32Array.from(values) };
  if (dtype === 'int32') return { dtype, shape, values: Int32Array.from(values) };
  return { dtype, shape, values: Uint8Array.from(values) };
}

async function readFixture(folder: string, name: string): Promise<Buffer> {
  try {
    return await fs.readFile(path.join(folder, path.basename(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new FixtureError(`There is no ${name} in ${folder}. Make the fixtures: elbow fixtures generate`);
  }
}

/** `cs236-hw2/vae/negative-elbo-bound` is answered by vae.json and vae.safetensors. */
function questionOf(task: FunctionTask): string {
  return path.posix.basename(path.posix.dirname(task.id));
}

function stem(name: string): string {
  return path.basename(name).replace(/\.[^.]+$/, '');
}

function mapRecord<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function mapOf<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): ReadonlyMap<string, To> {
  return new Map(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function addAll<Value>(map: Map<string, Value>, record: Readonly<Record<string, Value>>): void {
  for (const [key, value] of Object.entries(record)) map.set(key, value);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
