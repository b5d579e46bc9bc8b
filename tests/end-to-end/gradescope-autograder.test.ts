/** The autograder's zip, set up and run as Gradescope does: in a folder of its own, by its run_autograder. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPython } from '../../autograder/languages/python/find-python.ts';
import { elbow, filesBelow, projectRoot } from './command-line.ts';
import { unzipTo } from './unzip-to.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-gradescope-'));
const at = (...parts: readonly string[]): string => path.join(root, ...parts);

beforeAll(async () => {
  const made = await elbow('export', 'gradescope-autograder', 'cs236-hw2', '--out', at('autograder.zip'));
  if (made.code !== 0) throw new Error(made.stderr);
  await unzipTo(at('autograder.zip'), at('source'));
  // In the place of npm install, which setup.sh runs in the container.
  fs.symlinkSync(path.join(projectRoot, 'node_modules'), at('source/elbow/node_modules'));
  fs.chmodSync(root, 0o755);
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

interface Results {
  readonly score: number;
  readonly output: string;
  readonly tests: readonly { readonly name: string; readonly score?: number; readonly max_score?: number }[];
  readonly extra_data: { readonly isolation: { readonly tier: number } };
}

async function submit(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<{ readonly printed: string; readonly results: Results | null }> {
  for (const name of ['submission', 'results']) fs.rmSync(at(name), { recursive: true, force: true });
  fs.cpSync(folder, at('submission'), { recursive: true });
  const users = [{ id: 41, name: 'Zoë Ångström', email: 'zoe@x.edu' }];
  fs.writeFileSync(at('submission_metadata.json'), JSON.stringify({ id: 1, created_at: '2026-01-01T00:00:00Z', assignment: { id: 7, title: 'HW2', group_size: 1 }, users, previous_submissions: [] }));
  const { stdout, stderr } = await execa('bash', [at('source/run_autograder')], { env: { ELBOW_AUTOGRADER: root, ...environment }, reject: false });
  const file = at('results/results.json');
  return { printed: stdout + stderr, results: fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Results) : null };
}

/** What Gradescope's documentation says of results.json; nothing here is shared with what writes it. */
function flawsIn(content: object): readonly string[] {
  const top = new Set(['score', 'execution_time', 'output', 'output_format', 'test_output_format', 'test_name_format', 'visibility', 'stdout_visibility', 'extra_data', 'tests', 'leaderboard']);
  const inTest = new Set(['score', 'max_score', 'status', 'name', 'name_format', 'number', 'output', 'output_format', 'tags', 'visibility', 'extra_data']);
  const visible = (value: unknown): boolean => value === undefined || ['hidden', 'after_due_date', 'after_published', 'visible'].includes(String(value));
  const whole = content as Record<string, unknown> & { tests?: Record<string, unknown>[] };
  const tests = whole.tests ?? [];
  return [
    ...Object.keys(whole).filter((key) => !top.has(key)),
    ...tests.flatMap((one) => Object.keys(one).filter((key) => !inTest.has(key))),
    ...(typeof whole['score'] === 'number' || (tests.length > 0 && tests.every(({ score }) => typeof score === 'number')) ? [] : ['no score']),
    ...[whole, ...tests].filter((part) => !visible(part['visibility'])).map(() => 'a visibility that does not exist'),
    ...tests.filter(({ status }) => status !== undefined && status !== 'passed' && status !== 'failed').map(() => 'a status that does not exist'),
    // A test that students do not see hides their total as well.
    ...(tests.some(({ visibility }) => visibility !== 'visible') ? ['a hidden test'] : []),
  ];
}

