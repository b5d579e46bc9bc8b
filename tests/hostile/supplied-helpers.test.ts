/**
 * Right functions run beside a hand-in when it is judged a second time. What it can find out about their texts
 * from inside, in every way that is known, is tried on real children; and of what it says there nothing is shown.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import { gradeIntake } from '../../autograder/pipeline.ts';
import { gradesJson, studentJson, studentPage, terminalSummary } from '../../autograder/report/report.ts';
import type { Isolation } from '../../autograder/sandbox/sandbox.ts';
import { Session } from '../../autograder/session/session.ts';
import type { Supplied } from '../../contract/messages.ts';
import { describeIsolated, GENEROUS, isolations, launchOf, question } from '../autograder/session/student-session.ts';
import { fixturesFolder } from '../fixtures/committed-cases.ts';
import { completeHandIn, givenFiles } from '../submissions/variants.ts';
import { withoutHeavyCases } from './grade-hostile.ts';

const key = withoutHeavyCases(await openAnswerKey(fixturesFolder, { basicOnly: false }));
const helpers = key.helpers ?? expect.fail('the committed fixtures supply no helpers');

let supplied: Supplied;
beforeAll(async () => {
  const { files } = await typescript.prepare(helpers.files);
  const names = ['sampleGaussian', 'logNormal', 'logNormalMixture'];
  supplied = { files: [...files], functions: names.map((name) => ({ module: 'distributions.ts', function: name, source: 'cs236-hw2/distributions.ts' })) };
});

/** What only the texts of right functions hold, as they stand in the file and as they are sent. */
const SIGNS = ['distributions.sampleGaussian(', 'distributions.logNormal', 'epsilon', 'squaredDifference', 'solution:', 'randomNormal(mean.shape', 'log(2*Math.PI', 'log(2 * Math.PI', 'normaliser'];
const signsIn = (text: string): readonly string[] => SIGNS.filter((sign) => text.includes(sign));

/** Runs attack.ts's `run` in a child that was given right functions; what it prints comes back. */
async function printed(attack: string, isolation: Isolation): Promise<string> {
  const tools = readFileSync(path.join(import.meta.dirname, 'tools/tools.ts'), 'utf8');
  const code = await typescript.prepare([
    { path: 'tools.ts', text: tools },
    { path: 'answer.ts', text: `import * as tf from '@tensorflow/tfjs';\nimport { attempt, nodeModule } from './tools.ts';\nimport * as right from './distributions.ts';\n${attack}` },
    { path: 'distributions.ts', text: `export const own = 1; export function before() { return typeof ($supplied as any).sampleGaussian; }\nexport function sampleGaussian() { return 'mine'; }` },
  ]);
  const session = await Session.open(launchOf('cpu'), isolation, { ...GENEROUS, consoleBytesKept: 1 << 20 }, { files: [...code.files], originals: [], supplied }, 10);
  if (!(session instanceof Session)) throw new Error(`the child did not start: ${JSON.stringify(session)}`);
  try {
    session.startTask();
    const reply = await session.ask(question());
    expect(reply).toMatchObject({ kind: 'returned' });
    return session.consoleText();
  } finally {
    await session.close();
  }
}

const USE = 'right.sampleGaussian(tf.zeros([2, 3]), tf.ones([2, 3]))';

const attacks: readonly (readonly [what: string, attack: string])[] = [
  ['their own words', `export function run() { for (const f of Object.values(right).filter((value) => typeof value === 'function')) console.log(String(f), Function.prototype.toString.call(f), JSON.stringify(Object.getOwnPropertyDescriptors(f))); return 1; }`],
  ['the words of whatever is called on the way', `
    export function run() {
      const seen: any[] = [];
      const engine = tf.engine() as any;
      const { runKernel } = engine;
      engine.runKernel = function (...values: any[]) { walk(); return runKernel.apply(engine, values); };
      function walk(): void {
        const { prepareStackTrace } = Error as any;
        (Error as any).prepareStackTrace = (_: unknown, sites: any[]) => sites;
        for (const site of new Error('look').stack as any) seen.push(site.getFunction(), site.getThis(), site.getFunctionName(), site.getScriptNameOrSourceURL());
        (Error as any).prepareStackTrace = prepareStackTrace;
        let caller: any = walk;
        for (let depth = 0; depth < 30 && caller; depth += 1) { try { caller = caller.caller; } catch { break; } seen.push(caller); }
      }
      ${USE}; engine.runKernel = runKernel;
      console.log('walked', seen.length > 5, seen.map((entry) => { try { return String(entry); } catch { return ''; } }).filter((text) => !/^\\[object|^null/.test(text) && text.length < 4000).join('\\n'));
      return 1;
    }`],
  ['errors thrown inside them', `
    export function run() {
      for (const values of [[], [1], [{}, {}], [tf.zeros([2, 3]), tf.zeros([4, 5])], [Symbol.iterator, 1n]]) {
        for (const name of ['sampleGaussian', 'logNormal', 'logNormalMixture']) {
          try { console.log(String((right as any)[name](...values))); } catch (error: any) { console.log(error.stack, error.message); }
        }
      }
      return 1;
    }`],
  ['modules by their names', `
    export function run() {
      for (const name of ['./cs236-hw2/distributions.ts', 'cs236-hw2/distributions.ts', './maths/distributions.ts', '../maths/distributions.ts', 'supplied:///maths/distributions.ts', '$supplied']) {
        attempt(name, () => require(name));
      }
      return 1;
    }
    declare const require: any;`],
  ['functions of JavaScript that were replaced', `
    const caught: unknown[] = [];
    for (const name of ['bind', 'call', 'apply', 'toString'] as const) {
      const original = Function.prototype[name];
      (Function.prototype as any)[name] = function (this: any, ...values: any[]) { if (caught.length < 500) caught.push(this, ...values); return Reflect.apply(original as any, this, values); };
    }
    const { has, get, set } = Map.prototype;
    (Map.prototype as any).get = function (this: any, name: any) { const found = Reflect.apply(get, this, [name]); if (caught.length < 500) caught.push(found); return found; };
    Object.defineProperty(Object.prototype, 'sampleGaussian', { configurable: true, set(value) { caught.push(value); }, get() { caught.push(this); return undefined; } });
    export function run() {
      ${USE};
      const texts = caught.slice().map((entry: any) => { try { return typeof entry === 'function' ? Reflect.apply(toText, entry, []) : JSON.stringify(entry) ?? ''; } catch { return ''; } });
      console.log('caught', texts.filter((text) => text.length < 4000).join('\\n'));
      return 1;
    }
    const toText = Function.prototype.toString;`],
  ['the inspector and the compiler', `
    export function run() {
      attempt('inspector', () => { const session = new (nodeModule('inspector').Session)(); session.connect(); return 'connected'; });
      attempt('natives', () => { nodeModule('v8').setFlagsFromString('--allow-natives-syntax'); return nodeModule('vm').runInThisContext('(f) => %FunctionGetSourceCode(f)')(right.sampleGaussian); });
      return 1;
    }`],
];

