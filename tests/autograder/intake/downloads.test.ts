import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findHandIns, intakeLimits, readHandIn } from '../../../autograder/intake/intake.ts';
import { parseRoster } from '../../../autograder/intake/roster.ts';
import type { Intake } from '../../../contract/submission.ts';
import { canvasDownload, classOf, type Files, gradescopeDownload, type Handed, moodleDownload, squashed, tarOf, type Way, writeTree } from './downloads.ts';
import { complete, paths, rules, scratchFolder, zipOf } from './zips.ts';

const scratch = scratchFolder();

function onDisk(files: Files): string {
  const folder = mkdtempSync(path.join(scratch.path, 'batch-'));
  writeTree(folder, files);
  return folder;
}

async function asZip(files: Files): Promise<string> {
  const file = path.join(mkdtempSync(path.join(scratch.path, 'zip-')), 'submissions.zip');
  writeFileSync(file, await zipOf(files));
  return file;
}

/** What a hand-in should read as, and what it did, in the same words. */
const wanted = ({ what, refused, attachments = [] }: Way) =>
  refused !== undefined
    ? { what, outcome: 'refused for the right reason' }
    : { what, outcome: 'read', code: Object.entries(complete).map(([name, text]) => ({ path: name, text })), written: ['answers.md', 'derivations/bound.md'], attachments, notes: 'the right ones' };

function received(intake: Intake, { what, refused, note }: Way) {
  if (intake.kind === 'refused') return { what, outcome: refused?.test(intake.refusal.reason) === true ? 'refused for the right reason' : intake.refusal.reason };
  const { code, written, attachments, notes } = intake.submission;
  const areRight = note === undefined ? notes.length === 0 : note.test(notes[0] ?? '');
  return { what, outcome: 'read', code, written: paths(written), attachments: attachments.map(({ name }) => name), notes: areRight ? 'the right ones' : notes };
}

/** Every student is found, and what was handed in reads as it should, whatever the way. */
async function expectClass(location: string, students: readonly Handed[], nameOf: (student: Handed) => string) {
  const { handIns, odd } = await findHandIns([location], { rules });
  expect(handIns.map(({ student }) => student)).toEqual(students.map((student) => ({ id: student.id, name: nameOf(student) })));
  const read = await Promise.all(handIns.map(async (handIn, at) => received(await readHandIn(handIn, rules), students[at]?.way ?? { what: '', uploads: {} })));
  expect(read).toEqual(students.map(({ way }) => wanted(way)));
  return odd;
}

describe('a download of 40 students, unpacked or not', () => {
  test('of Canvas', async () => {
    const students = await classOf(40);
    const files = { ...canvasDownload(students), 'readme.txt': 'x' };
    for (const location of [onDisk(files), onDisk(Object.fromEntries(Object.entries(files).map(([name, content]) => [`submissions/${name}`, content]))), await asZip(files)]) {
      const odd = await expectClass(location, students, ({ name }) => squashed(name));
      expect(odd[0]).toBe('Not a hand-in, left alone: readme.txt');
      expect(odd.slice(1)).toEqual(students.filter((_, place) => place % 5 === 0).map(({ name, id }) => `Late, says Canvas: ${squashed(name)} (${id})`).toSorted());
    }
  });

  test.each(['folders', 'prefixes'] as const)('of Moodle, as %s', async (shape) => {
    const students = await classOf(40);
    const files = moodleDownload(students, shape);
    for (const location of [onDisk(files), await asZip(files), onDisk({ 'HW2.zip': await zipOf(files) })]) {
      expect(await expectClass(location, students, ({ name }) => name)).toEqual([]);
    }
  });

  test('of Moodle for groups, whose names stand before those of students', async () => {
    const files = Object.fromEntries([['Group 7-Ann Lee', 501], ['Team-A-Jean-Luc Picard', 502], ['Jean-Luc Solo', 503]].map(([name, id]) => [`${name}_${id}_assignsubmission_file_/vae.ts`, 'x']));
    const roster = parseRoster('class.csv', Buffer.from('student_id,name\ns1,Ann Lee\ns2,Jean-Luc Picard\ns3,Jean-Luc Solo\ns4,Luc Solo\n'));
    const { handIns } = await findHandIns([onDisk(files)], { rules, roster });
    expect(handIns.map(({ source, student }) => [source.split('_')[0], student.id])).toEqual([['Group 7-Ann Lee', 's1'], ['Team-A-Jean-Luc Picard', 's2'], ['Jean-Luc Solo', 's3']]);
  });

  test('of Gradescope, a group among them', async () => {
    const [first, second, ...others] = await classOf(40);
    if (first === undefined || second === undefined) throw new Error('no class');
    const students = [first, { ...second, way: first.way }, ...others];
    const files = gradescopeDownload(students);
    for (const location of [onDisk(files), path.join(onDisk(files), 'assignment_5_export'), await asZip(files)]) {
      expect(await expectClass(location, students, ({ name }) => name)).toEqual([`Handed in together: ${first.name}, ${second.name} (submission_700)`]);
    }
  });

  test('of Gradescope with folders and names that do not fit together', async () => {
    const folder = onDisk({ 'submission_metadata.yml': 'submission_1:\n  :submitters:\n  - :name: Ann\n    :email: ann@x.edu\nsubmission_2:\n  :submitters: []\n', 'submission_1/vae.ts': 'x', 'submission_3/vae.ts': 'x', 'notes.txt': 'x' });
    const { handIns, odd } = await findHandIns([folder], { rules });
    expect(handIns.map(({ student }) => student)).toEqual([{ id: 'ann@x.edu', name: 'Ann' }, { id: 'submission_3' }]);
    expect(odd).toEqual([
      'Not a hand-in, left alone: notes.txt',
      'No student is named for submission_3 in submission_metadata.yml',
      'Named in submission_metadata.yml, but there is no folder: submission_2',
    ]);
  });
});

