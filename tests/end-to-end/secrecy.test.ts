/**
 * The answer key never meets the student's code. Everything the grader knows of a case beyond its inputs is
 * altered in a copy of the fixtures; a child that records its channel is then told exactly the same bytes.
 * And of what a hidden case expects, nothing reaches what a student may read.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { type AnswerKey, openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { CERTIFICATE_FILE } from '../../autograder/answer-key/certificate.ts';
import type { LanguageAdapter } from '../../autograder/languages/adapter.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import { gradeIntake } from '../../autograder/pipeline.ts';
import { gradesJson, studentPage, studentViews, terminalSummary } from '../../autograder/report/report.ts';
import { encodeCall } from '../../autograder/session/requests.ts';
import { elementCount } from '../../contract/codec.ts';
import type { FixtureFile, FixtureMistakeFile, FixtureTensor } from '../../contract/fixture.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Assignment } from '../../contract/rubric.ts';
import type { TextFile } from '../../contract/submission.ts';
import type { FixtureStatistics } from '../../contract/statistics.ts';
import { HELPERS_FILE, languageOfHelpers } from '../../contract/supplied-helpers.ts';
import { committedCases, fixturesFolder, functionTasks } from '../fixtures/committed-cases.ts';
import { completeHandIn, givenFiles } from '../submissions/variants.ts';
import { hiddenNumbersIn, longNumbersIn, prints } from './hidden-numbers.ts';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-secrecy-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

async function grade(code: readonly TextFile[], folder: string, graded: Assignment, language: LanguageAdapter, backend: 'auto' | 'cpu'): Promise<SubmissionResult> {
  const submission = { student: { id: 's1' }, source: 's1.zip', code, written: [], attachments: [], results: [], notes: [] };
  const { result } = await gradeIntake(
    { kind: 'submission', submission },
    {
      assignment: graded,
      key: await openAnswerKey(folder, { basicOnly: false }),
      language,
      originals: givenFiles(),
      templateTexts: [],
      isolation: 'none',
      backend,
      warnings: [],
    },
  );
  return result;
}

describe('what a child is told', () => {
  const code = completeHandIn().code;

  /** Every byte that the children of one whole grading were sent, in order. */
  async function recorded(name: string, folder: string, graded: Assignment): Promise<Buffer> {
    const file = path.join(work, name);
    const program = path.resolve(import.meta.dirname, '../fixtures/recording-child.mjs');
    const language: LanguageAdapter = {
      ...typescript,
      launch: (backend) => ({ program: process.execPath, arguments: [{ file: program }], files: [], environment: { RECORD_TO: file, BACKEND: backend } }),
    };
    const result = await grade(code, folder, graded, language, 'auto');
    expect(result.grade.machine.earned).toBe(0);
    return fs.readFileSync(file);
  }

  it('does not change when everything is altered that is not an input', async () => {
    const altered = path.join(work, 'altered');
    alterFixtures(altered);
    const before = await recorded('before', fixturesFolder, assignment);
    const after = await recorded('after', altered, alterAssignment());
    // All of it was said: each hand-in's code, and each case once in the shared and once in a fresh child; what
    // builds on other tasks once more with right functions.
    const headers = headersIn(before);
    const cases = await committedCases();
    const again = cases.filter(({ task }) => task.buildsOn !== undefined);
    expect(headers.filter(({ type }) => type === 'call').length).toBe(2 * cases.length + again.length);
    expect(headers.filter(({ type }) => type === 'load').length).toBeGreaterThan(functionTasks.length);
    expect(before.equals(after)).toBe(true);
  });

  it('does not change in the calls of statistics either', async () => {
    const altered = path.join(work, 'altered-statistics');
    alterFixtures(altered);
    const [before, after] = [await openAnswerKey(fixturesFolder, { basicOnly: false }), await openAnswerKey(altered, { basicOnly: false })];
    const told = (key: AnswerKey): readonly Buffer[] => functionTasks.flatMap((task) => key.statisticalQuestionsFor(task)).map((question) => Buffer.from(encodeCall(1, question)));
    expect(told(before).length).toBeGreaterThan(50);
    expect(Buffer.concat(told(before)).equals(Buffer.concat(told(after)))).toBe(true);
    const expected = (key: AnswerKey) => functionTasks.map((task) => key.statisticalExpectationFor(task));
    expect(expected(before)).not.toEqual(expected(after));
  });

  it('has a place for inputs only', () => {
    const calls = headersIn(fs.readFileSync(path.join(work, 'before'))).filter(({ type }) => type === 'call');
    const allowed = new Set(['type', 'id', 'module', 'function', 'arguments', 'noise', 'gradients']);
    expect(calls.flatMap((call) => Object.keys(call)).filter((key) => !allowed.has(key))).toEqual([]);
    const text = JSON.stringify(calls);
    const words = ['row, latent', 'stability', 'hidden', 'basic', 'tolerance', 'layout', 'answers', 'extreme', 'example', ...functionTasks.flatMap(({ id, title }) => [id, title])];
    expect(words.filter((word) => text.includes(word))).toEqual([]);
  });
});

