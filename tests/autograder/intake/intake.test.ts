import { execFileSync } from 'node:child_process';
import { appendFile, chmod, link, mkdir, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { intakeLimits, readHandIn } from '../../../autograder/intake/intake.ts';
import { listFolder } from '../../../autograder/intake/read-folder.ts';
import { complete, paths, rules, scratchFolder, zipOf } from './zips.ts';

const scratch = scratchFolder();
let made = 0;

async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = join(scratch.path, `jane${(made += 1)}`);
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const read = (path: string, limits = intakeLimits) => readHandIn({ student: { id: 'jane' }, source: 'jane', path }, rules, limits);
const submission = async (path: string) => {
  const intake = await read(path);
  if (intake.kind === 'refused') throw new Error(intake.refusal.reason);
  return intake.submission;
};
const reason = async (path: string, limits = intakeLimits) => {
  const intake = await read(path, limits);
  return intake.kind === 'refused' ? intake.refusal.reason : 'was not refused';
};

describe('a folder', () => {
  test('gives what the same zip gives', async () => {
    const files = { ...complete, 'answers.md': '42', 'src/more.ts': 'x', 'plots/a.png': 'x', 'README.md': 'x', '.git/HEAD': 'x' };
    const zip = join(scratch.path, 'same.zip');
    await writeFile(zip, await zipOf(files));
    expect(await submission(await folderOf(files))).toEqual(await submission(zip));
    expect(await submission(zip)).toMatchObject({ student: { id: 'jane' }, source: 'jane', attachments: [{ name: 'plots/a.png' }] });
  });

  test('node_modules is not even opened', async () => {
    const folder = await folderOf({ ...complete, 'node_modules/a/index.js': 'x', 'src/node_modules/b.js': 'x' });
    const { code, notes } = await submission(folder);
    expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts']);
    expect(notes).toEqual(['node_modules was left alone: packages are provided, so leave it out of the next hand-in.']);
  });

  test("the template's own files are not worth a note", async () => {
    const { notes } = await submission(await folderOf({ ...complete, 'README.md': 'x', 'tsconfig.json': '{}', 'todo.md': 'x' }));
    expect(notes).toEqual(['Left alone, because the assignment does not ask for it: todo.md.']);
  });

  test('links are never followed', async () => {
    const folder = await folderOf(complete);
    await symlink('/etc/hostname', join(folder, 'secret.ts'));
    await symlink('/', join(folder, 'all'));
    await symlink('/etc/hostname', join(folder, 'photo.png'));
    const { code, attachments, notes } = await submission(folder);
    expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts']);
    expect(attachments).toEqual([]);
    expect(notes).toEqual(['Links and special files are not followed: all, photo.png, secret.ts.']);
    const asked = await folderOf({ 'gmvae.ts': 'x' });
    await symlink('/etc/hostname', join(asked, 'vae.ts'));
    expect(await reason(asked)).toMatch(/vae\.ts is a link to another file/);
  });

  test('a pipe and a socket neither hang nor are read', async () => {
    const folder = await folderOf(complete);
    execFileSync('mkfifo', [join(folder, 'pipe.ts')]);
    const server = createServer().listen(join(folder, 'socket.ts'));
    try {
      expect((await submission(folder)).notes).toEqual(['Links and special files are not followed: pipe.ts, socket.ts.']);
    } finally {
      server.close();
    }
    const asked = await folderOf({ 'gmvae.ts': 'x' });
    execFileSync('mkfifo', [join(asked, 'vae.ts')]);
    expect(await reason(asked)).toMatch(/vae\.ts is not an ordinary file/);
  });

  test('a hard link is a file like any other', async () => {
    const folder = await folderOf(complete);
    await link(join(folder, 'vae.ts'), join(folder, 'more.ts'));
    expect(paths((await submission(folder)).code)).toEqual(['vae.ts', 'gmvae.ts', 'more.ts']);
  });

  test('names that are not UTF-8', async () => {
    const folder = await folderOf(complete);
    const named = (name: readonly number[]) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]);
    await writeFile(named([0xff, 0x2e, 0x74, 0x73]), 'x');
    await mkdir(named([0xfe]));
    expect((await submission(folder)).notes).toEqual(['Links and special files are not followed: \ufffd, \ufffd.ts.']);
  });

  test('a name with a backslash', async () => {
    expect(await reason(await folderOf({ ...complete, 'a\\b.ts': 'x' }))).toMatch(/backslash/);
  });

  test('too deep, too long, too many', async () => {
    expect(await reason(await folderOf({ ...complete, [`${'d/'.repeat(40)}x`]: 'x' }))).toMatch(/nested more than 32 deep/);
    expect(await reason(await folderOf({ ...complete, [`${`${'d'.repeat(200)}/`.repeat(6)}x`]: 'x' }))).toMatch(/longer than 1024 bytes/);
    const few = { ...intakeLimits, entriesInAll: 5 };
    expect(await reason(await folderOf({ ...complete, 'a/1/2/x': 'x' }), few)).toMatch(/more than 5 files/);
    expect(await reason(await folderOf(complete), few)).toBe('was not refused');
  });

  test('a huge file is refused by its size alone', async () => {
    const folder = await folderOf(complete);
    await truncate(join(folder, 'vae.ts'), 10 * 1024 ** 3);
    expect(await reason(folder)).toMatch(/vae\.ts is larger than 1 MiB/);
  });

  test('what changes between the look and the reading', async () => {
    const folder = await folderOf({ 'vae.ts': 'x', 'gmvae.ts': 'x', 'more.ts': 'x' });
    const [gmvae, more, vae] = (await listFolder(folder, intakeLimits)).entries;
    await appendFile(join(folder, 'gmvae.ts'), 'more');
    await expect(gmvae?.read()).rejects.toThrow(/changed while it was read/);
    await symlink('/etc/hostname', join(folder, 'link'));
    await rename(join(folder, 'link'), join(folder, 'vae.ts'));
    await expect(vae?.read()).rejects.toThrow(/ELOOP/);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await rename(join(folder, 'pipe'), join(folder, 'more.ts'));
    await expect(more?.read()).rejects.toThrow(/changed while it was read/);
  });

  test.skipIf(process.getuid?.() === 0)('one we may not read is our fault, not the student’s', async () => {
    const folder = await folderOf(complete);
    await chmod(join(folder, 'vae.ts'), 0);
    await expect(read(folder)).rejects.toThrow(/EACCES/);
  });

  test('one that is gone is our fault too', async () => {
    await expect(read(join(scratch.path, 'none'))).rejects.toThrow(/ENOENT/);
  });
});

