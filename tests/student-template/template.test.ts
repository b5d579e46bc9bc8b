/** What students get: in step with the reference, nothing answered, nothing given away. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as distributions from '../../student-template/cs236-hw2/distributions.ts';
import * as fsvae from '../../student-template/cs236-hw2/fsvae.ts';
import * as gmvae from '../../student-template/cs236-hw2/gmvae.ts';
import * as ssvae from '../../student-template/cs236-hw2/ssvae.ts';
import * as vae from '../../student-template/cs236-hw2/vae.ts';

const root = path.resolve(import.meta.dirname, '../..');
const template = path.join(root, 'student-template/cs236-hw2');
const read = (...parts: string[]): string => readFileSync(path.join(...parts), 'utf8');
const withoutImportPaths = (text: string): string => text.replaceAll(/(?<=from ')\.[^']*\//g, '');

const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { distributions, vae, gmvae, ssvae, fsvae };
const stubs = Object.entries(modules).flatMap(([module, exported]) =>
  Object.entries(exported).map(([name, value]) => ({ module, name, value })),
);

describe('the generated code', () => {
  it('is in step with the reference', () => {
    expect(execFileSync(process.execPath, [path.join(root, 'scripts/template.mjs'), '--check'], { encoding: 'utf8' })).toBe('');
  });

  it('has one stub for every function of the homework', () => {
    expect(stubs.map(({ module, name }) => `${module} ${name}`).toSorted()).toEqual([
      'distributions logNormal',
      'distributions logNormalMixture',
      'distributions sampleGaussian',
      'fsvae negativeElboBound',
      'gmvae negativeElboBound',
      'gmvae negativeIwaeBound',
      'ssvae negativeElboBound',
      'vae negativeElboBound',
      'vae negativeIwaeBound',
    ]);
  });

  it.each(stubs)('leaves $module $name unanswered', ({ value }) => {
    const call = (): unknown => (typeof value === 'function' ? value({}, {}, {}) : 'not a function');
    expect(call).toThrow(expect.objectContaining({ name: 'UnansweredError' }));
  });

  it.each(Object.keys(modules))('holds nothing of the solution of %s', (module) => {
    const hidden = read(root, 'reference/cs236-hw2', `${module}.ts`)
      .split('// solution:begin')
      .slice(1)
      .flatMap((part) => (part.split('// solution:end')[0] ?? '').split('\n'))
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const student = read(template, `${module}.ts`);
    expect(hidden.length).toBeGreaterThan(1);
    expect(hidden.filter((line) => student.includes(line))).toEqual([]);
    expect(student).not.toMatch(/solution:|stub:|\.\.\//);
  });
});

describe('the given files', () => {
  const given: { folder: string; files: string[] } = JSON.parse(read(root, 'reference/cs236-hw2/given.json'));

  it.each(given.files)('%s is its source, up to import paths', (file) => {
    const copy = read(template, given.folder, path.basename(file));
    expect(withoutImportPaths(copy)).toBe(withoutImportPaths(read(root, 'reference', file)));
  });

  it('are all there is in their folder', () => {
    expect(readdirSync(path.join(template, given.folder)).toSorted()).toEqual(given.files.map((file) => path.basename(file)).toSorted());
  });

  it('do not hold what students write themselves', () => {
    const text = given.files.map((file) => read(root, 'reference', file)).join('\n');
    expect(stubs.filter(({ name }) => text.includes(`function ${name}`))).toEqual([]);
  });
});

describe('the page for students', () => {
  const readme = read(template, 'README.md');
  const rows = [...readme.matchAll(/^\| `(\w+)\.ts` \| `(\w+)` \|.*\| (\d+) \|$/gm)];
  const tables = [...readme.matchAll(/^\|.*\| (\d+) \|$/gm)].map((row) => Number(row[1]));

  it('names every stub', () => {
    expect(rows.map((row) => `${row[1]} ${row[2]}`).toSorted()).toEqual(stubs.map(({ module, name }) => `${module} ${name}`).toSorted());
  });

  it('hands out 83 marks and 9 bonus marks', () => {
    expect(tables.reduce((total, marks) => total + marks, 0)).toBe(83 + 9);
  });

  it('leaves every written answer open under the id of its task', () => {
    const answers = read(template, 'answers.md');
    const headings = [...answers.matchAll(/^## (.*)$/gm)].map((heading) => heading[1]);
    expect(headings.length).toBe(8);
    expect(headings.filter((heading) => !/^cs236-hw2\/[a-z-]+\/[a-z0-9-]+$/.test(heading ?? ''))).toEqual([]);
    expect(answers.split('(your answer)').length - 1).toBe(headings.length);
    for (const file of readdirSync(path.join(template, 'derivations'))) {
      expect(read(template, 'derivations', file)).toContain('(your answer)');
    }
  });
});
