/** The other homeworks in Python: right hand-ins as files and as notebooks, and untouched ones, graded by the built command. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import { findPython } from '../../autograder/languages/python/find-python.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import type { TextFile } from '../../contract/submission.ts';
import { kth } from '../submissions/python/homeworks/kth-1b.ts';
import { nyu } from '../submissions/python/homeworks/nyu-hw4.ts';
import { ualberta } from '../submissions/python/homeworks/ualberta-a4-2025.ts';
import { rewritten, rightHandIn, templateOf } from '../submissions/python/mistakes.ts';
import { elbow } from './command-line.ts';

const boxed = (await inspectBox()).status === 'present';
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-homeworks-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

function handIn(batch: string, student: string, files: readonly TextFile[]): void {
  for (const { path: name, text } of files) {
    const file = path.join(scratch, batch, student, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

async function graded(batch: string): Promise<readonly SubmissionResult[]> {
  const out = path.join(scratch, `${batch}-out`);
  const { stderr } = await elbow('grade', path.join(scratch, batch), '--assignment', batch, '--out', out, '--isolation', boxed ? 'bubblewrap' : 'none', '--uncertified', '--jobs', '2');
  expect(stderr).toBe('');
  return JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
}

/** What the course's notebook has no function for: a person looks. */
const UNDER_NO_NAME: Readonly<Record<string, readonly (readonly [task: string, message: string])[]>> = {
  'kth-1b': [['kth-1b/reparameterisation/argmax', 's1234567_1B-Reparameterization.ipynb has nothing named evaluate_categorical. A person marks this from it.']],
};

describe.skipIf(findPython() === null)('hand-ins in Python', () => {
  it.each([
    [kth, 'vae.py', 'return rec + kl', 'return rec - kl', 12, 'the KL divergence'],
    [nyu, 'hw4_vae.py', 'torch.exp(0.5 * log_var) *', 'log_var *', 33, 'log variance'],
    [ualberta, 'assign4.py', 'torch.sqrt(variance) *', 'variance *', 62, 'used as the standard deviation'],
  ] as const)('files and notebooks get the same, an untouched one nothing, a mistake its name', async ({ id, notebooks }, file, from, to, marks, named) => {
    handIn(id, 'a-files', rightHandIn(id));
    handIn(id, 'b-notebooks', notebooks.solved);
    handIn(id, 'c-template', templateOf(id));
    handIn(id, 'd-untouched-notebooks', notebooks.untouched);
    handIn(id, 'e-mistaken', rewritten(file, from, to, '', id));
    const results = await graded(id);
    expect(results.map(({ source, grade }) => [source, grade.machine.earned])).toEqual([
      ['a-files', notebooks.machineMarks],
      ['b-notebooks', notebooks.machineMarks],
      ['c-template', 0],
      ['d-untouched-notebooks', 0],
      ['e-mistaken', marks],
    ]);
    const functions = (source: string) => results.filter((result) => result.source === source).flatMap(({ questions }) => questions.flatMap((question) => question.tasks)).filter(({ handoutName }) => handoutName !== '');
    for (const source of ['c-template', 'd-untouched-notebooks']) expect(functions(source).filter(({ outcome }) => outcome !== 'unanswered').map(({ task, message }) => [task, message])).toEqual(source === 'c-template' ? [] : UNDER_NO_NAME[id] ?? []);
    expect(JSON.stringify(functions('e-mistaken').filter(({ outcome }) => outcome === 'fail'))).toContain(named);
  });
});
