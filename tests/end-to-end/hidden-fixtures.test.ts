/** Hidden cases on the command line: what is refused before anything is made, and that no folder mixes two sets. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elbow, type Finished, projectRoot } from './command-line.ts';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-hidden-'));
const secret = path.join(work, 'secret');
const at = (name: string): string => path.join(work, name);
beforeAll(() => fs.writeFileSync(secret, 'sixteen bytes ok\n', { mode: 0o600 }));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

describe('elbow fixtures generate --secret-file', () => {
  const generate = (...options: readonly string[]): Promise<Finished> => elbow('fixtures', 'generate', ...options);
  const written = (name: string, text: string, mode: number): string => {
    fs.writeFileSync(at(name), text);
    fs.chmodSync(at(name), mode);
    return at(name);
  };

  it.each<[what: string, options: () => readonly string[], says: RegExp]>([
    ['no folder to put them in', () => ['--secret-file', secret], /never lie inside the repository.*--out DIR/],
    ['a folder inside the repository', () => ['--secret-file', secret, '--out', path.join(projectRoot, 'fixtures/autumn')], /never lie inside the repository/],
    ['a link into the repository', () => {
      fs.symlinkSync(path.join(projectRoot, 'fixtures'), at('link'));
      return ['--secret-file', secret, '--out', path.join(at('link'), 'autumn')];
    }, /never lie inside the repository/],
    ['no such file', () => ['--secret-file', at('nowhere'), '--out', at('set')], /no secret file.*head -c 32/],
    ['a folder for a file', () => ['--secret-file', work, '--out', at('set')], /no secret file/],
    ['a short secret', () => ['--secret-file', written('short', 'fifteen bytes..\n', 0o600), '--out', at('set')], /has 15 bytes.*at least 16/],
    ['a secret that others can read', () => ['--secret-file', written('open', 'sixteen bytes ok', 0o644), '--out', at('set')], /Others on this machine can read.*chmod 600/],
    ['a seed beside it', () => ['--secret-file', secret, '--seed', '7', '--out', at('set')], /cannot be used with/],
    ['a folder of other things', () => {
      fs.mkdirSync(at('papers'));
      fs.writeFileSync(at('papers/thesis.tex'), '');
      return ['--secret-file', secret, '--out', at('papers')];
    }, /holds thesis\.tex.*would be deleted/],
  ])('refuses %s', async (_, options, says) => {
    const { code, stderr, stdout } = await generate(...options());
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(says);
    expect(fs.existsSync(at('set'))).toBe(false);
  });

  it('keeps what lay in the folder', () => {
    expect(fs.existsSync(at('papers/thesis.tex'))).toBe(true);
  });
});

describe('elbow grade', () => {
  const hidden = at('hidden');
  const out = at('out');
  // The certificate rests on the manifest that they had.
  const withHidden = ['--fixtures', hidden, '--uncertified'];
  const grade = (...options: readonly string[]): Promise<Finished> =>
    elbow('grade', path.join(projectRoot, 'examples/cs236-hw2/ben-template'), '--assignment', 'cs236-hw2', '--isolation', 'none', '--out', out, ...options);
  const pages = (): readonly string[] => ['students/ben-template.html', 'staff/class.html'].map((name) => fs.readFileSync(path.join(out, name), 'utf8'));

  beforeAll(() => {
    // The committed cases under another manifest: what matters here is only that it says it is hidden.
    fs.cpSync(path.join(projectRoot, 'fixtures/cs236-hw2'), hidden, { recursive: true });
    const manifest = path.join(hidden, 'manifest.json');
    fs.writeFileSync(manifest, JSON.stringify({ ...JSON.parse(fs.readFileSync(manifest, 'utf8')), term: 'autumn', seed: null, public: false, secretMark: '00' }));
  });

  it('with the public cases says so, and writes it on every page', async () => {
    const { stdout } = await grade();
    expect(stdout).toContain('Public cases only');
    expect(pages().map((page) => page.includes('public cases only'))).toEqual([true, true]);
    expect(JSON.parse(fs.readFileSync(path.join(out, 'staff/fixtures.json'), 'utf8'))).toMatchObject({ term: 'example', publicOnly: true });
  });

  it('does not say so of a demonstration, but writes it all the same', async () => {
    const { stdout } = await grade('--demo');
    expect(stdout).not.toContain('Public cases only');
    expect(pages().map((page) => page.includes('public cases only'))).toEqual([true, true]);
  });

  it('refuses to mix marks of two sets in one folder, and leaves what is there', async () => {
    const before = pages();
    const { code, stderr } = await grade(...withHidden);
    expect(code).toBe(64);
    expect(stderr).toMatch(/holds reports made with other fixtures \(term 'example', [0-9a-f]{12}\).*never mixed\.\n.*--out.*--fresh/s);
    expect(pages()).toEqual(before);
  });

  it('replaces them when asked to, and says nothing of public cases', async () => {
    fs.writeFileSync(path.join(out, 'students/note.txt'), 'the instructor’s own');
    fs.writeFileSync(path.join(out, 'students/gone.html'), 'of a student who dropped the course');
    const { stdout } = await grade(...withHidden, '--fresh');
    expect(stdout).not.toContain('Public cases only');
    expect(pages().map((page) => page.includes('public cases only') || page.includes('example, '))).toEqual([false, false]);
    expect(fs.readdirSync(path.join(out, 'students')).toSorted()).toEqual(['ben-template.html', 'note.txt']);
    expect(pages().every((page) => page.includes('autumn, '))).toBe(true);
  });

  it('refuses reports of which it cannot tell', async () => {
    fs.rmSync(path.join(out, 'staff/fixtures.json'));
    expect((await grade(...withHidden)).stderr).toMatch(/of which nothing tells with what fixtures/);
  });
});
