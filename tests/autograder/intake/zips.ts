/** What the tests of intake share: honest zips by yazl, a folder, a reader. Dishonest zips: raw-zip.ts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';
import { type EndOptions, type Options, ZipFile } from 'yazl';
import { readHandIn } from '../../../autograder/intake/intake.ts';
import type { IntakeLimits } from '../../../autograder/intake/intake-limits.ts';
import type { HandInRules } from '../../../contract/rubric.ts';
import type { Submission } from '../../../contract/submission.ts';

export const rules: HandInRules = {
  code: ['vae.ts', 'gmvae.ts'],
  extraCode: ['.ts', '.js'],
  scaffolding: ['README.md', 'tsconfig.json'],
  written: ['answers.md', 'derivations/bound.md'],
  given: ['given/reduce.ts'],
  results: ['metrics.json', 'checkpoints/vae.safetensors', 'vae-samples.png'],
};

/** The least a complete hand-in holds. */
export const complete: Readonly<Record<string, string>> = { 'vae.ts': 'export const vae = 1;\n', 'gmvae.ts': 'export const gmvae = 2;\n' };

export function zipOf(files: Readonly<Record<string, string | Buffer>>, options: Partial<Options> = {}, end: Partial<EndOptions> = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, options);
  zip.end({ forceZip64Format: false, ...end });
  return buffer(zip.outputStream);
}

/** A folder that exists while the file's tests run. */
export function scratchFolder(): { readonly path: string } {
  const scratch = { path: '' };
  beforeAll(async () => {
    scratch.path = await mkdtemp(join(tmpdir(), 'intake-'));
  });
  afterAll(() => rm(scratch.path, { recursive: true, force: true }));
  return scratch;
}

export function zipReaderIn(scratch: { readonly path: string }) {
  return {
    /** What becomes of a zip with these bytes. */
    async intake(bytes: Buffer, limits?: IntakeLimits, asked: HandInRules = rules) {
      const path = join(scratch.path, 'hw2.zip');
      await writeFile(path, bytes);
      return readHandIn({ student: { id: 'jane' }, source: 'hw2.zip', path }, asked, limits);
    },
    async submission(bytes: Buffer, limits?: IntakeLimits, asked: HandInRules = rules): Promise<Submission> {
      const intake = await this.intake(bytes, limits, asked);
      if (intake.kind === 'refused') throw new Error(`refused: ${intake.refusal.reason}`);
      return intake.submission;
    },
    async reason(bytes: Buffer, limits?: IntakeLimits, asked: HandInRules = rules): Promise<string> {
      const intake = await this.intake(bytes, limits, asked);
      if (intake.kind !== 'refused') throw new Error('was not refused');
      return intake.refusal.reason;
    },
  };
}

export function paths(files: readonly { readonly path: string }[]): readonly string[] {
  return files.map(({ path }) => path);
}