interface Header {
  readonly type: string;
}

function headersIn(bytes: Buffer): readonly Header[] {
  const headers: Header[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const [headerLength, payloadLength] = [bytes.readUInt32LE(offset), bytes.readUInt32LE(offset + 4)];
    headers.push(JSON.parse(bytes.subarray(offset + 8, offset + 8 + headerLength).toString('utf8')) as Header);
    offset += 8 + headerLength + payloadLength;
  }
  return headers;
}

/** A copy in which every expected number, tolerance, layout, title, visibility, id and list of checks is another. */
function alterFixtures(folder: string): void {
  fs.cpSync(fixturesFolder, folder, { recursive: true });
  const files: Record<string, string> = {};
  for (const name of fs.readdirSync(folder).filter((file) => file !== 'manifest.json' && file !== CERTIFICATE_FILE)) {
    const file = path.join(folder, name);
    if (name.endsWith('.mistakes.json')) fs.writeFileSync(file, JSON.stringify(alterMistakes(JSON.parse(fs.readFileSync(file, 'utf8')) as FixtureMistakeFile)));
    else if (name.endsWith('.json') && name !== HELPERS_FILE && languageOfHelpers(name) === null) fs.writeFileSync(file, JSON.stringify(alterFile(JSON.parse(fs.readFileSync(file, 'utf8')) as FixtureFile)));
    files[name] = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  }
  const manifest = path.join(folder, 'manifest.json');
  fs.writeFileSync(manifest, JSON.stringify({ ...JSON.parse(fs.readFileSync(manifest, 'utf8')), term: 'another', seed: 77, public: false, files }));
}

function alterFile(file: FixtureFile): FixtureFile {
  const tasks = Object.entries(file.tasks).map(([task, cases]) => [
    task,
    cases.map((entry) => ({
      ...entry,
      id: `${entry.id}-altered`,
      title: 'another title',
      visibility: entry.visibility === 'basic' ? 'hidden' : 'basic',
      checks: [...entry.checks, 'another'].toReversed(),
      tolerance: { absolute: 7 * entry.tolerance.absolute, relative: 0 },
      answers: entry.answers.toReversed().map((answer) => ({
        layout: `another ${answer.layout}`,
        draws: answer.draws + 1,
        values: mapTensors(answer.values),
        gradients: Object.fromEntries(Object.entries(answer.gradients).map(([component, modules]) => [component, mapTensors(modules)])),
      })),
    })),
  ]);
  const statistics = Object.entries(file.statistics ?? {}).map(([task, entry]) => [task, { ...entry, judged: alterJudged(entry.judged), exactOnly: ['another'] }]);
  return { ...file, tasks: Object.fromEntries(tasks), statistics: Object.fromEntries(statistics) };
}

function alterJudged(judged: FixtureStatistics['judged']): FixtureStatistics['judged'] {
  if (judged.kind === 'sampler') return judged;
  if (judged.kind === 'law') return { ...judged, law: { name: 'exponential', rate: 7 } };
  const values = Object.entries(judged.values).map(([component, { mean, deviation, limit }]) => [component, { mean: mean + 1, deviation: 2 * deviation, limit: 3 * limit }]);
  return { ...judged, values: Object.fromEntries(values), gradients: {}, extremes: {} };
}

/** As if nothing were known of the mistakes but one, and that were another. */
function alterMistakes(file: FixtureMistakeFile): FixtureMistakeFile {
  const tasks = Object.entries(file.tasks).map(([task, mistakes]) => [
    task,
    mistakes.slice(0, 1).map((mistake) => ({
      ...mistake,
      id: 'another',
      feedback: 'Another sentence.',
      answers: mistake.answers.map((answer) => ({ ...answer, values: Object.fromEntries(Object.entries(answer.values).map(([id, components]) => [`${id}-altered`, mapTensors(components)])) })),
    })),
  ]);
  return { ...file, tasks: Object.fromEntries(tasks) };
}

/** Other numbers, written inline, because stored ones may be an input's as well. */
function mapTensors(tensors: Readonly<Record<string, FixtureTensor>>): Record<string, FixtureTensor> {
  const altered = ({ dtype, shape }: FixtureTensor): FixtureTensor => ({ dtype, shape, values: Array.from({ length: elementCount(shape) }, (_, index) => index + 0.125) });
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, altered(tensor)]));
}

function alterAssignment(): Assignment {
  return {
    ...assignment,
    questions: assignment.questions.map((question) => ({
      ...question,
      title: 'another title',
      tasks: question.tasks.map((task) =>
        task.kind === 'function' ? { ...task, title: 'another title', points: 2 * task.points, checks: task.checks.map((check) => ({ ...check, title: 'another', hint: 'another', points: 2 * check.points })) } : task,
      ),
    })),
  };
}

