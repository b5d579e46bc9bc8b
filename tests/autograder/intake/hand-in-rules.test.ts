import { describe, expect, test } from 'vitest';
import { pick } from '../../../autograder/intake/hand-in-rules.ts';
import { type IntakeLimits, intakeLimits } from '../../../autograder/intake/intake-limits.ts';
import type { Entry } from '../../../autograder/intake/listing.ts';
import type { HandInRules } from '../../../contract/rubric.ts';
import { complete, paths, rules } from './zips.ts';

function entriesOf(files: Readonly<Record<string, string | Buffer>>): readonly Entry[] {
  return Object.entries(files).map(([path, content]) => ({ path, kind: 'file', bytes: content.length, read: () => Promise.resolve(Buffer.from(content)) }));
}

function picked(files: Readonly<Record<string, string | Buffer>>, limits: IntakeLimits = intakeLimits, asked: HandInRules = rules) {
  return pick({ entries: entriesOf(files), skipped: new Map() }, asked, limits);
}

describe('the folder that counts', () => {
  test.each([
    ['none around it', ''],
    ['one around it', 'hw2/'],
    ['several', 'Downloads/jane/hw2/'],
  ])('%s', async (_, prefix) => {
    const files = Object.fromEntries(Object.entries({ ...complete, 'given/reduce.ts': 'x', 'src/more.ts': 'x', 'answers.md': '42' }).map(([path, text]) => [prefix + path, text]));
    const { code, written, notes } = await picked(files);
    expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts', 'given/reduce.ts', 'src/more.ts']);
    expect(written).toEqual([{ path: 'answers.md', text: '42' }]);
    expect(notes).toEqual([]);
  });

  test('an older copy further down does not count', async () => {
    const { code } = await picked({ ...complete, 'old/vae.ts': 'old', 'old/gmvae.ts': 'old' });
    expect(code.slice(0, 2)).toEqual(Object.entries(complete).map(([path, text]) => ({ path, text })));
  });

  test('the shallowest counts, whatever its name', async () => {
    expect((await picked({ 'a/old/vae.ts': 'old', 'z/vae.ts': 'new' })).code).toEqual([{ path: 'vae.ts', text: 'new' }]);
  });

  test('what lies beside it is not read, but a PDF there is seen', async () => {
    const { code, attachments, notes } = await picked({ 'hw2/vae.ts': 'x', 'hw2/gmvae.ts': 'x', 'notes.ts': 'x', 'report.PDF': 'x', 'hw2/plot.png': 'x' });
    expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts']);
    expect(attachments.map(({ name }) => name)).toEqual(['plot.png', 'report.PDF']);
    expect(notes).toEqual(['Left alone, because the assignment does not ask for it: notes.ts.']);
  });

  test('written answers decide where there is no code', async () => {
    const { written, notes } = await picked({ 'hw2/derivations/bound.md': 'proof' });
    expect(written).toEqual([{ path: 'derivations/bound.md', text: 'proof' }]);
    expect(notes).toEqual(['vae.ts is missing.', 'gmvae.ts is missing.']);
  });

  test('a PDF alone is for the person who marks', async () => {
    const { attachments, code } = await picked({ 'jane/solution.pdf': 'x' });
    expect(attachments.map(({ name }) => name)).toEqual(['jane/solution.pdf']);
    expect(code).toEqual([]);
  });

  test.each([
    ['two side by side', { 'a/vae.ts': 'x', 'b/vae.ts': 'x' }, /"a\/" and "b\/"/],
    ['a stray file above the work', { 'vae.ts': 'x', 'hw2/vae.ts': 'x', 'hw2/gmvae.ts': 'x' }, /the top folder and "hw2\/"/],
    ['nothing', {}, /The hand-in is empty\. The assignment asks for vae\.ts, gmvae\.ts, answers\.md/],
    ['something else', { 'essay.txt': 'x' }, /Asked for: vae\.ts, .* Found: essay\.txt/],
    ['an archive inside', { 'hw2.zip': 'x' }, /another archive \(hw2\.zip\)/],
  ])('refused: %s', async (_, files, reason) => {
    await expect(picked(files)).rejects.toThrow(reason);
  });
});

