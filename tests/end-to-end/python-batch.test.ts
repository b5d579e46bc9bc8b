/** The example batch in Python, graded for real by the built command: every mark, and what students read. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import { findPython } from '../../autograder/languages/python/find-python.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { elbow, type Finished, projectRoot } from './command-line.ts';

const boxed = (await inspectBox()).status === 'present';

type Verdict = readonly [marks: number, outcome: string];
const FAILED: Verdict = [0, 'fail'];
const OPEN: Verdict = [0, 'unanswered'];

/** Marks of the machine, and of each function without full marks; the reasons stand in examples/README.md. */
const EXPECTED: Readonly<Record<string, readonly [machine: number, functions: Readonly<Record<string, Verdict>>]>> = {
  'anna-right': [56, {}],
  'bo-other-ways': [56, {}],
  'carl-as-in-2018': [56, {}],
  'dina-starter': [
    0,
    Object.fromEntries(
      ['vae/sample-gaussian', 'vae/negative-elbo-bound', 'gmvae/log-normal', 'gmvae/log-normal-mixture', 'gmvae/negative-elbo-bound', 'iwae/vae-negative-iwae-bound', 'iwae/gmvae-negative-iwae-bound', 'ssvae/negative-elbo-bound', 'fsvae/negative-elbo-bound'].map((task) => [task, OPEN]),
    ),
  ],
  'edda-variance-as-deviation': [50, { 'vae/sample-gaussian': FAILED }],
  'finn-no-gradient': [54, { 'vae/sample-gaussian': [4, 'fail'] }],
  'gita-samples-and-images': [43, { 'iwae/vae-negative-iwae-bound': FAILED, 'iwae/gmvae-negative-iwae-bound': FAILED, 'fsvae/negative-elbo-bound': OPEN }],
  'hugo-python-2': [47, { 'gmvae/negative-elbo-bound': FAILED, 'iwae/gmvae-negative-iwae-bound': FAILED }],
  'ines-exits-and-loops': [47, { 'iwae/vae-negative-iwae-bound': FAILED, 'iwae/gmvae-negative-iwae-bound': FAILED }],
  'jens-equal-to-everything': [37, { 'gmvae/log-normal': FAILED, 'ssvae/negative-elbo-bound': FAILED }],
};

describe.skipIf(findPython() === null)('the example batch in Python', () => {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-python-'));
  let finished: Finished;
  let results: readonly SubmissionResult[];
  beforeAll(async () => {
    finished = await elbow('grade', path.join(projectRoot, 'examples/cs236-hw2-python'), '--assignment', 'cs236-hw2', '--out', out, '--isolation', boxed ? 'bubblewrap' : 'none', '--jobs', '2');
    results = JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
  });
  afterAll(() => fs.rmSync(out, { recursive: true, force: true }));

  const page = (source: string): string => fs.readFileSync(path.join(out, 'students', `${source}.html`), 'utf8');

  it('is graded whole, with a word about nothing but what is written in it', () => {
    expect([finished.code, finished.stderr]).toEqual([0, '']);
    expect(results.map(({ source }) => source)).toEqual(Object.keys(EXPECTED));
    expect(results.flatMap(({ notes }) => notes)).toEqual([]);
  });

  it.each(Object.entries(EXPECTED))('gives %s the marks a person would', (source, [machine, functions]) => {
    const result = results.find((each) => each.source === source);
    const tasks = (result?.questions ?? []).flatMap((question) => question.tasks).filter(({ checks, outcome }) => checks.length > 0 && outcome !== 'pass');
    const short = tasks.map(({ task, earned, outcome }) => [task.slice(task.indexOf('/') + 1), [earned, outcome]] as const).filter(([task]) => !task.includes('derivation') && !task.includes('proof'));
    expect([result?.grade.machine.earned, Object.fromEntries(short)]).toEqual([machine, functions]);
  });

  it('looks for weights under the name that PyTorch gives them', () => {
    const trained = results.flatMap(({ questions }) => questions.flatMap(({ tasks }) => tasks)).filter(({ task }) => task === 'cs236-hw2/vae/trained');
    expect(new Set(trained.map(({ where }) => where))).toEqual(new Set(['checkpoints/vae.pt']));
  });

  it.each([
    ['edda-variance-as-deviation', 'the variance is used as the standard deviation'],
    ['finn-no-gradient', 'no gradient passes through the sample'],
    ['gita-samples-and-images', 'the axis of samples and the axis of images are mi'],
    ['hugo-python-2', 'codebase/models/gmvae.py does not compile: Missing parentheses in call to &#x27;print&#x27;'],
    ['ines-exits-and-loops', 'look for a call that ends it (process.exit, os._exit)'],
    ['ines-exits-and-loops', 'PASS: 100/100'],
    ['carl-as-in-2018', 'training on cuda:0'],
  ])('%s reads %s', (source, text) => {
    expect(page(source)).toContain(text);
  });

  it('has its marks in examples/README.md', () => {
    const section = fs.readFileSync(path.join(projectRoot, 'examples/README.md'), 'utf8').split(/^# /m).find((text) => text.startsWith('The batch in Python'))?.split(/^## /m)[0];
    const stated = [...(section ?? '').matchAll(/^\| `([^`]+)` \|[^|]*\| (\d+) \|/gm)].map(([, source, marks]) => [source, Number(marks)]);
    expect(stated).toEqual(Object.entries(EXPECTED).map(([source, [machine]]) => [source, machine]));
  });
});
