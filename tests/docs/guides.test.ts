/**
 * The guides, done step by step: every command is run, and what it prints must be what the guide shows.
 * ELBOW_WRITE_GUIDES=1 writes what was printed into the guides instead.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, test } from 'vitest';
import { elbow, projectRoot } from '../end-to-end/command-line.ts';
import { unzipTo } from '../end-to-end/unzip-to.ts';
import { asShown, type Command, isShown, steady, stepsOf } from './guide-blocks.ts';

const writing = process.env['ELBOW_WRITE_GUIDES'] === '1';
const homes: string[] = [];
afterAll(() => homes.forEach((home) => fs.rmSync(home, { recursive: true, force: true })));

/** A home of its own, with the elbow command on the way to programs. */
function newHome(): string {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-guide-')));
  homes.push(home);
  fs.mkdirSync(path.join(home, 'bin'));
  // Between a change of the comparison and the next certification the guides are tried all the same.
  const script = `#!/bin/sh\nfirst=$1\n[ "$first" = grade ] && set -- "$@" --uncertified\nexec "${process.execPath}" "${projectRoot}/bin/elbow.mjs" "$@"\n`;
  fs.writeFileSync(path.join(home, 'bin/elbow'), script, { mode: 0o755 });
  fs.symlinkSync(projectRoot, path.join(home, 'elbow'));
  return home;
}

const prepare: Readonly<Record<string, (home: string) => Promise<void>>> = {
  instructor: async () => undefined,
  ta: async () => undefined,
  // The student's course has made a kit, and the student has unzipped it by a double click.
  student: async (home) => {
    const made = await elbow('kit', 'cs236-hw2', '--out', path.join(home, 'kit.zip'));
    if (made.code !== 0) throw new Error(made.stderr);
    await unzipTo(path.join(home, 'kit.zip'), home);
  },
};

describe.each(Object.entries(prepare))('the guide for the %s', (person, before) => {
  test('shows what its commands print', { timeout: 1_800_000 }, async () => {
    const file = path.join(projectRoot, 'docs', `guide-${person}.md`);
    const page = fs.readFileSync(file, 'utf8');
    const home = newHome();
    await before(home);
    let folder = home;
    const outputs: { readonly step: Command; readonly printed: readonly string[] }[] = [];
    for (const step of stepsOf(page)) {
      if (step.kind === 'patch') {
        await execa('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: step.text, env: { GIT_CEILING_DIRECTORIES: home } });
        continue;
      }
      const ran = step.kind === 'watch' ? { text: await watched(step, folder, home), folder } : await run(step, folder, home);
      folder = ran.folder;
      const printed = asShown(ran.text.replace(/\n+$/, ''), home);
      outputs.push({ step, printed: printed.length === 1 && printed[0] === '' ? [] : printed });
    }
    if (writing) fs.writeFileSync(file, withOutputs(page, outputs));
    expect(outputs.length).toBeGreaterThan(4);
    const wrong = outputs.filter(({ step, printed }) => !writing && !isShown(steady(printed), steady(step.shown)));
    expect(wrong.map(({ step, printed }) => ({ command: step.text, printed: printed.join('\n') }))).toEqual([]);
  });
});

function environment(home: string): Record<string, string> {
  return { HOME: home, PATH: `${path.join(home, 'bin')}:${process.env['PATH'] ?? ''}`, npm_config_prefer_offline: 'true', npm_config_cache: path.join(os.homedir(), '.npm'), NO_COLOR: '1', TZ: 'UTC' };
}

async function run({ text }: Command, folder: string, home: string): Promise<{ readonly text: string; readonly folder: string }> {
  const place = path.join(home, '.folder');
  const { all } = await execa('bash', ['-c', `[ -f "${place}.env" ] && . "${place}.env"\n${text}\npwd > "${place}"\ndeclare -p row > "${place}.env" 2>/dev/null || true`], { cwd: folder, env: environment(home), reject: false, all: true });
  return { text: all, folder: fs.readFileSync(place, 'utf8').trim() };
}

async function watched({ text }: Command, folder: string, home: string): Promise<string> {
  const watching = execa('bash', ['-c', `exec ${text}`], { cwd: folder, env: environment(home), reject: false, buffer: false, detached: true });
  let heard = '';
  watching.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')));
  await expect.poll(() => heard, { timeout: 120_000 }).toContain('Waiting for the next save');
  if (watching.pid !== undefined) process.kill(-watching.pid, 'SIGTERM');
  await watching;
  return heard;
}

/** Lines that a guide leaves out stay left out: what is between `...` and the next shown line. */
function withOutputs(page: string, outputs: readonly { readonly step: Command; readonly printed: readonly string[] }[]): string {
  const lines = page.split('\n');
  for (const { step, printed } of outputs.toReversed()) {
    if (isShown(steady(printed), steady(step.shown))) continue;
    lines.splice(step.from, step.to - step.from, ...printed);
  }
  return lines.join('\n');
}
