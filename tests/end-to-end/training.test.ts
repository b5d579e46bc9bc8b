/** `elbow train` as a student runs it: killed and resumed, on code that cannot be trained, and against PyTorch. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { decode } from 'fast-png';
import { afterAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../contract/checkpoint.ts';
import { decodeMetadata, encodeSafetensors } from '../../contract/safetensors.ts';
import { parseTrainingMetrics } from '../../contract/training-metrics.ts';
import { openDataSet } from '../../data/data-sets.ts';
import { labelledSubset } from '../../data/public-subset.ts';
import { binarised, stepSeed } from '../../training/batches.ts';
import { initialWeights } from '../../training/initial-weights.ts';
import { pytorchAvailable } from '../oracles/pytorch.ts';
import { elbow, projectRoot } from './command-line.ts';

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-training-'));
afterAll(() => fs.rmSync(temporary, { recursive: true, force: true }));

const folder = (name: string): string => path.join(temporary, name);
const handIn = (name: string, change?: (file: string) => void): string => {
  const copy = folder(name);
  // Without what she trained herself: it says who she is.
  const isTrained = (file: string): boolean => /^(checkpoints|metrics\.json)$|\.png$/.test(path.basename(file));
  fs.cpSync(path.join(projectRoot, 'examples/cs236-hw2/ada-perfect'), copy, { recursive: true, filter: (file) => !isTrained(file) });
  change?.(copy);
  return copy;
};
const hasNative = fs.existsSync(path.join(projectRoot, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'));
const backend = hasNative ? 'native' : 'wasm';
const trainVae = (own: string, iterations: number, ...more: readonly string[]): readonly string[] => ['train', 'vae', own, '--seed', '5', '--iterations', String(iterations), '--backend', backend, ...more];
const results = (own: string) => ({
  checkpoint: fs.readFileSync(path.join(own, 'checkpoints/vae.safetensors')),
  measured: parseTrainingMetrics(JSON.parse(fs.readFileSync(path.join(own, 'metrics.json'), 'utf8'))).runs.vae?.measured,
  picture: fs.readFileSync(path.join(own, 'vae-samples.png')),
});

describe('a run', () => {
  const whole = handIn('whole');

  it('leaves checkpoint, numbers and picture, and tells the numbers', async () => {
    const { code, stdout, stderr } = await elbow(...trainVae(whole, 60));
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/After 60 iterations.*on the public test subset of drawn-digits/);
    const { checkpoint, measured, picture } = results(whole);
    expect(readCheckpoint(checkpoint, 'vae').kind).toBe('checkpoint');
    expect(decodeMetadata(checkpoint)).toMatchObject({ model: 'vae', iterations: '60', seed: '5' });
    const { nelbo = 0, kl = 0, rec = 0, iwae = {} } = measured ?? {};
    expect(nelbo).toBeCloseTo(kl + rec, 3);
    // Sixty steps are enough to leave 0.7 * 784 nats far behind, and IWAE does not rise with its samples.
    expect(nelbo).toBeLessThan(300);
    expect(Math.abs((iwae['1'] ?? 0) - nelbo)).toBeLessThan(1);
    expect([iwae['10'], iwae['100'], iwae['1000']].every((bound) => (bound ?? Infinity) < nelbo)).toBe(true);
    const { width, height, channels } = decode(picture);
    expect({ width, height, channels }).toEqual({ width: 560, height: 280, channels: 1 });
    expect(fs.existsSync(path.join(whole, 'checkpoints/vae.unfinished'))).toBe(false);
  });

  it('killed at any moment and started again ends with the same bytes', async () => {
    const broken = handIn('broken');
    let kills = 0;
    for (let attempt = 0; attempt < 2; attempt += 1) if (await killSomewhere(broken)) kills += 1;
    expect(kills).toBeGreaterThan(0);
    const { code, stdout } = await elbow(...trainVae(broken, 60));
    expect(code).toBe(0);
    expect(stdout).toMatch(/Going on from iteration \d+ of an unfinished run/);
    expect(results(broken).measured).toEqual(results(whole).measured);
    expect(results(broken).checkpoint.equals(results(whole).checkpoint)).toBe(true);
    expect(results(broken).picture.equals(results(whole).picture)).toBe(true);
  }, 600_000);

  it('with other options does not go on from an unfinished one', async () => {
    const own = handIn('changed');
    await killSomewhere(own);
    const { code, stderr } = await elbow(...trainVae(own, 60, '--lr', '0.01'));
    expect(code).toBe(64);
    expect(stderr).toMatch(/unfinished run of something else: learningRate was 0\.001, now 0\.01.*--fresh/);
  });
});

/** Kills the command and its process at once, some time after something was saved. Whether there was something to kill. */
async function killSomewhere(own: string, command = trainVae(own, 60)): Promise<boolean> {
  const unfinished = path.join(own, `checkpoints/${command[1]}.unfinished`);
  const before = fs.existsSync(unfinished) ? fs.statSync(unfinished).mtimeMs : 0;
  const child = spawn(process.execPath, [path.join(projectRoot, 'bin/elbow.mjs'), ...command], { detached: true, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  while (!isOver() && !(fs.existsSync(unfinished) && fs.statSync(unfinished).mtimeMs > before)) await setTimeout(20);
  await setTimeout(Math.random() * 300);
  if (isOver() || child.pid === undefined) return false;
  process.kill(-child.pid, 'SIGKILL');
  await ended;
  return true;
}

describe('kth-1b’s model', () => {
  // 25 steps an epoch: what is saved after 20 holds the sum of an epoch that is not over.
  const train = (own: string): readonly string[] => ['train', 'kth-vae', own, '--seed', '5', '--batch', '800', '--iterations', '55', '--backend', backend];
  const copy = (name: string): string => {
    fs.cpSync(path.join(projectRoot, 'examples/kth-1b/bjorn-the-annex'), folder(name), { recursive: true });
    return folder(name);
  };
  const metricsIn = (own: string) => parseTrainingMetrics(JSON.parse(fs.readFileSync(path.join(own, 'metrics.json'), 'utf8'))).runs['kth-vae'];

  it('is trained with the annex’s own two functions; killed and started again, it ends with the same losses and bytes', async () => {
    const [whole, broken] = [copy('annex'), copy('annex-broken')];
    const { code, stdout, stderr } = await elbow(...train(whole));
    expect([code, stderr]).toEqual([0, '']);
    const losses = metricsIn(whole)?.losses ?? [];
    expect(losses).toHaveLength(2);
    for (const [at, loss] of losses.entries()) expect(stdout).toContain(`Epoch ${at + 1}: average loss ${loss.toFixed(2)} an image (${((loss * 25) / 24).toFixed(2)} as the notebook divides)`);
    expect(losses[1]).toBeLessThan(losses[0] ?? 0);
    expect(await killSomewhere(broken, train(broken))).toBe(true);
    expect((await elbow(...train(broken))).stdout).toContain('Going on from iteration');
    expect(metricsIn(broken)?.losses).toEqual(losses);
    for (const file of ['checkpoints/kth-vae.safetensors', 'reconstruction.png', 'from-noise.png']) expect(fs.readFileSync(path.join(broken, file)).equals(fs.readFileSync(path.join(whole, file)))).toBe(true);
    const { width, height } = decode(fs.readFileSync(path.join(whole, 'reconstruction.png')));
    expect([width, height]).toEqual([560, 280]);
  }, 600_000);

  it('belongs to that homework', async () => {
    const { code, stderr } = await elbow('train', 'kth-vae', handIn('other-homework'), '--seed', '5');
    expect([code, stderr]).toEqual([64, expect.stringContaining('A kth-vae is trained in kth-1b; this is a folder of cs236-hw2.')]);
  });

  it('cannot be trained with stubs', async () => {
    const own = folder('kth-template');
    fs.cpSync(path.join(projectRoot, 'student-template/kth-1b'), own, { recursive: true });
    const { code, stderr } = await elbow('train', 'kth-vae', own, '--seed', '5', '--iterations', '5');
    expect([code, stderr]).toEqual([64, expect.stringContaining('kth-1b/vae/reparameterization')]);
  });
});

describe('what cannot be trained is told in a sentence', () => {
  it.each([
    ['the untouched template', (own: string) => fs.cpSync(path.join(projectRoot, 'student-template/cs236-hw2/vae.ts'), path.join(own, 'vae.ts')), /negative-elbo-bound/],
    ['a loss without gradient', (own: string) => replace(own, "return { nelbo: tf.scalar(1), kl: tf.scalar(0), rec: tf.scalar(1) };"), /No gradient reaches any parameter/],
    ['a loss that is NaN', (own: string) => replace(own, 'const bad = tf.mean(tf.log(tf.neg(tf.square(model.encode(x).mean)))); return { nelbo: bad, kl: bad, rec: bad };'), /The loss is NaN/],
    ['an error', (own: string) => replace(own, "throw new TypeError('of mine');"), /TypeError: of mine[^]*vae\.ts/],
  ])('%s', async (name, change, reason) => {
    const { code, stderr } = await elbow(...trainVae(handIn(name.replaceAll(' ', '-'), change), 5));
    expect(stderr).toMatch(reason);
    expect(code).toBe(64);
  });

  function replace(own: string, body: string): void {
    const text = `import * as tf from '@tensorflow/tfjs';\nexport function negativeElboBound(model: any, x: tf.Tensor): unknown {\n  ${body}\n}\n`;
    fs.writeFileSync(path.join(own, 'vae.ts'), text);
  }

  it('nobody in particular', async () => {
    const { code, stderr } = await elbow('train', 'vae', handIn('nobody'), '--iterations', '5');
    expect(stderr).toContain('Say who you are');
    expect(code).toBe(64);
  });

  it('data that is not there', async () => {
    const { code, stderr } = await elbow(...trainVae(handIn('no-data'), 5, '--data', temporary));
    expect(stderr).toMatch(/holds no train-images-idx3-ubyte or train-images-idx3-ubyte\.gz/);
    expect(code).toBe(64);
  });
});

/** The classifier of problem 4.1 draws no noise, so that three steps of it can be taken again elsewhere, from the same bits. */
describe.skipIf(!pytorchAvailable())('three steps of the supervised classifier, loss and Adam', () => {
  const steps = 3;
  const dump = folder('pytorch');

  it.each(hasNative ? ['native', 'wasm'] : ['wasm'])('on %s are those of PyTorch', async (name) => {
    const own = folder(`classifier-${name}`);
    const { code } = await elbow('train', 'ssvae', '--gw', '0', '--reference', '--out', own, '--seed', '9', '--iterations', String(steps), '--backend', name);
    expect(code).toBe(0);
    const trained = readCheckpoint(fs.readFileSync(path.join(own, 'checkpoints/ssvae-gw0.safetensors')), 'ssvae');
    if (trained.kind !== 'checkpoint') throw new Error(trained.reason);
    const expected = await pytorchSteps();
    const start = initialWeights('ssvae', 9);
    for (const [tensor, { values }] of trained.tensors) {
      // Whatever no gradient reaches stays as it was drawn.
      const reference = expected.get(tensor) ?? start.get(tensor)?.values ?? [];
      // Adam's first steps are of size lr whatever the gradient's size: a wrong sign or factor is off by 1e-3.
      const far = values.filter((value, at) => !(Math.abs(value - (reference[at] ?? Number.NaN)) <= 2e-5)).length;
      expect({ tensor, far: far / values.length < 0.001 }).toEqual({ tensor, far: true });
    }
  });

  async function pytorchSteps(): Promise<ReadonlyMap<string, Float32Array>> {
    fs.mkdirSync(dump, { recursive: true });
    const { train } = await openDataSet('digits', { cache: path.join(process.env['ELBOW_CACHE'] ?? path.join(os.homedir(), '.cache/elbow'), 'data') });
    const labelled = labelledSubset('drawn-digits', train);
    const bits = Array.from({ length: steps }, (_, step) => binarised(labelled, [...labelled.labels.keys()], stepSeed(9, step, 1)).dataSync() as Float32Array);
    fs.writeFileSync(path.join(dump, 'bits'), Buffer.concat(bits.map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength))));
    fs.writeFileSync(path.join(dump, 'labels'), labelled.labels);
    fs.writeFileSync(path.join(dump, 'start'), encodeSafetensors(initialWeights('ssvae', 9)));
    execFileSync('/usr/bin/python3', [path.join(projectRoot, 'tests/oracles/pytorch_classifier.py'), dump]);
    return new Map(
      fs.readdirSync(path.join(dump, 'end')).map((name) => {
        const bytes = fs.readFileSync(path.join(dump, 'end', name));
        return [name, new Float32Array(Uint8Array.from(bytes).buffer)];
      }),
    );
  }
});
