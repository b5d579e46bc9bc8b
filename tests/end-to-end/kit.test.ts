/**
 * A student's first ten minutes, on a machine that is not kind: a path with blanks and accents, Windows line
 * ends, no network after the installation, no shell, and frames over standard input and output.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assignments } from '../../assignments/assignments.ts';
import { findHandIns, readHandIn } from '../../autograder/intake/intake.ts';
import { elbow, projectRoot } from './command-line.ts';
import { unzipTo } from './unzip-to.ts';

const complete = path.join(projectRoot, 'tests/submissions/cs236-hw2/complete');
const derivations = path.join(projectRoot, 'examples/cs236-hw2/ada-perfect/derivations');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-kit-'));
const folder = path.join(scratch, 'Übung çà (2)', 'cs236-hw2');
const at = (name: string): string => path.join(folder, name);
const scriptOf = (name: string): readonly string[] => {
  const { scripts } = JSON.parse(fs.readFileSync(at('package.json'), 'utf8')) as { scripts: Record<string, string> };
  return (scripts[name] ?? '').split(' ');
};
const windowsLines = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n');

beforeAll(async () => {
  const made = await elbow('kit', 'cs236-hw2', '--out', path.join(scratch, 'kit.zip'));
  if (made.code !== 0) throw new Error(made.stderr);
  await unzipTo(path.join(scratch, 'kit.zip'), path.dirname(folder));
  await execa('npm', ['install', '--prefer-offline', '--no-package-lock'], { cwd: folder });
}, 900_000);

afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** A script of package.json without npm, in a box in which nothing is a shell and nothing can be reached. */
async function offline(script: string, more: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const [program = '', ...args] = scriptOf(script);
  const shells = ['/bin/sh', '/bin/bash', '/bin/dash'].filter((shell) => fs.existsSync(shell)).map((shell) => fs.realpathSync(shell));
  const box = ['--dev-bind', '/', '/', '--unshare-net', '--die-with-parent', ...[...new Set(shells)].flatMap((shell) => ['--ro-bind', '/dev/null', shell])];
  const { exitCode, stdout, stderr } = await execa('bwrap', [...box, '--', program, ...args, ...more], { cwd: folder, env, reject: false });
  return { code: exitCode, text: stdout + stderr };
}

function write(name: string, text: string): void {
  fs.writeFileSync(at(name), text);
}

