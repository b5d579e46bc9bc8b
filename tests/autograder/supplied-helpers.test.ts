/** One mistake is paid once: what builds on a wrong function is judged again with a right one. Real children throughout. */
import { describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { gradeAlone } from '../../autograder/grade-task.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import { gradeIntake, type Grading } from '../../autograder/pipeline.ts';
import { type SessionOptions, SessionPool } from '../../autograder/session/session-pool.ts';
import type { Session } from '../../autograder/session/session.ts';
import { betterOf } from '../../autograder/supplied-helpers.ts';
import type { Backend, Supplied } from '../../contract/messages.ts';
import type { Ending } from '../../contract/reply.ts';
import type { TaskResult } from '../../contract/result.ts';
import { tasksOf } from '../../contract/rubric.ts';
import { fixturesFolder } from '../fixtures/committed-cases.ts';
import { withoutHeavyCases } from '../hostile/grade-hostile.ts';
import { completeHandIn, givenFiles } from '../submissions/variants.ts';
import { buildStaleChildren } from './session/stale-children.ts';

await buildStaleChildren();

const key = withoutHeavyCases(await openAnswerKey(fixturesFolder, { basicOnly: false }));
const functionIds = new Set(tasksOf(assignment).flatMap((task) => (task.kind === 'function' ? [task.id] : [])));
const complete = new Map(completeHandIn().code.map(({ path, text }) => [path, text]));

/** Right to read, wrong to use: half of the noise. */
const WRONG_SAMPLER = `export function sampleGaussian(mean, variance) {
  return tf.add(mean, tf.mul(tf.sqrt(variance), tf.mul(0.5, tf.randomNormal(mean.shape))));
}`;

const part = (file: string, ...names: readonly string[]): string =>
  `import * as tf from '@tensorflow/tfjs';\nexport { ${names.join(', ')} } from './right-${file}';\n`;

/** The complete hand-in, with some files replaced (null: left out); what was replaced is beside it as right-FILE. */
async function grade(changed: Readonly<Record<string, string | null>>, options: Partial<Grading> = {}): Promise<ReadonlyMap<string, TaskResult>> {
  const right = [...complete].map(([path, text]) => ({ path: `right-${path}`, text: text.replaceAll(/from '\.\/(\w+)\.ts'/g, `from './right-$1.ts'`) }));
  const own = [...complete].flatMap(([path, text]) => (changed[path] === null ? [] : [{ path, text: changed[path] ?? text }]));
  const extra = Object.entries(changed).flatMap(([path, text]) => (complete.has(path) || text === null ? [] : [{ path, text }]));
  const submission = { student: { id: 's1' }, source: 's1', code: [...own, ...right, ...extra], written: [], attachments: [], results: [], notes: [] };
  const { result } = await gradeIntake(
    { kind: 'submission', submission },
    { assignment, key, language: typescript, originals: givenFiles(), templateTexts: [], isolation: 'none', backend: 'cpu', warnings: [], ...options },
  );
  const results = result.questions.flatMap(({ tasks }) => tasks);
  return new Map(results.filter(({ task }) => functionIds.has(task)).map((task) => [task.task.slice('cs236-hw2/'.length), task]));
}

/** Earned marks of the tasks that are not right. */
const lost = (tasks: ReadonlyMap<string, TaskResult>): Readonly<Record<string, number>> =>
  Object.fromEntries([...tasks].filter(([, { outcome }]) => outcome !== 'pass').map(([id, { earned }]) => [id, earned]));

const BOUNDS = ['vae/negative-elbo-bound', 'gmvae/negative-elbo-bound', 'iwae/vae-negative-iwae-bound', 'iwae/gmvae-negative-iwae-bound', 'ssvae/negative-elbo-bound', 'fsvae/negative-elbo-bound'];

describe('a wrong sampler', () => {
  const wrong = { 'distributions.ts': part('distributions.ts', 'logNormal', 'logNormalMixture') + WRONG_SAMPLER };

  it('costs its own marks and no others, and every bound says so once', async () => {
    const tasks = await grade(wrong);
    expect(lost(tasks)).toEqual({ 'vae/sample-gaussian': 0 });
    for (const id of BOUNDS) {
      const task = tasks.get(id);
      expect(task?.message).toBe('Right with a right sampleGaussian: your own is counted where it is asked for, not here.');
      expect(task?.checks.filter(({ message }) => message !== '')).toEqual([]);
      expect(task?.checks.every(({ evidence }) => evidence[0] === 'judged with supplied helpers: sampleGaussian')).toBe(true);
    }
    expect(tasks.get('gmvae/log-normal')?.message).toBe('');
  });

  it('costs every bound where the course wants it so', async () => {
    expect(Object.keys(lost(await grade(wrong, { assignment: { ...assignment, mistakePaidOnce: false } })))).toEqual(
      expect.arrayContaining(['vae/sample-gaussian', ...BOUNDS]),
    );
  });

  it('costs every bound where no right functions came with the fixtures', async () => {
    expect(Object.keys(lost(await grade(wrong, { key: { ...key, helpers: null } })))).toEqual(expect.arrayContaining(['vae/sample-gaussian', ...BOUNDS]));
  });

  it('is not cured where it was written into the bound itself', async () => {
    const inlined = complete.get('ssvae.ts')?.replace("import { sampleGaussian } from './distributions.ts';", WRONG_SAMPLER.replace('export ', '')) ?? '';
    const tasks = await grade({ ...wrong, 'ssvae.ts': inlined });
    expect(Object.keys(lost(tasks))).toEqual(['vae/sample-gaussian', 'ssvae/negative-elbo-bound']);
    expect(tasks.get('ssvae/negative-elbo-bound')?.message).not.toContain('right sampleGaussian');
  });
});

describe('functions that are not there', () => {
  it.each<[what: string, text: string | null]>([
    ['the file is missing', null],
    ['the file does not compile', 'export function sampleGaussian( {'],
    ['the file throws while it is loaded', 'throw new Error("not today");'],
    ['all of them are open', `import { unanswered } from './given/unanswered.ts';
      export const [sampleGaussian, logNormal, logNormalMixture] = ['a', 'b', 'c'].map((name) => () => unanswered(name));`],
  ])('cost what they are asked for: %s', async (_, text) => {
    const tasks = await grade({ 'distributions.ts': text });
    expect(lost(tasks)).toEqual({ 'vae/sample-gaussian': 0, 'gmvae/log-normal': 0, 'gmvae/log-normal-mixture': 0 });
    expect(tasks.get('gmvae/negative-elbo-bound')?.message).toBe(
      'Right with a right sampleGaussian, logNormal, and logNormalMixture: your own are counted where they are asked for, not here.',
    );
  });
});

describe('a bound with a mistake of its own', () => {
  it('loses only that, in words that quote nothing of the second run', async () => {
    const text = complete.get('vae.ts')?.replace('return { nelbo: tf.add(kl, rec), kl, rec }', "console.log('second'); return { nelbo: tf.sub(rec, kl), kl, rec }") ?? '';
    const tasks = await grade({ 'distributions.ts': part('distributions.ts', 'logNormal', 'logNormalMixture') + WRONG_SAMPLER, 'vae.ts': text });
    const task = tasks.get('vae/negative-elbo-bound');
    expect(task).toMatchObject({ outcome: 'fail', earned: 4, message: 'Judged with a right sampleGaussian: your own is counted where it is asked for, not here.' });
    expect(task?.checks.filter(({ outcome }) => outcome === 'fail').map(({ check, message }) => [check, message])).toEqual([['nelbo', 'No marks with a right sampleGaussian either.']]);
    expect(task?.console).toBeUndefined();
    expect(task?.error).toBeUndefined();
  });
});

describe('a file behind right functions', () => {
  const wrongDensity = (head: string, tail: string): string => `
    import { logMeanExp } from './given/reduce.ts';
    ${head}(x, mean, variance) ${tail} { return tf.mul(-1, tf.sum(tf.div(tf.square(tf.sub(x, mean)), variance), -1)); }
    export function logNormalMixture(z, means, variances) { return logMeanExp(logNormal(tf.expandDims(z, 1), means, variances), 1); }`;

  it('has its own functions call the right ones', async () => {
    const tasks = await grade({ 'distributions.ts': part('distributions.ts', 'sampleGaussian') + wrongDensity('export function logNormal', '') + '\n//! the last line may be a comment' });
    expect(lost(tasks)).toEqual({ 'gmvae/log-normal': expect.any(Number) });
  });

  it('keeps what was declared as a constant, and is right for everyone else', async () => {
    const tasks = await grade({ 'distributions.ts': part('distributions.ts', 'sampleGaussian') + wrongDensity('export const logNormal =', '=>') });
    expect(Object.keys(lost(tasks))).toEqual(['gmvae/log-normal', 'gmvae/log-normal-mixture']);
  });

  it('still exports what else the student put there, under every form of import', async () => {
    const vae = complete.get('vae.ts')?.replace("import { logNormal, sampleGaussian } from './distributions.ts';", `
      import standard, { zeros } from './distributions.js';
      import * as all from './distributions.ts';
      const { logNormal, sampleGaussian } = all;`).replaceAll('tf.zerosLike(', 'zeros(').replaceAll('tf.onesLike(', 'standard(') ?? '';
    const own = 'export const zeros = tf.zerosLike; export default tf.onesLike; import "./vae.ts";\n';
    const tasks = await grade({ 'distributions.ts': part('distributions.ts', 'logNormal', 'logNormalMixture') + own + WRONG_SAMPLER, 'vae.ts': vae });
    expect(lost(tasks)).toEqual({ 'vae/sample-gaussian': 0 });
  });
});

describe('the better of two judgings', () => {
  /** A check is worth 4; p: passed, f: failed, a: a person decides, n: could not be graded. */
  const judged = (letters: string): TaskResult => {
    const outcomes = { p: 'pass', f: 'fail', a: 'awaiting-person', n: 'not-gradable' } as const;
    const checks = [...letters].map((letter, index) => {
      const outcome = outcomes[letter as keyof typeof outcomes];
      return { check: `c${index}`, title: '', points: 4, earned: outcome === 'pass' ? 4 : 0, outcome, message: '', evidence: [] };
    });
    const outcome = checks.map((check) => check.outcome).find((one) => one !== 'pass') ?? 'pass';
    return { task: 't', title: '', where: '', handoutName: '', points: 4 * checks.length, earned: checks.reduce((sum, { earned }) => sum + earned, 0), bonus: false, outcome, message: letters, checks, remarks: [] };
  };
  const counted = (first: string, second: string): string => {
    const { checks } = betterOf(judged(first), judged(second));
    return checks.map(({ outcome }) => ({ pass: 'p', fail: 'f', unanswered: 'u', 'awaiting-person': 'a', 'not-gradable': 'n' })[outcome]).join('');
  };

  it.each<[what: string, first: string, second: string, counted: string]>([
    ['all right with right functions', 'pff', 'ppp', 'ppp'],
    ['no better', 'pff', 'pff', 'pff'],
    ['worse', 'ppf', 'pff', 'ppf'],
    ['as many marks, and one for a person', 'pff', 'pfa', 'pfa'],
    ['what the first left to a person is failed by the second', 'paf', 'ppf', 'paf'],
    ['what the first left to a person is passed by the second', 'paf', 'ppp', 'ppp'],
    ['none of it could be judged again', 'pff', 'nnn', 'pnn'],
    ['some of it could not be judged again', 'pff', 'pfn', 'pfn'],
    ['none could, and nothing was lost', 'paa', 'nnn', 'paa'],
  ])('%s: %s and %s count as %s', (_, first, second, result) => {
    expect(counted(first, second)).toBe(result);
  });

  it('says that it could not be graded where losses may be ours', () => {
    expect(betterOf(judged('pff'), judged('nnn'))).toMatchObject({ outcome: 'not-gradable', earned: 4 });
  });
});

describe('a child that ends for a reason of ours', () => {
  /** The real children, but for the first ones that are asked for: these do not start. */
  class UnluckyPool extends SessionPool {
    failures: number;
    constructor(options: SessionOptions, failures: number) {
      super(options);
      this.failures = failures;
    }
    override async alone<Result>(backend: Backend, use: (session: Session | Ending) => Promise<Result>, supplied?: Supplied): Promise<Result> {
      this.failures -= 1;
      return this.failures < 0 ? super.alone(backend, use, supplied) : use({ kind: 'our-fault', problem: 'no box today' });
    }
  }

  it.each<[failures: number, outcome: string, earned: number]>([[0, 'pass', 4], [1, 'pass', 4], [2, 'not-gradable', 0]])('is asked again: after %i faults it is "%s"', async (failures, outcome, earned) => {
    const task = tasksOf(assignment).find(({ id }) => id === 'cs236-hw2/gmvae/log-normal');
    if (task?.kind !== 'function') throw new Error('no such task');
    const code = await typescript.prepare(completeHandIn().code);
    const given = await typescript.prepare(givenFiles());
    const pool = new UnluckyPool({ launch: typescript.launch, isolation: 'none', limits: assignment.limits, load: { files: [...code.files], originals: [...given.files] }, tasks: 1 }, failures);
    const context = { key, pool, code, backendFor: () => 'cpu' as const };
    expect(await gradeAlone(task, context, { files: [], functions: [] })).toMatchObject({ outcome, earned });
    await pool.close();
  });
});

describe('the assignment', () => {
  it('builds on tasks that there are, and the fixtures supply a right function for each', () => {
    const functions = tasksOf(assignment).filter((task) => task.kind === 'function');
    const builtOn = [...new Set(functions.flatMap(({ buildsOn = [] }) => buildsOn))];
    expect(builtOn.filter((id) => !functions.some((task) => task.id === id))).toEqual([]);
    expect(functions.filter(({ id, buildsOn = [] }) => buildsOn.includes(id))).toEqual([]);
    expect(Object.keys(key.helpers?.sources ?? {}).toSorted()).toEqual(builtOn.toSorted());
  });

  it('supplies nothing to a student’s own check', async () => {
    expect((await openAnswerKey(fixturesFolder, { basicOnly: true })).helpers).toBeNull();
  });
});