describe('missing files', () => {
  test.each([
    ['elsewhere', 'src/gmvae.ts', 'gmvae.ts is missing: the hand-in has src/gmvae.ts instead. Move it to where the other files are.'],
    ['another case', 'GMVAE.ts', 'gmvae.ts is missing: GMVAE.ts differs in upper and lower case, which counts. Rename it.'],
    ['a second download', 'gmvae (1).ts', 'gmvae.ts is missing: was gmvae (1).ts meant? Only the exact name is read.'],
    ['a copy', 'gmvae - Copy.ts', 'gmvae.ts is missing: was gmvae - Copy.ts meant? Only the exact name is read.'],
    ['two endings', 'gmvae.ts.txt', 'gmvae.ts is missing: was gmvae.ts.txt meant? Only the exact name is read.'],
    ['compiled', 'dist/gmvae.js', 'gmvae.ts is missing: was dist/gmvae.js meant? Only the exact name is read.'],
    ['nothing like it', 'my-gmvae.ts', 'gmvae.ts is missing.'],
  ])('%s', async (_, path, note) => {
    expect((await picked({ 'vae.ts': 'x', [path]: 'x' })).notes[0]).toBe(note);
  });

  test('all of them in another case', async () => {
    expect((await picked({ 'hw2/Vae.ts': 'x' })).notes).toEqual(['vae.ts is missing: Vae.ts differs in upper and lower case, which counts. Rename it.', 'gmvae.ts is missing.']);
  });

  test('a name with signs that mean something in a pattern', async () => {
    const { notes } = await picked({ 'vae.ts': 'x' }, intakeLimits, { ...rules, code: ['vae.ts', 'a+(b) [c].ts'] });
    expect(notes).toEqual(['a+(b) [c].ts is missing.']);
  });
});

describe('texts', () => {
  test('what no editor saved counts as missing', async () => {
    const { code, notes } = await picked({ ...complete, 'vae.ts': Buffer.from([0, 1, 2]) });
    expect(paths(code)).toEqual(['gmvae.ts']);
    expect(notes).toEqual(['vae.ts is not a text file, so it counts as missing. Save it as plain text in UTF-8.']);
  });

  test('empty, of doubtful letters, with a merge conflict', async () => {
    const { notes } = await picked({
      'vae.ts': ' \n',
      'gmvae.ts': Buffer.from('// größe', 'latin1'),
      'more.ts': 'a\nb\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n',
    });
    expect(notes).toEqual([
      'vae.ts is empty.',
      'gmvae.ts is not saved as UTF-8, so accented letters may show wrongly.',
      'more.ts still holds the marks of a merge conflict (line 3), so it cannot run as it is.',
    ]);
  });
});

describe('limits', () => {
  test('an extra file too large is left out, one that was asked for is refused', async () => {
    const { code, notes } = await picked({ ...complete, 'data.ts': 'x'.repeat(101) }, { ...intakeLimits, fileBytes: 100 });
    expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts']);
    expect(notes).toEqual(['data.ts was not read: it is larger than 0 MiB.']);
    const plots = await picked({ ...complete, 'plots.ipynb': 'x'.repeat(101) }, { ...intakeLimits, fileBytes: 100 }, { ...rules, extraCode: ['.ipynb'] });
    expect(plots.notes.filter((note) => note.includes('larger'))).toEqual([]);
    await expect(picked({ 'vae.ts': 'x'.repeat(101) }, { ...intakeLimits, fileBytes: 100 })).rejects.toThrow(/vae\.ts is larger than 0 MiB/);
    await expect(picked({ 'vae.ts': 'x'.repeat(60), 'gmvae.ts': 'x'.repeat(60) }, { ...intakeLimits, totalBytes: 100 })).rejects.toThrow(/gmvae\.ts brings/);
  });

  test('of too many extra files the nearest are read', async () => {
    const extra = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`deep/${index}.ts`, 'x']));
    const { code, notes } = await picked({ ...extra, 'z.ts': 'x', ...complete }, { ...intakeLimits, files: 4 });
    expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts', 'z.ts', 'deep/0.ts']);
    expect(notes).toHaveLength(6);
    expect(notes[0]).toBe('deep/1.ts was not read: at most 4 files are.');
    expect(notes[5]).toBe('4 more files were not read for the same reasons.');
  });
});

test('a file named both as code and as given is read once', async () => {
  const { code } = await picked(complete, intakeLimits, { ...rules, given: ['vae.ts'] });
  expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts']);
});

test('links and special files that nobody asked for', async () => {
  const odd: readonly Entry[] = [
    { path: 'more.ts', kind: 'link', bytes: 0, read: () => Promise.reject(new Error('never read')) },
    { path: 'pipe', kind: 'special', bytes: 0, read: () => Promise.reject(new Error('never read')) },
  ];
  const { code, notes } = await pick({ entries: [...entriesOf(complete), ...odd], skipped: new Map([['node_modules', 1]]) }, rules, intakeLimits);
  expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts']);
  expect(notes).toEqual([
    'node_modules (1 file) was left alone: packages are provided, so leave it out of the next hand-in.',
    'Links and special files are not followed: more.ts, pipe.',
  ]);
});
