import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findHandIns, IntakeError } from '../../../autograder/intake/intake.ts';
import { parseStudentList } from '../../../autograder/intake/student-list.ts';
import { rules, scratchFolder } from './zips.ts';

const scratch = scratchFolder();
let made = 0;

/** A new folder with these children; a name ending in / is a folder, one with -> a link. */
async function folderWith(...names: readonly (string | Buffer)[]): Promise<string> {
  const folder = join(scratch.path, `batch${(made += 1)}`);
  await mkdir(folder);
  for (const name of names) {
    const [link, target] = name.toString().split(' -> ');
    if (target !== undefined) await symlink(target, join(folder, link ?? ''));
    else if (name.toString().endsWith('/')) await mkdir(join(folder, name.toString()));
    else await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]), '');
  }
  return folder;
}

describe('a batch', () => {
  test('zips, folders, other archives and links, by student id; nothing else', async () => {
    const folder = await folderWith('zoe.zip', 'bob/', 'Ann Lee.rar', 'carl -> /etc', '.hidden.zip', '__MACOSX/', 'node_modules/', 'students.csv', 'x.pdf');
    const { handIns, odd } = await findHandIns([folder], { rules });
    expect(handIns).toEqual([
      { student: { id: 'Ann_Lee' }, source: 'Ann Lee.rar', path: join(folder, 'Ann Lee.rar') },
      { student: { id: 'bob' }, source: 'bob', path: join(folder, 'bob') },
      { student: { id: 'carl' }, source: 'carl', path: join(folder, 'carl') },
      { student: { id: 'zoe' }, source: 'zoe.zip', path: join(folder, 'zoe.zip') },
    ]);
    expect(odd).toEqual(['Not a hand-in, left alone: students.csv', 'Not a hand-in, left alone: x.pdf']);
  });

  test('two hand-ins of one student', async () => {
    const folder = await folderWith('Bob.zip', 'bob.rar', 'c c/', 'c_c.zip');
    await expect(findHandIns([folder], { rules })).rejects.toThrow(/(Bob\.zip and bob\.rar|bob\.rar and Bob\.zip) \(both [bB]ob\), (c c and c_c\.zip|c_c\.zip and c c) \(both c_c\)/);
  });

  test('a list tells them apart, and says who is missing', async () => {
    const folder = await folderWith('c c/', 'c_c.zip', 'dan.zip');
    const students = parseStudentList('list.csv', Buffer.from('submission,student_id,name\nc c,s2,Cleo\nc_c.zip,s1,Carl\neve.zip,s5,Eve\n'));
    const { handIns, odd } = await findHandIns([folder], { rules, students });
    expect(handIns.map(({ student }) => student)).toEqual([{ id: 'dan' }, { id: 's1', name: 'Carl' }, { id: 's2', name: 'Cleo' }]);
    expect(odd).toEqual(['Listed but not handed in: eve.zip', 'Handed in but not listed: dan.zip']);
  });

  test.each([[['students.csv', '.git/']], [[]]])('nothing to grade: %j', async (names) => {
    await expect(findHandIns([await folderWith(...names)], { rules })).rejects.toThrow(/nothing to grade/);
  });

  test('a name that is not UTF-8', async () => {
    await expect(findHandIns([await folderWith('a.zip', Buffer.from([0xff, 0x2e, 0x7a, 0x69, 0x70]))], { rules })).rejects.toThrow(/not UTF-8/);
  });
});

describe('one hand-in', () => {
  test('a folder with a declared file directly in it, whatever its case', async () => {
    const folder = await folderWith('VAE.ts', 'given/', 'old.zip');
    expect((await findHandIns([`${folder}/`], { rules })).handIns).toEqual([{ student: { id: basename(folder) }, source: basename(folder), path: folder }]);
  });

  test('a zip; a link to one, since it was asked for by name', async () => {
    const folder = await folderWith('zoe.zip', 'link.zip -> zoe.zip');
    expect(await findHandIns([join(folder, 'link.zip')], { rules })).toEqual({ handIns: [{ student: { id: 'link' }, source: 'link.zip', path: join(folder, 'zoe.zip') }], odd: [], absent: [] });
  });

  test('a path that is none', async () => {
    const folder = await folderWith('vae.ts');
    await expect(findHandIns([join(folder, 'none')], { rules })).rejects.toThrow(IntakeError);
    await expect(findHandIns([join(folder, 'vae.ts', 'none')], { rules })).rejects.toThrow(/There is no file or folder/);
    await expect(findHandIns([join(folder, 'vae.ts')], { rules })).rejects.toThrow(/neither a zip nor a folder/);
    await expect(findHandIns(['\0'], { rules })).rejects.toThrow(TypeError);
  });
});