describe('a folder with the zip in it, as course systems make them', () => {
  test('is read, with the PDF beside it', async () => {
    const folder = await folderOf({ 'hw2 e\u0301.zip': await zipOf({ ...complete, 'a.png': 'x' }), 'report.pdf': 'x' });
    expect(await submission(folder)).toMatchObject({ code: [{ path: 'vae.ts' }, { path: 'gmvae.ts' }], attachments: [{ name: 'a.png' }, { name: 'report.pdf' }] });
  });

  test('files that were asked for go before it', async () => {
    const folder = await folderOf({ ...complete, 'old.zip': 'not even a zip' });
    expect(paths((await submission(folder)).code)).toEqual(['vae.ts', 'gmvae.ts']);
    expect(await reason(await folderOf({ 'derivations/bound.md': 'x', 'old.zip': 'not even a zip' }))).toBe('was not refused');
  });

  test('of two with the same files the later version counts, or neither where that cannot be told', async () => {
    const [old, now] = [await zipOf({ ...complete, 'vae.ts': 'old' }), await zipOf(complete)];
    const { code, notes } = await submission(await folderOf({ 'hw2.zip': old, 'hw2 (2).zip': now, 'hw2 (1).zip': old }));
    expect(code[0]?.text).toBe(complete['vae.ts']);
    expect(notes).toEqual(['hw2 (1).zip was left alone: hw2 (2).zip is a later version.', 'hw2.zip was left alone: hw2 (2).zip is a later version.']);
    expect(await reason(await folderOf({ 'a.zip': old, 'b.zip': now }))).toMatch(/[ab]\.zip and [ab]\.zip hold the same files.*not clear which one counts/);
  });

  test('one that cannot be opened costs nothing where the work is in another', async () => {
    const { notes } = await submission(await folderOf({ 'hw2.zip': await zipOf(complete), 'plots.rar': 'Rar!\x1a\x07' }));
    expect(notes).toEqual([expect.stringMatching(/^plots\.rar was left alone\. plots\.rar is a RAR archive, which is not read/)]);
  });
});

describe('what is no zip', () => {
  test.each([
    ['jane.rar', 'Rar!\x1a\x07\x00', /jane\.rar is a RAR archive, which is not read\. Put your files into a \.zip/],
    ['jane.zip', '7z\xbc\xaf\x27\x1c', /jane\.zip is a 7z archive/],
    ['jane.tar.gz', '\x1f\x8b\x08', /The tar is damaged or cut short/],
    ['jane.tar.bz2', 'BZh9', /is a tar\.bz2 archive, which is not read/],
    ['jane2.zip', '<!doctype html>Please sign in', /is a web page/],
    ['jane3.zip', '', /jane3\.zip is empty \(0 bytes\)/],
  ])('%s %j', async (name, content, expected) => {
    const path = join(scratch.path, name);
    await writeFile(path, content, 'latin1');
    expect(await reason(path)).toMatch(expected);
  });

  test('a zip under another name is one all the same', async () => {
    const path = join(scratch.path, 'zip.rar');
    await writeFile(path, await zipOf(complete));
    expect(await reason(path)).toBe('was not refused');
  });

  test('links and pipes', async () => {
    const [aLink, pipe] = [join(scratch.path, 'link.zip'), join(scratch.path, 'pipe.zip')];
    await symlink('/etc', aLink);
    execFileSync('mkfifo', [pipe]);
    expect(await reason(aLink)).toMatch(/link\.zip is a link to another place/);
    expect(await reason(pipe)).toMatch(/pipe\.zip is neither a zip nor a folder/);
  });
});
