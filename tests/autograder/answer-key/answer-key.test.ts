/** The answer key: three doors, and a fixture set that is refused as soon as it is not the one that was generated. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FixtureError, openAnswerKey } from '../../../autograder/answer-key/answer-key.ts';
import { encodeSafetensors } from '../../../contract/safetensors.ts';
import { SchemaError } from '../../../contract/schema.ts';
import type { FunctionTask } from '../../../contract/task.ts';
import { fixturesFolder, functionTasks } from '../../fixtures/committed-cases.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-key-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const task: FunctionTask = {
  kind: 'function',
  id: 'hw/vae/bound',
  title: 'Bound',
  handoutName: 'bound in vae.py',
  points: 3,
  bonus: false,
  module: 'vae.ts',
  function: 'bound',
  checks: [
    { id: 'nelbo', title: 'nelbo', kind: 'value', components: ['nelbo'], points: 1, hint: '' },
    { id: 'kl', title: 'kl', kind: 'value', components: ['kl'], points: 1, hint: '' },
    { id: 'gradient', title: 'gradient', kind: 'gradient', points: 1, hint: '' },
  ],
};

const inline = (values: readonly number[], dtype = 'float32') => ({ dtype, shape: [values.length], values });

const basicCase = {
  id: 'A',
  title: 'a small case',
  visibility: 'basic',
  checks: ['nelbo', 'kl', 'gradient'],
  weight: 'light',
  arguments: [
    { kind: 'model', model: { family: 'gmvae', networks: { encoder: [{ kernel: inline([1, 2]), bias: inline([3]), activation: 'elu' }] }, parameters: { means: inline([4]) } } },
    { kind: 'tensor', name: 'x', tensor: { dtype: 'float32', shape: [2, 2], stored: 't0' } },
    { kind: 'tensor', name: 'labels', tensor: inline([1, 2], 'int32') },
    { kind: 'tensor', name: 'seen', tensor: inline([1, 0], 'bool') },
    { kind: 'number', value: 7 },
  ],
  noise: { seed: 5, stream: inline([0.5, -0.5]) },
  gradients: [{ component: 'kl' }, { component: 'nelbo', weights: inline([2]) }, { component: '' }],
  answers: [{ layout: 'row, latent', draws: 2, values: { nelbo: inline([9]) }, gradients: { nelbo: { encoder: inline([8, 8, 8]) } } }],
  tolerance: { absolute: 0.1, relative: 0.2 },
};
const hiddenCase = { ...basicCase, id: 'B', visibility: 'hidden', weight: 'heavy', noise: { seed: 6 }, title: 'a secret' };

/** Shown by its values in both cases, one of which is stored beside the JSON. */
const mistake = {
  id: 'bound/halved',
  description: 'Half of it.',
  feedback: 'This is half of it.',
  seenIn: 'values',
  distance: 500,
  twins: ['bound/too-small'],
  answers: [{ layout: 'row, latent', values: { A: { nelbo: inline([4.5]) }, B: { nelbo: { dtype: 'float32', shape: [], stored: 't0' } } }, gradients: {} }],
};

interface FixtureSet {
  readonly cases?: readonly object[];
  readonly mistakes?: readonly object[];
  readonly file?: object;
  readonly manifest?: object;
}

/** Writes a fixture set of one question whose manifest is right unless said otherwise. */
function write({ cases = [basicCase, hiddenCase], mistakes, file = {}, manifest = {} }: FixtureSet = {}): void {
  const stored = encodeSafetensors(new Map([['t0', { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, 0, 0, 1) }]]));
  const files = {
    'vae.json': Buffer.from(JSON.stringify({ format: 1, assignment: 'hw', question: 'vae', tasks: { 'hw/vae/bound': cases }, ...file })),
    'vae.safetensors': Buffer.from(stored),
    ...(mistakes === undefined ? {} : mistakeFiles(mistakes)),
  };
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), bytes);
  const hashes = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]));
  const whole = { format: 1, assignment: 'hw', term: 'spring', seed: 3, public: false, engine: { tfjs: '4', backend: 'cpu' }, files: hashes, ...manifest };
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(whole));
}

function mistakeFiles(mistakes: readonly object[]): Readonly<Record<string, Buffer>> {
  const stored = encodeSafetensors(new Map([['t0', { dtype: 'float32', shape: [], values: Float32Array.of(Number.NaN) }]]));
  const text = JSON.stringify({ format: 1, assignment: 'hw', question: 'vae', tasks: { 'hw/vae/bound': mistakes } });
  return { 'vae.mistakes.json': Buffer.from(text), 'vae.mistakes.safetensors': Buffer.from(stored) };
}