test('what lies beside a download under names of its own is graded too', async () => {
  const canvas = { 'leeann_101_9_hw2.zip': 'x', 'doejo_102_9_hw2.zip': 'x', 'by e-mail/vae.ts': 'x', 'notes.txt': 'x' };
  for (const location of [onDisk(canvas), await asZip(canvas)]) {
    const { handIns, odd } = await findHandIns([location], { rules });
    expect(handIns.map(({ student }) => student.id)).toEqual(['101', '102', 'by_e-mail']);
    expect(odd).toEqual(['Not a hand-in, left alone: notes.txt']);
    expect(await Promise.all(handIns.map(async (handIn) => (await readHandIn(handIn, rules)).kind))).toEqual(['refused', 'refused', 'submission']);
  }
  const one = await asZip({ 'hw2/vae.ts': 'x', 'hw2/loss_1_20_a.png': 'x', 'hw2/loss_1_21_b.png': 'x' });
  expect((await findHandIns([one], { rules })).handIns.map(({ student }) => student.id)).toEqual(['submissions']);
  const sorted = onDisk({ 'a_1_2_x.zip': 'x', 'bob/vae.ts': 'x', 'cleo/vae.ts': 'x' });
  expect((await findHandIns([sorted], { rules })).handIns.map(({ student }) => student.id)).toEqual(['a_1_2_x', 'bob', 'cleo']);
});

describe('several paths', () => {
  test('are merged by student: code from the first, answers from the last', async () => {
    const template = { 'answers.md': 'as given' };
    const code = onDisk({ 'ann.zip': await zipOf({ ...complete, ...template }), 'bob.zip': await zipOf(complete) });
    const texts = onDisk({ 'Ann/answers.md': 'hers', 'Ann/vae.ts': 'as given', 'bob/writeup.pdf': '%PDF', 'cleo/answers.md': 'only text' });
    const { handIns } = await findHandIns([code, texts], { rules });
    expect(handIns.map(({ student }) => student.id)).toEqual(['ann', 'bob', 'cleo']);
    const [ann, bob] = await Promise.all(handIns.map((handIn) => readHandIn(handIn, rules)));
    expect(ann).toMatchObject({
      submission: {
        code: [{ path: 'vae.ts', text: complete['vae.ts'] }, { path: 'gmvae.ts' }],
        written: [{ path: 'answers.md', text: 'hers' }],
        notes: expect.arrayContaining(['answers.md was read from Ann, not from ann.zip.', 'vae.ts was read from ann.zip, not from Ann.']),
      },
    });
    expect(bob).toMatchObject({ submission: { attachments: [{ name: expect.stringContaining('writeup.pdf') }] } });
  });
});

test('a loose file counts before its copy in an archive', async () => {
  const folder = onDisk({ 'leeann_101_8_hw2.zip': await zipOf(complete), 'leeann_101_9_vae.ts': 'mended', 'leeann_101_7_gmvae.ts.pdf': '%PDF' });
  const { handIns } = await findHandIns([folder], { rules });
  const [ann] = await Promise.all(handIns.map((handIn) => readHandIn(handIn, rules)));
  expect(ann).toMatchObject({ submission: { code: [{ path: 'vae.ts', text: 'mended' }, { path: 'gmvae.ts' }], attachments: [{ name: 'gmvae.ts.pdf' }], notes: ['vae.ts was read as the file that was handed in by itself, not from hw2.zip.'] } });
});

