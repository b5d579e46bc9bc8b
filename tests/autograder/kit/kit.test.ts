/** What goes out to students, and above all what does not. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { assignments } from '../../../assignments/assignments.ts';
import { openAnswerKey } from '../../../autograder/answer-key/answer-key.ts';
import { CHECKER, kitFiles, templateFolder } from '../../../autograder/kit/kit.ts';
import { projectRoot } from '../../../autograder/paths.ts';
import { FixtureFile, FixtureManifest, FixtureMistakeFile } from '../../../contract/fixture.ts';
import { type Assignment, tasksOf } from '../../../contract/rubric.ts';
import { decodeSafetensors } from '../../../contract/safetensors.ts';
import { parser } from '../../../contract/schema.ts';
import { temporaryFolder } from './temporary-folder.ts';

const parseFixtures = parser('a fixture file', FixtureFile);
const parseMistakes = parser('a file of mistakes', FixtureMistakeFile);
const parseManifest = parser('a manifest', FixtureManifest);

const TRAINERS = ['dist/trainer/native.cjs', 'dist/trainer/wasm.cjs'];

const withFixtures = [...assignments.values()].filter(({ id }) => fs.existsSync(path.join(projectRoot, 'fixtures', id, 'manifest.json')));

/** Of every assignment, and in every language that it is set in. */
const kits = withFixtures.flatMap((assignment) => [null, ...Object.keys(assignment.handIn.otherLanguages ?? {})].map((language) => ({ folder: templateFolder(assignment, language), assignment, language })));