const open = (basicOnly = false) => openAnswerKey(folder, { basicOnly });

describe('three doors', () => {
  it('questions hold what the function is given, and nothing else', async () => {
    write();
    const [asked, hidden] = (await open()).questionsFor(task);
    expect(asked).toEqual({
      case: 'A',
      weight: 'light',
      visibility: 'basic',
      question: {
        module: 'vae.ts',
        function: 'bound',
        arguments: [
          {
            kind: 'model',
            model: {
              family: 'gmvae',
              networks: {
                encoder: [
                  {
                    kernel: { dtype: 'float32', shape: [2], values: Float32Array.of(1, 2) },
                    bias: { dtype: 'float32', shape: [1], values: Float32Array.of(3) },
                    activation: 'elu',
                  },
                ],
              },
              parameters: { means: { dtype: 'float32', shape: [1], values: Float32Array.of(4) } },
            },
          },
          { kind: 'tensor', name: 'x', tensor: { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, 0, 0, 1) } },
          { kind: 'tensor', name: 'labels', tensor: { dtype: 'int32', shape: [2], values: Int32Array.of(1, 2) } },
          { kind: 'tensor', name: 'seen', tensor: { dtype: 'bool', shape: [2], values: Uint8Array.of(1, 0) } },
          { kind: 'number', value: 7 },
        ],
        noise: { seed: 5, stream: { dtype: 'float32', shape: [2], values: Float32Array.of(0.5, -0.5) } },
        // Where each stands in a tuple of the handout's order.
        gradients: [
          { component: 'kl', position: 1 },
          { component: 'nelbo', position: 0, weights: { dtype: 'float32', shape: [1], values: Float32Array.of(2) } },
          { component: '' },
        ],
      },
    });
    expect(hidden).toMatchObject({ case: 'B', weight: 'heavy', question: { noise: { seed: 6 } } });
    expect(hidden?.question.noise).not.toHaveProperty('stream');
  });

  it('expectations hold what is right, and no input', async () => {
    write();
    const [expected] = (await open()).expectationsFor(task);
    expect(expected).toEqual({
      case: 'A',
      title: 'a small case',
      visibility: 'basic',
      checks: ['nelbo', 'kl', 'gradient'],
      tolerance: { absolute: 0.1, relative: 0.2 },
      accepted: [
        {
          layout: 'row, latent',
          draws: 2,
          values: new Map([['nelbo', { dtype: 'float32', shape: [1], values: Float32Array.of(9) }]]),
          gradients: new Map([['nelbo', new Map([['encoder', { dtype: 'float32', shape: [3], values: Float32Array.of(8, 8, 8) }]])]]),
        },
      ],
    });
  });

  it('known mistakes hold their words and their numbers, NaN among them', async () => {
    write({ mistakes: [mistake] });
    const key = await open();
    expect(key.mistakesFor(task)).toEqual([
      {
        id: 'bound/halved',
        description: 'Half of it.',
        feedback: 'This is half of it.',
        seenIn: 'values',
        twins: ['bound/too-small'],
        answers: [
          {
            layout: 'row, latent',
            values: new Map([
              ['A', new Map([['nelbo', { dtype: 'float32', shape: [1], values: Float32Array.of(4.5) }]])],
              ['B', new Map([['nelbo', { dtype: 'float32', shape: [], values: Float32Array.of(Number.NaN) }]])],
            ]),
            gradients: new Map(),
          },
        ],
      },
    ]);
    // A question of the case with the same name for its tensor holds its own.
    expect(key.questionsFor(task)[0]?.question.arguments[1]).toMatchObject({ tensor: { values: Float32Array.of(1, 0, 0, 1) } });
    const [basic] = (await open(true)).mistakesFor(task);
    expect([...(basic?.answers[0]?.values.keys() ?? [])]).toEqual(['A']);
    write();
    expect((await open()).mistakesFor(task)).toEqual([]);
  });

  it('a student’s own check knows basic cases only', async () => {
    write();
    const [all, basic] = [await open(), await open(true)];
    expect([all.questionsFor(task).length, all.expectationsFor(task).length]).toEqual([2, 2]);
    expect([basic.questionsFor(task), basic.expectationsFor(task)].map((list) => list.map((entry) => entry.case))).toEqual([['A'], ['A']]);
  });

  it('a fixture set has a name of its own', async () => {
    write();
    const first = await open();
    expect(first).toMatchObject({ term: 'spring', publicOnly: false, hash: createHash('sha256').update(fs.readFileSync(path.join(folder, 'manifest.json'))).digest('hex') });
    write({ cases: [basicCase], manifest: { public: true, term: 'autumn' } });
    const second = await open();
    expect(second).toMatchObject({ term: 'autumn', publicOnly: true });
    expect(second.hash).not.toBe(first.hash);
  });
});