describe('what a student reads', () => {
  // Of the right shape and structure, and wrong: 0.25 everywhere, a number that no precision makes longer.
  const wrong = {
    'distributions.ts': `
      export const sampleGaussian = (mean: tf.Tensor) => tf.add(tf.mul(0, tf.randomNormal(mean.shape)), 0.25);
      export const logNormal = (x: tf.Tensor) => tf.fill([x.shape[0] ?? 1], 0.25);
      export const logNormalMixture = logNormal;`,
    'vae.ts': `
      const bound = (model: any, x: tf.Tensor, m = 1) => {
        const { mean } = model.encode(x);
        tf.randomNormal([m, ...mean.shape]);
        const value = tf.mul(tf.mean(mean), 0).add(0.25);
        return { nelbo: value, niwae: value, kl: value, rec: value };
      };
      export { bound as negativeElboBound, bound as negativeIwaeBound };`,
    'gmvae.ts': `export { negativeElboBound, negativeIwaeBound } from './vae.ts';`,
    'ssvae.ts': `
      export function negativeElboBound(model: any, x: tf.Tensor) {
        const value = tf.mul(tf.mean(model.classify(x)), 0).add(0.25);
        return { nelbo: value, klZ: value, klY: value, rec: value };
      }`,
    'fsvae.ts': `export { negativeElboBound } from './vae.ts';`,
  };
  const handIn = (change: (text: string) => string): readonly TextFile[] =>
    Object.entries(wrong).map(([file, text]) => ({ path: file, text: `import * as tf from '@tensorflow/tfjs';\n${change(text)}` }));

  /** The complete hand-in, spoiled for the sizes that only hidden cases have. */
  const wrongWhereHidden: readonly TextFile[] = completeHandIn().code.flatMap(({ path: file, text }) => [
    { path: `right-${file}`, text },
    { path: file, text: spoiled(file) },
  ]);

  it.each<[what: string, code: readonly TextFile[]]>([
    ['numbers that are wrong in hidden cases only', wrongWhereHidden],
    ['shapes that are wrong', handIn((text) => text.replaceAll('.add(0.25)', '.add([0.25, 0.25])').replaceAll('x.shape[0] ?? 1', '3, 2'))],
    ['noise that a person must judge', handIn((text) => text.replaceAll('randomNormal', 'randomUniform'))],
  ])('holds no number that a hidden case expects: %s', async (_, code) => {
    const result = await grade(code, fixturesFolder, assignment, typescript, 'cpu');
    expect(await hiddenNumbersIn(shownOf(result))).toEqual([]);
    const functions = new Set(functionTasks.map(({ id }) => id));
    const failed = result.questions.flatMap(({ tasks }) => tasks).filter(({ task, outcome }) => functions.has(task) && outcome !== 'pass');
    expect(failed.length).toBe(functionTasks.length);
  });

  it('would be seen: staff have such numbers, and students those of basic cases', async () => {
    const result = await grade(handIn((text) => text), fixturesFolder, assignment, typescript, 'cpu');
    expect(await hiddenNumbersIn(shownOf(result))).toEqual([]);
    const cases = (await committedCases()).filter(({ task }) => task.id === 'cs236-hw2/vae/negative-elbo-bound');
    const nelboOf = (id: string): number => cases.find((entry) => entry.id === id)?.expectation.accepted[0]?.values.get('nelbo')?.values[0] ?? Number.NaN;
    const shows = (text: string, id: string): boolean => longNumbersIn(text).some((shown) => prints(nelboOf(id), shown));
    expect(['A', 'B', 'C'].map((id) => shows(gradesJson([result]), id))).toEqual([true, true, true]);
    expect(['A', 'B', 'C'].map((id) => shows(studentPage(result), id))).toEqual([true, false, false]);
    expect(['A', 'B', 'C'].map((id) => shows(terminalSummary(result, { coloured: false }), id))).toEqual([true, false, false]);
  });
});

/** All that a student can be given. */
function shownOf(result: SubmissionResult): readonly string[] {
  return [...Object.values(studentViews).map((view) => view(result)), terminalSummary(result, { coloured: false })];
}

/** A module that passes on what the right one returns, except for batches of 7 and of 100. */
function spoiled(file: string): string {
  const names = functionTasks.filter(({ module }) => module === file).map((task) => task.function);
  return `
    import * as tf from '@tensorflow/tfjs';
    import * as right from './right-${file}';
    const spoil = (result: any): any => result instanceof tf.Tensor ? tf.add(tf.mul(result, 0), 0.25)
      : Object.fromEntries(Object.entries(result).map(([name, value]) => [name, spoil(value)]));
    const exceptFor = (answer: any) => (...given: any[]) => {
      const [batch] = given.find((argument) => argument instanceof tf.Tensor).shape;
      return batch === 7 || batch === 100 ? spoil(answer(...given)) : answer(...given);
    };
    ${names.map((name) => `export const ${name} = exceptFor(right.${name});`).join('\n')}`;
}