describe('a kit that was unzipped and installed', () => {
  test('answers a wrong command with the tasks and the page of its own homework', async () => {
    const derived = await offline('derive', ['vae.ts']);
    expect(derived.text.split('\n').filter((line) => line.startsWith('  '))).toEqual(['  cs236-hw2/iwae/lower-bound-proof', '  cs236-hw2/fsvae/elbo-derivation']);
    const packed = await offline('pack');
    expect(packed.text).toBe("error: missing required argument 'student'\n(README.md shows every command, each with an example)");
    expect([derived.code, packed.code]).toEqual([64, 64]);
  });

  test('says where the dashes stand, when npm took an option away', async () => {
    const { exitCode, stderr } = await execa('npm', ['run', '--silent', 'check', '--task', 'log-normal'], { cwd: folder, reject: false });
    expect(stderr).toMatch(/^There is no folder .*log-normal\.$/m);
    expect(stderr).toContain('npm run check -- --task log-normal');
    expect(exitCode).toBe(64);
  });

  test('checks the untouched template: nothing written yet, nothing wrong', async () => {
    const { code, text } = await offline('check');
    expect(text).toMatch(/^Negative ELBO of the VAE +6 {2}– not written yet, vae.ts:\d+$/m);
    expect(text).toMatch(/^ {3}56 {2}functions still to be written$/m);
    expect(text).toMatch(/^What β does in the β-VAE +3 {2}– not written yet, answers.md$/m);
    expect(text).toMatch(/^ {3}14 {2}answers and derivations still to be written$/m);
    expect(text).toMatch(/^ {3}22 {2}missing from the folder$/m);
    expect(code).toBe(1);
  });

  test.each([['a descriptor of their own', {}], ['standard input and output', { ELBOW_FRAMES: 'stdio' }]])('says that right work with Windows line ends is right, frames over %s', async (_, env) => {
    for (const name of fs.readdirSync(complete).filter((file) => file.endsWith('.ts'))) write(name, windowsLines(fs.readFileSync(path.join(complete, name), 'utf8')));
    for (const name of fs.readdirSync(derivations)) write(path.join('derivations', name), windowsLines(fs.readFileSync(path.join(derivations, name), 'utf8')));
    const { code, text } = await offline('check', [], env);
    expect(text).toMatch(/^ {3}65 {2}checked here and right/m);
    expect(text).not.toContain('node_modules');
    expect(code).toBe(0);
  });

  test('leads to the line of a wrong function and of an error, with one thing to try, and shows what was printed', async () => {
    const right = fs.readFileSync(path.join(complete, 'vae.ts'), 'utf8');
    const line = right.split('\n').findIndex((text) => text.includes('function negativeElboBound')) + 1;
    write('vae.ts', windowsLines(right.replace('nelbo: tf.add(kl, rec)', 'nelbo: tf.sub(kl, rec)')));
    write('gmvae.ts', windowsLines(fs.readFileSync(path.join(complete, 'gmvae.ts'), 'utf8').replace(/(export function negativeElboBound[^{]*\{\r?\n)/, "$1  console.log('begun');\n  (null as unknown as { boom: () => void }).boom();\n")));
    const { code, text } = await offline('check', ['--task', 'negative-elbo-bound'], { ELBOW_FRAMES: 'stdio' });
    expect(text).toContain(`Negative ELBO of the VAE  vae.ts:${line} negativeElboBound`);
    expect(text).toMatch(/^ {4}try: The negative ELBO is the sum/m);
    const boom = fs.readFileSync(at('gmvae.ts'), 'utf8').split('\n').findIndex((source) => source.includes('.boom()')) + 1;
    expect(text).toMatch(new RegExp(`TypeError: .* at gmvae.ts:${boom}:\\d+`));
    expect(text).toMatch(/printed:\n {6}begun/);
    expect(code).toBe(1);
  });

  test('answers while it watches: a function is broken, and mended', async () => {
    for (const name of fs.readdirSync(complete).filter((file) => file.endsWith('.ts'))) fs.copyFileSync(path.join(complete, name), at(name));
    const [program = '', ...args] = scriptOf('check:watch');
    const watching = execa(program, args, { cwd: folder, reject: false, buffer: false });
    let heard = '';
    watching.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')));
    const saved = async (text: string | null): Promise<string> => {
      heard = '';
      if (text !== null) write('vae.ts', text);
      await expect.poll(() => heard, { timeout: 60_000, interval: 20 }).toContain('Waiting for the next save');
      return heard;
    };
    try {
      expect(await saved(null)).toContain('9 functions checked');
      const right = fs.readFileSync(at('vae.ts'), 'utf8');
      const broken = await saved(right.replace('nelbo: tf.add(kl, rec)', 'nelbo: tf.sub(kl, rec)'));
      expect(broken).toMatch(/^✗ not right yet 4 of 6 {2}Negative ELBO of the VAE {2}vae.ts:\d+ negativeElboBound {2}\(\d/m);
      expect(broken).toContain('2 functions checked, 7 as before');
      const mended = await saved(right);
      expect(mended).toMatch(/^✓ passed 6 of 6 {2}Negative ELBO of the VAE/m);
      expect(mended).toMatch(/^ {3}65 {2}checked here and right/m);
      // A file that others import is a change of theirs too.
      heard = '';
      fs.appendFileSync(at('distributions.ts'), '\n');
      await expect.poll(() => heard, { timeout: 60_000 }).toContain('9 functions checked, in');
    } finally {
      watching.kill('SIGTERM');
      await watching;
    }
  }, 200_000);

  test('packs what the grader opens as it is, without the checker', async () => {
    const { text } = await offline('pack', ['s1234567']);
    expect(text).toContain(`Hand in  ${at('s1234567.zip')}`);
    const rules = assignments.get('cs236-hw2')?.handIn;
    if (rules === undefined) throw new Error('no such assignment');
    const { handIns } = await findHandIns([at('s1234567.zip')], { rules });
    const read = await readHandIn(handIns[0] ?? { student: { id: '' }, source: '', path: '' }, rules);
    if (read.kind === 'refused') throw new Error(read.refusal.reason);
    expect(read.submission.student.id).toBe('s1234567');
    expect(read.submission.notes).toEqual([]);
    expect(read.submission.code.map(({ path: name }) => name)).toEqual(expect.arrayContaining([...rules.code]));
    // The folder zipped by hand, checker, packages and all, is read the same.
    const whole = await findHandIns([folder], { rules });
    const byHand = await readHandIn(whole.handIns[0] ?? { student: { id: '' }, source: '', path: '' }, rules);
    expect(byHand.kind === 'submission' && byHand.submission.code).toEqual(read.submission.code);
  });

  test('tells what is missing where npm install was forgotten', async () => {
    const bare = path.join(scratch, 'bare');
    await unzipTo(path.join(scratch, 'kit.zip'), bare);
    const { exitCode, stderr } = await execa(process.execPath, ['elbow-checker/bin/elbow.mjs', 'check'], { cwd: path.join(bare, 'cs236-hw2'), reject: false });
    expect(stderr).toContain('npm install');
    expect(exitCode).toBe(64);
  });
});
