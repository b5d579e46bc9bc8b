/** Real trainings in real children on native TensorFlow: right networks learn, and what a child says of itself is not believed. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../assignments/nyu-hw4/limits.ts';
import { conditionalTrained, convTrained, recognisedTask } from '../../../assignments/nyu-hw4/trained.ts';
import { inspectBox } from '../../../autograder/host/host.ts';
import { typescript } from '../../../autograder/languages/typescript/typescript.ts';
import { judgeNetworks, trainNetworks, type Training } from '../../../autograder/networks/networks.ts';
import { projectRoot } from '../../../autograder/paths.ts';
import { SessionPool } from '../../../autograder/session/session-pool.ts';
import type { Limits } from '../../../contract/rubric.ts';

const hasNative = typescript.launch('native') !== null;
const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';
const read = (file: string): string => fs.readFileSync(path.join(projectRoot, file), 'utf8');
const given = ['interfaces.ts', 'networks.ts', 'training.ts'].map((name) => ({ path: `given/${name}`, text: read(`student-template/nyu-hw4/given/${name}`) }));

/** The reference, with some of the functions of the first half written anew. */
async function trained(own: string, task = convTrained, within: Limits = limits): Promise<Training> {
  const right = ['conv-vae.ts', 'conditional-vae.ts'].map((name) => ({ path: name === 'conv-vae.ts' ? 'right.ts' : name, text: read(`reference/nyu-hw4/${name}`) }));
  const first = { path: 'conv-vae.ts', text: `import * as tf from '@tensorflow/tfjs';\nimport * as right from './right.ts';\nexport * from './right.ts';\n${own}` };
  const [code, originals] = await Promise.all([typescript.prepare([...right, first]), typescript.prepare(given)]);
  const pool = new SessionPool({ launch: typescript.launch, isolation, limits: within, load: { files: [...code.files], originals: [...originals.files] }, tasks: 3 });
  try {
    return await trainNetworks(task, 'a seed', pool);
  } finally {
    await pool.close();
  }
}

describe.skipIf(!hasNative)('right networks', { timeout: 600_000 }, () => {
  it('learn in the first training', async () => {
    const training = await trained('');
    expect(judgeNetworks(convTrained, training)).toMatchObject({ outcome: 'pass', earned: 1 });
    expect(training).toMatchObject({ attempts: [{ recognised: null }] });
  });

  it('learn to draw the class that is asked for', async () => {
    const training = await trained('', conditionalTrained);
    expect(judgeNetworks(conditionalTrained, training)).toMatchObject({ outcome: 'pass', earned: 1 });
    expect(judgeNetworks(recognisedTask, training)).toMatchObject({ outcome: 'pass', earned: 2 });
  });
});

describe.skipIf(!hasNative)('a child that lies', { timeout: 600_000 }, () => {
  it('about its loss gains nothing: it only ends its training at once', async () => {
    const training = await trained('export const negativeElbo = (model: any, images: any) => { const { nelbo, ...rest } = right.negativeElbo(model, images); return { ...rest, nelbo: tf.mul(nelbo, 1e-6) }; };');
    if (training.kind !== 'measured') throw new Error(training.kind);
    const [first, second] = training.attempts;
    expect(first?.steps).toBe(1);
    expect(first?.nelbo).toBeGreaterThan(training.digits.meanDigit);
    // The next one lasts as long as its warm-up, in which kl and rec count and not their sum.
    expect(second?.steps).toBe(151);
  });

  it('with weights that are no numbers has the worst of all losses', async () => {
    const training = await trained('export const negativeElbo = (model: any, images: any) => { const loss = right.negativeElbo(model, images); return { nelbo: tf.mul(loss.nelbo, NaN), kl: tf.mul(loss.kl, NaN), rec: loss.rec }; };');
    expect(judgeNetworks(convTrained, training)).toMatchObject({ outcome: 'fail', checks: [{ message: expect.stringContaining('no number') }] });
  });

  it.each([
    ['builds another network after it has trained one', 'tf.layers.dense({ units: 5 })', 'threw'],
    ['returns pictures of another size', 'tf.layers.flatten()', 'misfit'],
  ])('and %s is left to a person', async (_, last, kind) => {
    const training = await trained(`
      let isTraining = false;
      export const buildEncoder = (latent: number) => { isTraining = true; return right.buildEncoder(latent); };
      export const buildDecoder = (latent: number) => {
        const decoder = right.buildDecoder(latent);
        if (isTraining) return decoder;
        const end = ${last}.apply(${kind === 'misfit' ? 'tf.layers.cropping2D({ cropping: [[1, 1], [1, 1]] }).apply(decoder.outputs[0])' : 'decoder.outputs[0]'});
        return tf.model({ inputs: decoder.inputs, outputs: end as any });
      };`);
    expect(training).toMatchObject({ kind: 'not-measured', while: 'decoding', why: { kind } });
    expect(judgeNetworks(convTrained, training).outcome).toBe('awaiting-person');
  });
});

describe.skipIf(!hasNative)('a training that never ends', { timeout: 600_000 }, () => {
  it('is stopped at its limit, and costs no mark', async () => {
    const training = await trained('export const negativeElbo = () => { for (;;) {} };', convTrained, { ...limits, cpuSeconds: 2 });
    expect(training).toMatchObject({ kind: 'not-measured', while: 'training', why: { kind: 'ended', ending: { kind: 'limit', limit: 'cpu-time' } } });
    expect(judgeNetworks(convTrained, training).outcome).toBe('awaiting-person');
  });
});

describe('a machine without native TensorFlow', () => {
  it('leaves it to a person', async () => {
    const pool = new SessionPool({ launch: (backend) => (backend === 'native' ? null : typescript.launch(backend)), isolation, limits, load: { files: [], originals: [] }, tasks: 1 });
    const training = await trainNetworks(convTrained, 'a seed', pool);
    expect(judgeNetworks(convTrained, training)).toMatchObject({ outcome: 'awaiting-person', checks: [{ message: 'Your networks could not be trained on this machine, which is not your fault. A person decides.' }] });
  });
});