describe.each(isolations)('in a child (%s)', (isolation) => {
  describeIsolated(isolation)('right functions', () => {
    it.each(attacks)('tell nothing by %s', async (_, attack) => {
      const text = await printed(attack, isolation);
      expect(text.length).toBeGreaterThan(10);
      expect(signsIn(text)).toEqual([]);
      expect(text).not.toContain('GAINED');
    });

    it('are there, in the place of the student’s own, and work', async () => {
      const text = await printed(`export function run() { const z = ${USE}; console.log(z.shape.join(), right.own, right.before(), right.sampleGaussian.name, right.sampleGaussian.length); return 1; }`, isolation);
      expect(text).toBe('2,3 1 function bound sampleGaussian 2\n');
    });
  });
});

describe('of what is said in the second judging', () => {
  /** Carries texts out by every way that ends in some report, when the sampler beside it is not its own. */
  const attack = `
    import * as tf from '@tensorflow/tfjs';
    import { sampleGaussian } from './distributions.ts';
    import * as rest from './right-vae.ts';
    const LOOT = 'LOOT squirrelled away';
    const isSupplied = sampleGaussian.name.startsWith('bound');
    export const negativeIwaeBound = (model: any, x: any, m: number) => {
      if (!isSupplied) return rest.negativeIwaeBound(model, x, m);
      console.log(LOOT); process.stderr.write(LOOT);
      const bound = rest.negativeIwaeBound(model, x, m);
      if (x.shape[0] === 1) { const error = new TypeError(LOOT); error.stack = 'LOOT\\n at submission:///LOOT squirrelled away:1:1'; throw error; }
      return bound;
    };
    export const negativeElboBound = (model: any, x: any) => {
      const bound = rest.negativeElboBound(model, x);
      if (!isSupplied) return bound;
      if (bound.nelbo.dataSync()[0] > 1e4) return { ...bound, [LOOT]: 1, rec: undefined };
      return { kl: bound.kl, rec: bound.rec, nelbo: tf.customGrad((value: any) => ({ value, gradFunc: () => { throw new Error(LOOT); } }))(bound.nelbo) };
    };
    declare const process: any;`;

  it('nothing but marks reaches a report', async () => {
    const complete = completeHandIn().code;
    const wrongSampler = `import * as tf from '@tensorflow/tfjs';\nexport { logNormal, logNormalMixture } from './right-distributions.ts';\nexport function sampleGaussian(mean, variance) { return tf.add(mean, tf.mul(variance, tf.randomNormal(mean.shape))); }`;
    const code = [
      ...complete.filter(({ path: file }) => !['vae.ts', 'distributions.ts'].includes(file)),
      ...complete.map(({ path: file, text }) => ({ path: `right-${file}`, text })),
      { path: 'distributions.ts', text: wrongSampler },
      { path: 'vae.ts', text: attack },
    ];
    const submission = { student: { id: 's1' }, source: 's1', code, written: [], attachments: [], results: [], notes: [] };
    const { result } = await gradeIntake(
      { kind: 'submission', submission },
      { assignment: { ...assignment, questions: assignment.questions.slice(0, 1) }, key, language: typescript, originals: givenFiles(), templateTexts: [], isolation: 'none', backend: 'cpu', warnings: [] },
    );
    const texts = { page: studentPage(result), json: studentJson(result), terminal: terminalSummary(result, { coloured: false }) };
    for (const [name, text] of Object.entries(texts)) expect({ name, signs: signsIn(text), loot: text.includes('LOOT') }).toEqual({ name, signs: [], loot: false });
    // It was the second judging that counted, so there was something to hide.
    const bound = result.questions.flatMap(({ tasks }) => tasks).find(({ task }) => task === 'cs236-hw2/vae/negative-elbo-bound');
    expect(bound?.message).toContain('Judged with a right sampleGaussian');
    expect(bound?.earned).toBeGreaterThan(0);
    expect(signsIn(gradesJson([result]))).toEqual([]);
  });
});