describe('the autograder', () => {
  test('has its scripts, its cases, and nothing of the reference', () => {
    expect(fs.readdirSync(at('source')).toSorted()).toEqual(['elbow', 'run_autograder', 'setup.sh']);
    const names = [...filesBelow(at('source')).keys()].filter((name) => !name.includes('node_modules'));
    expect(names).toContain('elbow/fixtures/cs236-hw2/vae.json');
    expect(names.filter((name) => /reference|misconceptions|fixtures\.mjs/.test(name))).toEqual([]);
    for (const script of ['setup.sh', 'run_autograder']) expect(fs.readFileSync(at('source', script), 'utf8').startsWith('#!/usr/bin/env bash\n')).toBe(true);
  });

  test('its scripts are bash that can be read', async () => {
    for (const script of ['setup.sh', 'run_autograder']) expect((await execa('bash', ['-n', at('source', script)])).stderr).toBe('');
  });

  test('scores what the machine marks, leaves open what a person marks, and says its tier', async () => {
    const { results, printed } = await submit(path.join(projectRoot, 'examples/cs236-hw2/ada-perfect'));
    expect(printed).toMatch(/Isolation tier \d/);
    if (results === null) throw new Error(printed);
    expect(flawsIn(results)).toEqual([]);
    const marked = results.tests.filter(({ score }) => score !== undefined);
    expect(marked.reduce((sum, { score = 0 }) => sum + score, 0)).toBe(results.score);
    expect(results.score).toBeGreaterThanOrEqual(56);
    expect(results.tests.find(({ name }) => name.includes('β'))).not.toHaveProperty('score');
    expect(results.extra_data.isolation.tier).toBeGreaterThan(0);
  }, 240_000);

  test.skipIf(findPython() === null)('scores a hand-in in Python, and one of a course’s own names where the autograder has them', async () => {
    const right = await submit(path.join(projectRoot, 'examples/cs236-hw2-python/anna-right'));
    expect([right.results?.score, right.printed]).toEqual([56, expect.stringMatching(/Isolation tier \d/)]);
    const own = path.join(projectRoot, 'tests/submissions/python/own-hand-out');
    expect((await elbow('export', 'gradescope-autograder', 'cs236-hw2', '--names', path.join(own, 'names.json'), '--out', at('named.zip'))).code).toBe(0);
    await unzipTo(at('named.zip'), at('named'));
    fs.copyFileSync(at('named/elbow/names.json'), at('source/elbow/names.json'));
    fs.copyFileSync(at('named/run_autograder'), at('source/run_autograder'));
    expect((await submit(own)).results?.score).toBe(56);
    fs.writeFileSync(at('source/run_autograder'), fs.readFileSync(at('named/run_autograder'), 'utf8').replace(/ --names "[^"]*"/, ''));
  }, 240_000);

  test('in a container without user namespaces it says tier 3, grades the same, and keeps the answers from submitted code', async () => {
    // A bwrap that cannot make any box, as where namespaces are forbidden.
    fs.mkdirSync(at('no-box'), { recursive: true });
    fs.writeFileSync(at('no-box/bwrap'), '#!/bin/sh\necho "bwrap: No permissions to create new namespace" >&2\nexit 1\n', { mode: 0o755 });
    const PATH = `${at('no-box')}:${process.env['PATH'] ?? ''}`;
    const { results, printed } = await submit(path.join(projectRoot, 'examples/cs236-hw2/carla-variance-as-deviation'), { PATH });
    expect(printed).toContain('Isolation tier 3: this container lets no box be made');
    if (results === null) throw new Error(printed);
    expect(flawsIn(results)).toEqual([]);
    expect(results.extra_data.isolation.tier).toBe(3);
    expect(results.tests[0]).toMatchObject({ name: 'Sampling with the reparameterisation trick', max_score: 6 });
    expect(results.tests[0]?.score).toBeLessThan(6);
    const hostile = await submit(path.join(projectRoot, 'examples/cs236-hw2/quinn-looks-for-answers'), { PATH });
    expect(hostile.results?.score).toBeLessThan(56);
    // No part of a fixture comes back in what it printed or returned.
    expect(JSON.stringify(hostile.results)).not.toContain('"answers"');
  }, 240_000);

  test('tells a hand-in that cannot be read why', async () => {
    fs.mkdirSync(at('odd'), { recursive: true });
    fs.writeFileSync(at('odd/hw2.rar'), 'Rar!\u001a\u0007\u0001\0');
    const { results } = await submit(at('odd'));
    expect(results?.score).toBe(0);
    expect(results?.output).toContain('RAR archive');
  });
});