describe('refused, with the next step', () => {
  it.each<[what: string, spoil: () => void, problem: RegExp]>([
    ['a folder that is not there', () => fs.rmSync(folder, { recursive: true }), /^There is no manifest\.json in .*\. Make the fixtures: elbow fixtures generate$/],
    ['a file that is not there', () => fs.rmSync(path.join(folder, 'vae.safetensors')), /^There is no vae\.safetensors in .*elbow fixtures generate$/],
    ['a changed answer', () => edit('vae.json', (text) => text.replace('9', '8')), /vae\.json was changed after it was generated\. Make it again: elbow fixtures generate$/],
    ['a changed tensor', () => fs.appendFileSync(path.join(folder, 'vae.safetensors'), 'x'), /vae\.safetensors was changed after it was generated/],
    ['a tensor that is in no file', () => write({ cases: [{ ...basicCase, noise: { seed: 1, stream: { dtype: 'float32', shape: [1], stored: 't9' } } }] }), /name a tensor t9 that is not in vae\.safetensors/],
    ['a tensor without its numbers', () => write({ cases: [{ ...basicCase, noise: { seed: 1, stream: { dtype: 'float32', shape: [2] } } }] }), /vae hold a tensor of shape \[2\] without its numbers/],
    ['a tensor with too few numbers', () => write({ cases: [{ ...basicCase, noise: { seed: 1, stream: { ...inline([1]), shape: [2, 3] } } }] }), /a tensor of shape \[2, 3\] without its numbers/],
    ['a task they hold nothing for', () => write({ file: { tasks: {} } }), /hold nothing for hw\/vae\/bound\. Make them again: elbow fixtures generate$/],
  ])('%s', async (_, spoil, problem) => {
    write();
    spoil();
    const ask = open().then((key) => [key.questionsFor(task), key.expectationsFor(task)]);
    await expect(ask).rejects.toBeInstanceOf(FixtureError);
    await expect(ask).rejects.toThrow(problem);
  });

  it.each<[what: string, set: FixtureSet, problem: RegExp]>([
    ['a manifest of another format', { manifest: { format: 2 } }, /^the fixture manifest is malformed: \/format/],
    ['a manifest with a field nobody knows', { manifest: { extra: 1 } }, /^the fixture manifest is malformed: .*\(extra\)/],
    ['a file of another format', { file: { format: 2 } }, /^a fixture file is malformed: \/format/],
    ['a case without a tolerance', { cases: [{ ...basicCase, tolerance: undefined }] }, /^a fixture file is malformed: .*tolerance/],
    ['a case of a visibility nobody knows', { cases: [{ ...basicCase, visibility: 'secret' }] }, /^a fixture file is malformed: .*visibility/],
  ])('%s', async (_, set, problem) => {
    write(set);
    await expect(open()).rejects.toBeInstanceOf(SchemaError);
    await expect(open()).rejects.toThrow(problem);
  });

  it('never leaves its folder, whatever names a manifest holds', async () => {
    const outside = path.join(path.dirname(folder), `${path.basename(folder)}-outside.json`);
    fs.writeFileSync(outside, '{}');
    write({ manifest: { files: { [`../${path.basename(outside)}`]: createHash('sha256').update('{}').digest('hex') } } });
    await expect(open()).rejects.toThrow('There is no');
    fs.rmSync(outside);
  });

  it('passes on what is not the fixtures’ fault', async () => {
    write();
    fs.rmSync(path.join(folder, 'vae.json'));
    fs.mkdirSync(path.join(folder, 'vae.json'));
    await expect(open()).rejects.toThrow('EISDIR');
  });
});

it('the committed set answers every function task, and says that it is public', async () => {
  const key = await openAnswerKey(fixturesFolder, { basicOnly: false });
  expect(key).toMatchObject({ term: 'example', publicOnly: true });
  expect(functionTasks.filter((entry) => key.questionsFor(entry).length !== key.expectationsFor(entry).length || key.questionsFor(entry).length === 0)).toEqual([]);
});

function edit(name: string, change: (text: string) => string): void {
  const file = path.join(folder, name);
  fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
}