describe.each(kits)('the kit called $folder', ({ folder: top, assignment, language }) => {
  const fixtures = path.join(projectRoot, 'fixtures', assignment.id);
  const questions = assignment.questions.map(({ id }) => id).filter((id) => fs.existsSync(path.join(fixtures, `${id}.json`)));
  const inKit = `${top}/${CHECKER}/fixtures/${assignment.id}/`;
  let kit: ReadonlyMap<string, Buffer>;
  let text: string;

  beforeAll(async () => {
    kit = new Map((await kitFiles(assignment, { root: projectRoot, fixtures }, language)).map(({ name, bytes }) => [name, bytes]));
    text = [...kit.values()].map((bytes) => bytes.toString('utf8')).join('\n');
  });

  const textOf = (name: string): string => kit.get(name)?.toString('utf8') ?? '';

  test('holds these files and no other', () => {
    const template = fs
      .readdirSync(path.join(projectRoot, 'student-template', top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'package.json' && !entry.parentPath.includes('node_modules'))
      .map((entry) => path.relative(path.join(projectRoot, 'student-template', top), path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
    const cases = questions.flatMap((id) => [`${id}.json`, ...(textOf(`${inKit}${id}.json`).includes('"stored"') ? [`${id}.safetensors`] : [])]);
    const training = ['dist/child/tfjs-backend-wasm-simd.wasm', 'dist/child/tfjs-backend-wasm.wasm', ...TRAINERS];
    const children = language === null ? training : fs.readdirSync(path.join(projectRoot, 'autograder/languages', language, 'child')).filter((name) => name.endsWith('.py')).map((name) => `dist/child/${language}/${name}`);
    const checker = ['LICENSE', 'bin/elbow.mjs', 'dist/child/cpu.cjs', ...children, 'dist/cli.mjs', 'package.json', ...[...cases, 'manifest.json'].map((name) => `fixtures/${assignment.id}/${name}`)];
    const ofOthers = Object.entries(assignment.handIn.otherLanguages ?? {}).flatMap(([other, rules]) => rules.given.map((name) => `student-template/${templateFolder(assignment, other)}/${name}`));
    const given = [...[...assignment.handIn.given, ...assignment.handIn.written].map((name) => `student-template/${assignment.id}/${name}`), ...ofOthers];
    const expected = ['.npmrc', 'package.json', ...template, ...[...checker, ...given].map((name) => `${CHECKER}/${name}`)].map((name) => `${top}/${name}`);
    expect([...kit.keys()].toSorted()).toEqual(expected.toSorted());
  });

  test('opens as an answer key with every basic case and no hidden one', async () => {
    await temporaryFolder(async (folder) => {
      for (const [name, bytes] of kit) if (name.startsWith(inKit)) fs.writeFileSync(path.join(folder, name.slice(inKit.length)), bytes);
      const key = await openAnswerKey(folder, { basicOnly: false });
      const whole = await openAnswerKey(fixtures, { basicOnly: true });
      expect(key.helpers).toBeNull();
      for (const task of functionsOf(assignment)) {
        expect(key.questionsFor(task)).toEqual(whole.questionsFor(task));
        expect(key.expectationsFor(task)).toEqual(whole.expectationsFor(task));
        expect(key.mistakesFor(task)).toEqual([]);
      }
    });
  });

  test('holds no number, seed or name of a hidden case', () => {
    const goingOut = [...kit].filter(([name]) => name.startsWith(inKit)).map(([, bytes]) => bytes.toString('utf8')).join('\n');
    for (const id of questions) {
      const whole = parseFixtures(JSON.parse(fs.readFileSync(path.join(fixtures, `${id}.json`), 'utf8')));
      const hidden = Object.values(whole.tasks).flatMap((cases) => cases.filter(({ visibility }) => visibility === 'hidden'));
      expect(hidden.length).toBeGreaterThan(0);
      const kept = parseFixtures(JSON.parse(textOf(`${inKit}${id}.json`)));
      expect(Object.values(kept.tasks).flatMap((cases) => cases.filter(({ visibility }) => visibility !== 'basic'))).toEqual([]);
      const tensors = kit.get(`${inKit}${id}.safetensors`);
      const stored = tensors === undefined ? [] : [...decodeSafetensors(tensors).keys()];
      const basicText = JSON.stringify(Object.values(whole.tasks).flatMap((cases) => cases.filter(({ visibility }) => visibility === 'basic'))) + JSON.stringify(whole.statistics ?? {});
      const secrets = hidden.flatMap((entry) => longArraysIn(entry)).filter((numbers) => !basicText.includes(numbers));
      expect(secrets.length).toBeGreaterThan(0);
      expect(secrets.filter((secret) => goingOut.includes(secret))).toEqual([]);
      expect(storedIn(hidden).filter((name) => stored.includes(name) && !basicText.includes(`"${name}"`))).toEqual([]);
    }
    const manifest = parseManifest(JSON.parse(textOf(`${inKit}manifest.json`)));
    expect([manifest.seed, manifest.secretMark, manifest.attempts]).toEqual([null, undefined, undefined]);
  });

  test('holds no sentence about a known mistake, and no right function', () => {
    const names = fs.readdirSync(fixtures).filter((name) => name.endsWith('.mistakes.json'));
    expect(names.length).toBeGreaterThan(0);
    const sentences = names.flatMap((name) => Object.values(parseMistakes(JSON.parse(fs.readFileSync(path.join(fixtures, name), 'utf8'))).tasks).flat());
    expect(sentences.map(({ feedback }) => feedback).filter((sentence) => text.includes(sentence))).toEqual([]);
    expect(sentences.map(({ id }) => id).filter((id) => text.includes(`"${id}"`))).toEqual([]);
    const helpers = fs.readFileSync(path.join(fixtures, 'helpers.json'), 'utf8');
    expect(linesOf(helpers.replaceAll('\\n', '\n')).filter((line) => text.includes(line) && !given(line))).toEqual([]);
  });

  test('holds no line of the reference that students do not get anyway', () => {
    const lines = fs
      .readdirSync(path.join(projectRoot, 'reference'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => linesOf(fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')));
    expect(lines.length).toBeGreaterThan(50);
    const outgoing = new Set(text.split(/\r?\n|\\n/).map((line) => line.trim()));
    expect(outgoing.size).toBeGreaterThan(1000);
    expect([...new Set(lines)].filter((line) => outgoing.has(line) && !given(line))).toEqual([]);
  });

  test('is built from the grader’s own files alone', () => {
    // The bundler writes the name of every file above its code, which it may have changed.
    for (const name of ['dist/cli.mjs', 'dist/child/cpu.cjs', ...(language === null ? TRAINERS : [])]) {
      const parts = [...textOf(`${top}/${CHECKER}/${name}`).matchAll(/^\s*\/\/ ([\w@./-]+\.(?:[cm]?[jt]s|json))$/gm)].map((found) => found[1] ?? '');
      expect(parts.length).toBeGreaterThan(50);
      const folders = new Set(parts.map((part) => part.split('/')[0]));
      expect([...folders].filter((folder) => !['node_modules', 'contract', 'assignments', 'autograder', 'data', 'plots', 'training'].includes(folder ?? ''))).toEqual([]);
    }
  });

  test('never takes anything called elbow from a registry', () => {
    for (const name of [`${top}/package.json`, `${top}/${CHECKER}/package.json`]) {
      const { private: isPrivate, scripts = {}, dependencies = {}, devDependencies = {} } = JSON.parse(textOf(name)) as Record<string, Record<string, string>>;
      expect(isPrivate).toBe(true);
      const taken = Object.entries({ ...dependencies, ...devDependencies }).filter(([wanted]) => wanted.includes('elbow'));
      expect(taken.filter(([, from]) => from !== `file:./${CHECKER}`)).toEqual([]);
      expect(Object.values(scripts).filter((script) => !script.startsWith(`node ${CHECKER}/bin/elbow.mjs `))).toEqual([]);
    }
    // What a student types: never a command that npm would look up.
    expect(text).not.toMatch(/\bnpx\b.*elbow/);
  });

  /** Students may read the template, and what it holds. */
  const template = [null, ...Object.keys(assignment.handIn.otherLanguages ?? {})]
    .map((each) => templateFolder(assignment, each))
    .flatMap((folder) => fs.readdirSync(path.join(projectRoot, 'student-template', folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  const given = (line: string): boolean => template.includes(line);
});

function functionsOf(assignment: Assignment) {
  return tasksOf(assignment).filter((task) => task.kind === 'function');
}

/** Lines long enough to be somebody's own. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line.length >= 40 && !/^(import|export \{|\/\/|\/\*|\*)/.test(line));
}

/** Numbers of a case, as the file writes them. */
function longArraysIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && value.length >= 4 && value.every((part) => typeof part === 'number')) {
    const text = JSON.stringify(value).slice(1, -1);
    return new Set(value).size > 3 && text.length > 40 ? [text] : [];
  }
  return Object.values(value).flatMap(longArraysIn);
}

function storedIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('stored' in value && typeof value.stored === 'string') return [value.stored];
  return Object.values(value).flatMap(storedIn);
}
