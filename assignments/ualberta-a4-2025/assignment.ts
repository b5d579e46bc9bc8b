import type { Assignment } from '../../contract/rubric.ts';
import { limits } from '../ualberta-a4-2022/limits.ts';
import { cvae } from './cvae.ts';
import { gradientEstimators } from './gradient-estimators.ts';
import { inPython, pythonRules } from './python.ts';
import { vae } from './vae.ts';

const questions = [gradientEstimators, vae, cvae];

const written = ['answers.md', ...questions.flatMap(({ tasks }) => tasks.flatMap((task) => (task.kind === 'derivation' ? [task.file] : [])))];

/** University of Alberta, machine learning, assignment 4 of 2025: parts of 105 marks for a paper of 100. */
export const assignment: Assignment = {
  id: 'ualberta-a4-2025',
  title: 'University of Alberta Assignment 4 (2025)',
  handIn: {
    code: ['gradient-estimators.ts', 'vae.ts', 'cvae.ts'],
    extraCode: ['.ts', '.js'],
    written,
    given: ['given/interfaces.ts', 'given/objective.ts', 'given/reconstruction.ts', 'given/unanswered.ts'],
    results: [],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'],
    otherLanguages: { python: pythonRules(written) },
  },
  limits,
  otherLanguages: { python: inPython },
  mistakePaidOnce: true,
  policy: {
    late: { kind: 'none-accepted', graceMinutes: 0 },
    // Question 3 says 40 and its parts add up to 45: its marks count 40/45. A term that says `"worth": {}, "outOf": 100` caps the whole instead.
    worth: { cvae: 40 },
  },
  questions,
};
