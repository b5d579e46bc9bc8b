/** `elbow derive`: which task a page is for, what is printed, when it is checked again. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Console, exitCodes, UsageError } from '../../../autograder/commands/console.ts';
import { runDerive } from '../../../autograder/commands/derive.ts';

const RIGHT = '```\nELBO = E[q(z|x)](log(p(x, z) / q(z|x)))\n= E[q(z|x)](log p(x, z)) - E[q(z|x)](log q(z|x))\n= E[q(z|x)](log p(x, z)) + H[q(z|x)]\n```\n';
const WRONG = RIGHT.replace('+ H', '- H');

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-derive-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

function console(signal = new AbortController().signal): Console & { readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, print: (line) => void lines.push(line), draw: () => undefined, interactive: false, signal };
}

describe('elbow derive', () => {
  it('tells a folder from a file that is not there', async () => {
    await expect(runDerive(folder, { watch: false }, console())).rejects.toThrow(`${folder} is a folder: name one page in it.`);
    await expect(runDerive(path.join(folder, 'none.md'), { watch: false }, console())).rejects.toThrow('There is no file');
  });

  it.each([
    ['named by --task', 'notes.md', RIGHT, 'joint-plus-entropy'],
    ['named by its heading', 'notes.md', `# nyu-hw4/theory/joint-plus-entropy\n\n${RIGHT}`, undefined],
    ['named by its file', 'theory-joint-plus-entropy.md', RIGHT, undefined],
  ])('checks a page %s', async (_, name, page, task) => {
    const screen = console();
    const code = await runDerive(write(name, page), { watch: false, ...(task === undefined ? {} : { task }) }, screen);
    expect(code).toBe(exitCodes.done);
    expect(screen.lines[0]).toContain('nyu-hw4/theory/joint-plus-entropy');
    expect(screen.lines.at(-1)).toBe('All that was asked is shown.');
  });

  it('shows the first wrong line with both values', async () => {
    const screen = console();
    const code = await runDerive(write('notes.md', WRONG), { watch: false, task: 'joint-plus-entropy' }, screen);
    expect(code).toBe(exitCodes.needsAttention);
    expect(screen.lines.join('\n')).toMatch(/ 4 {2}NO = E.*\n.*does not follow.*the line before is -?\d.* and this line is -?\d/);
    expect(screen.lines.join('\n')).toMatch(/There p\(x, z\) is (\d[\d.e-]*(, )?){4} over the outcomes of z\.\n.*There q\(z \| x\) is (\d[\d.e-]*(, )?){4} over/);
    expect(screen.lines.at(-1)).toContain('Line 4 is the first that does not follow');
  });

  it('prints a counterexample that can be worked out by hand', async () => {
    const screen = console();
    await runDerive(write('notes.md', WRONG), { watch: false, task: 'joint-plus-entropy' }, screen);
    const text = screen.lines.join('\n');
    const numbers = (before: string): readonly number[] => (new RegExp(`${before} (-?[\\d., e-]+)`).exec(text)?.[1] ?? '').replace(/[.]?\s*$/, '').split(', ').map(Number);
    const [p, q] = [numbers('There p\\(x, z\\) is'), numbers('There q\\(z \\| x\\) is')];
    const weights = text.includes('weigh') ? numbers('outcomes weigh') : q.map(() => 1);
    const sum = (term: (index: number) => number): number => q.reduce((total, _, index) => total + (weights[index] ?? Number.NaN) * term(index), 0);
    const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;
    expect(sum((index) => at(q, index))).toBeCloseTo(1, 4);
    // The line before is the ELBO.
    const [elbo] = numbers('the line before is');
    expect(sum((index) => at(q, index) * Math.log(at(p, index) / at(q, index)))).toBeCloseTo(elbo ?? Number.NaN, 3);
  });

  it.each([
    ['no such file', 'missing.md', undefined, 'There is no file'],
    ['a page of no task', 'notes.md', undefined, 'Say which task'],
    ['an unknown task', 'notes.md', 'nothing-like-it', 'No derivation task'],
    ['several tasks', 'notes.md', 'nyu', 'More than one'],
  ])('refuses %s', async (_, name, task, message) => {
    write('notes.md', RIGHT);
    const running = runDerive(path.join(folder, name), { watch: false, ...(task === undefined ? {} : { task }) }, console());
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
  });

  it('checks again when the page is saved', async () => {
    const stop = new AbortController();
    const screen = console(stop.signal);
    const file = write('notes.md', WRONG);
    const running = runDerive(file, { watch: true, task: 'joint-plus-entropy' }, screen);
    await expect.poll(() => screen.lines.some((line) => line.includes('Watching')), { timeout: 60_000 }).toBe(true);
    // Written again until it is seen: the watch may begin a little later than it says.
    const isSeen = (): boolean => {
      fs.writeFileSync(file, `${RIGHT}\n${Date.now()}`);
      return screen.lines.includes('All that was asked is shown.');
    };
    await expect.poll(isSeen, { timeout: 60_000, interval: 300 }).toBe(true);
    stop.abort();
    expect(await running).toBe(exitCodes.done);
  });
});
