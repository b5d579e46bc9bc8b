/** What training made comes in as bytes, from a folder, a zip or a tar; a file of it that cannot be read costs only itself. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHandIn } from '../../../autograder/intake/intake.ts';
import { intakeLimits } from '../../../autograder/intake/intake-limits.ts';
import type { Submission } from '../../../contract/submission.ts';
import { complete, rules, scratchFolder, zipOf, zipReaderIn } from './zips.ts';

const scratch = scratchFolder();
const reader = zipReaderIn(scratch);
const weights = Buffer.from([0, 255, 128, 13, 10]);
const results = { 'metrics.json': '{}', 'checkpoints/vae.safetensors': weights, 'vae-samples.png': weights };

function texts({ results: found }: Submission): Readonly<Record<string, string>> {
  return Object.fromEntries(found.map(({ path, content }) => [path, content.kind === 'bytes' ? Buffer.from(content.bytes).toString('hex') : content.problem]));
}

const whole = { 'metrics.json': Buffer.from('{}').toString('hex'), 'checkpoints/vae.safetensors': '00ff800d0a', 'vae-samples.png': '00ff800d0a' };

function folderWith(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = join(scratch.path, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function submissionAt(path: string): Promise<Submission> {
  const intake = await readHandIn({ student: { id: 'jane' }, source: path, path }, rules);
  if (intake.kind === 'refused') throw new Error(intake.refusal.reason);
  return intake.submission;
}

test('from a folder, a zip and a tar, without a word about them', async () => {
  const files = Object.fromEntries(Object.entries({ ...complete, ...results }).map(([path, content]) => [`hw2/${path}`, content]));
  const folder = folderWith('folder', files);
  execFileSync('tar', ['-czf', join(scratch.path, 'hw2.tar.gz'), '-C', folder, 'hw2']);
  const ways = [await submissionAt(folder), await reader.submission(await zipOf(files)), await submissionAt(join(scratch.path, 'hw2.tar.gz'))];
  for (const submission of ways) {
    expect(texts(submission)).toEqual(whole);
    expect(submission.notes).toEqual([]);
  }
});

test('a checkpoint that lost its folder, as course systems flatten them', async () => {
  expect(texts(await reader.submission(await zipOf({ ...complete, 'vae.safetensors': weights })))).toEqual({ 'checkpoints/vae.safetensors': '00ff800d0a' });
});

test('one that is too large is named, and the rest is read', async () => {
  const folder = folderWith('large', { ...complete, ...results });
  truncateSync(join(folder, 'checkpoints/vae.safetensors'), intakeLimits.resultBytes + 1);
  const submission = await submissionAt(folder);
  expect(texts(submission)).toEqual({ ...whole, 'checkpoints/vae.safetensors': 'is larger than 64 MiB' });
  expect(submission.notes).toEqual(['checkpoints/vae.safetensors is larger than 64 MiB. It was not looked at; the rest was.']);
  expect(submission.code).toHaveLength(2);
});

test('no link is followed', async () => {
  const folder = folderWith('linked', complete);
  mkdirSync(join(folder, 'checkpoints'));
  symlinkSync('/etc/hostname', join(folder, 'checkpoints/vae.safetensors'));
  expect(texts(await submissionAt(folder))).toEqual({ 'checkpoints/vae.safetensors': 'is a link to another file' });
});

test('a damaged one in a zip costs only itself', async () => {
  const zip = await zipOf({ ...complete, 'checkpoints/vae.safetensors': 'x'.repeat(5000) }, { compress: false });
  const place = zip.indexOf('xxxxxxxx');
  zip[place + 100] = 0;
  const submission = await reader.submission(zip);
  expect(texts(submission)['checkpoints/vae.safetensors']).toMatch(/^could not be read: /);
  expect(submission.code).toHaveLength(2);
});

test('a picture is an attachment too, known by its content', async () => {
  const [first, second] = [await reader.submission(await zipOf({ ...complete, 'paper.pdf': 'one' })), await reader.submission(await zipOf({ ...complete, 'paper.pdf': 'two' }))];
  expect(first.attachments.map(({ name }) => name)).toEqual(['paper.pdf']);
  expect(first.attachments[0]?.sha256).not.toBe(second.attachments[0]?.sha256);
  expect((await submissionAt(folderWith('pictured', { ...complete, ...results }))).attachments.map(({ name }) => name)).toEqual(['vae-samples.png']);
  expect(readFileSync(join(scratch.path, 'pictured/vae-samples.png'))).toEqual(weights);
});