describe('a roster', () => {
  const roster = parseRoster('class.csv', Buffer.from('student_id,name,email,canvas\ns1,Ann Lee,ann@x.edu,101\ns2,Bob van Dyk,bob@x.edu,\ns3,Cleo Roy,cleo@x.edu,\ns4,Cleo Roy,cleo2@x.edu,\n'));

  test('says who a hand-in belongs to by any of their ids or an unmistakable name, and who is absent', async () => {
    const folder = onDisk({ 'leeann_101_9_hw2.zip': 'x', 'vandykbob_102_9_hw2.zip': 'x', 'roycleo_103_9_hw2.zip': 'x' });
    const { handIns, odd, absent } = await findHandIns([folder], { rules, roster });
    expect(handIns.map(({ student }) => student)).toEqual([{ id: '103', name: 'roycleo' }, { id: 's1', name: 'Ann Lee' }, { id: 's2', name: 'Bob van Dyk' }]);
    expect(odd).toEqual(['Handed in but not listed: roycleo_103_9_hw2.zip (graded as 103)', 'No hand-in: s3 (Cleo Roy)', 'No hand-in: s4 (Cleo Roy)']);
    expect(absent.map(({ id }) => id)).toEqual(['s3', 's4']);
  });

  test('two hand-ins of one student are named before anything is graded', async () => {
    await expect(findHandIns([onDisk({ 's1.zip': 'x', 'ann@x.edu.zip': 'x' })], { rules, roster })).rejects.toThrow(/ann@x\.edu\.zip and s1\.zip \(both s1\)|s1\.zip and ann@x\.edu\.zip \(both s1\)/);
  });

  test.each([
    ['name,email\n', /column student_id/],
    ['student_id,email\ns1,a@x\ns2,A@x\n', /line 3: "a@x" is already on line 2/],
    ['student_id\n../up\n', /line 2: "\.\.\/up" cannot name a report file/],
    ['student_id,name\n,Ann\n', /line 2: the column student_id is empty/],
  ])('that cannot be used: %j', (text, expected) => {
    expect(() => parseRoster('class.csv', Buffer.from(text))).toThrow(expected);
  });
});

describe('a tar', () => {
  const read = async (bytes: Buffer) => {
    const folder = mkdtempSync(path.join(scratch.path, 'tar-'));
    writeFileSync(path.join(folder, 'jane.tar.gz'), bytes);
    return readHandIn({ student: { id: 'jane' }, source: 'jane.tar.gz', path: path.join(folder, 'jane.tar.gz') }, rules);
  };
  const long = `${'folder with a long name/'.repeat(5)}vae.ts`;

  test.each(['ustar', 'gnu', 'pax', 'v7'])('in the format %s', async (format) => {
    const files = format !== 'v7' ? { [long]: 'deep', [`${path.dirname(long)}/gmvae.ts`]: 'x' } : complete;
    expect(await read(tarOf(files, '-z', `--format=${format}`))).toMatchObject({ submission: { code: [{ path: 'vae.ts' }, { path: 'gmvae.ts' }] } });
  });

  test('with packages and data in it is read all the same', async () => {
    const intake = await read(tarOf({ ...complete, 'node_modules/a.js': Buffer.alloc(3_000_000, 'x'), 'data.bin': Buffer.alloc(5_000_000, 'x') }, '-z'));
    expect(intake).toMatchObject({ submission: { code: [{ path: 'vae.ts' }, { path: 'gmvae.ts' }], notes: [expect.stringMatching(/^node_modules \(1 file\)/), expect.stringContaining('data.bin')] } });
  });

  test('that leads out of the hand-in, is cut short or is none', async () => {
    const good = tarOf(complete, '-z');
    expect(await read(tarOf(complete, '-z', '--transform=s,^[.]/vae,../vae,', '-P'))).toMatchObject({ refusal: { reason: expect.stringMatching(/leads out of the hand-in/) } });
    expect(await read(good.subarray(0, good.length / 2))).toMatchObject({ refusal: { reason: expect.stringMatching(/damaged or cut short/) } });
    expect(await read(tarOf(complete).subarray(0, 2000))).toMatchObject({ kind: 'refused' });
  });

  test('that unpacks to far too much', async () => {
    const limited = tarOf({ ...complete, 'zeros.bin': Buffer.alloc(20_000_000) }, '-z');
    const folder = mkdtempSync(path.join(scratch.path, 'tar-'));
    writeFileSync(path.join(folder, 'a.tgz'), limited);
    const intake = await readHandIn({ student: { id: 'a' }, source: 'a.tgz', path: path.join(folder, 'a.tgz') }, rules, { ...intakeLimits, unpackedBytes: 10_000_000 });
    expect(intake).toMatchObject({ refusal: { reason: expect.stringMatching(/unpacks to far more/) } });
  });
});
