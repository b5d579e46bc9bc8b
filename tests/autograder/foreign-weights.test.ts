/** Weights as PyTorch writes them, opened in the box: plain tensors come out, or a sentence. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { withForeignWeights } from '../../autograder/foreign-weights.ts';
import { inspectBox } from '../../autograder/host/host.ts';
import { environmentOf, findPython } from '../../autograder/languages/python/find-python.ts';
import { python } from '../../autograder/languages/python/python.ts';
import { projectRoot } from '../../autograder/paths.ts';
import { SessionPool } from '../../autograder/session/session-pool.ts';
import { readCheckpoint } from '../../contract/checkpoint.ts';
import { inLanguage } from '../../contract/in-language.ts';
import { encodeSafetensors } from '../../contract/safetensors.ts';
import type { ResultFile, Submission } from '../../contract/submission.ts';
import { initialWeights } from '../../training/initial-weights.ts';

const found = findPython();
const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-weights-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const trained = initialWeights('vae', 7);
const original = Buffer.from(encodeSafetensors(trained));
fs.writeFileSync(path.join(work, 'vae.safetensors'), original);

function saved(kind: string, from = 'vae.safetensors'): Buffer {
  if (found === null) throw new Error('no Python with PyTorch');
  const target = path.join(work, `${kind}.pt`);
  execFileSync(found.program, [path.join(projectRoot, 'tests/submissions/python/save_weights.py'), path.join(work, from), target, kind], { env: environmentOf(found) });
  return fs.readFileSync(target);
}

async function opened(files: Readonly<Record<string, Buffer>>): Promise<readonly ResultFile[]> {
  const results = Object.entries(files).map(([name, bytes]) => ({ path: name, content: { kind: 'bytes', bytes } as const }));
  const submission: Submission = { student: { id: 's1' }, source: 's1', language: 'python', code: [], written: [], attachments: [], results, notes: [] };
  const pool = new SessionPool({ launch: python.launch, isolation, limits: inLanguage(assignment, 'python').limits, load: { files: [], originals: [] }, tasks: 1 });
  try {
    return (await withForeignWeights(submission, python, pool)).results;
  } finally {
    await pool.close();
  }
}

const contentOf = (results: readonly ResultFile[], run = 'vae') => results.find(({ path: name }) => name === `checkpoints/${run}.safetensors`)?.content;

describe.skipIf(found === null)('weights that torch.save wrote', () => {
  it.each(['state', 'beside'])('are the same tensors, transposed and renamed (%s)', async (kind) => {
    const content = contentOf(await opened({ 'checkpoints/vae.pt': saved(kind) }));
    if (content?.kind !== 'bytes') throw new Error(JSON.stringify(content));
    const checkpoint = readCheckpoint(content.bytes, 'vae');
    if (checkpoint.kind !== 'checkpoint') throw new Error(checkpoint.reason);
    expect(new Map([...checkpoint.tensors].toSorted())).toEqual(new Map([...trained].toSorted()));
  });

  it('of kth-1b’s notebook have mean and log variance side by side', async () => {
    const weights = initialWeights('kth-vae', 7);
    fs.writeFileSync(path.join(work, 'notebook.safetensors'), encodeSafetensors(weights));
    const content = contentOf(await opened({ 'checkpoints/kth-vae.pt': saved('notebook', 'notebook.safetensors') }), 'kth-vae');
    if (content?.kind !== 'bytes') throw new Error(JSON.stringify(content));
    const checkpoint = readCheckpoint(content.bytes, 'kth-vae');
    if (checkpoint.kind !== 'checkpoint') throw new Error(checkpoint.reason);
    expect(new Map([...checkpoint.tensors].toSorted())).toEqual(new Map([...weights].toSorted()));
  });

  it.each([
    ['module', /^comes from checkpoints\/vae\.pt, which could not be opened: it holds more than tensors, or is no file of torch\.save/],
    ['program', /^comes from checkpoints\/vae\.pt, which could not be opened: it holds more than tensors, or is no file of torch\.save/],
    ['foreign', /it holds none of the networks that this homework names, but: layer\.weight$/],
  ])('are not what is called so: %s', async (kind, sentence) => {
    expect(contentOf(await opened({ 'checkpoints/vae.pt': saved(kind) }))).toEqual({ kind: 'unread', problem: expect.stringMatching(sentence) });
  });

  it('may be cut short, or no such file at all', async () => {
    for (const bytes of [saved('state').subarray(0, 1000), Buffer.from('full marks, please')]) {
      expect(contentOf(await opened({ 'checkpoints/vae.pt': bytes }))).toMatchObject({ kind: 'unread', problem: expect.stringMatching(/^comes from checkpoints\/vae\.pt, which could not be opened: \S/) });
    }
  });

  it('are left alone beside a checkpoint', async () => {
    const results = await opened({ 'checkpoints/vae.pt': saved('foreign'), 'checkpoints/vae.safetensors': original });
    expect(results).toHaveLength(2);
    expect(contentOf(results)).toEqual({ kind: 'bytes', bytes: original });
  });
});
