import type { Assignment } from '../../contract/rubric.ts';
import { cvae } from './cvae.ts';
import { gradientEstimators } from './gradient-estimators.ts';
import { imports } from './imports.ts';
import { limits } from './limits.ts';
import { logisticRegression } from './logistic-regression.ts';
import { networkPlots } from './network-plots.ts';
import { vae } from './vae.ts';

const questions = [logisticRegression, gradientEstimators, networkPlots, vae, cvae];

/** University of Alberta, machine learning, assignment 4 of autumn 2022: 100 marks. */
export const assignment: Assignment = {
  id: 'ualberta-a4-2022',
  title: 'University of Alberta Assignment 4 (2022)',
  handIn: {
    code: ['gradient-estimators.ts', 'vae.ts', 'cvae.ts'],
    extraCode: ['.ts', '.js'],
    written: ['answers.md', ...questions.flatMap(({ tasks }) => tasks.flatMap((task) => (task.kind === 'derivation' ? [task.file] : [])))],
    given: ['given/interfaces.ts', 'given/objective.ts', 'given/reconstruction.ts', 'given/unanswered.ts'],
    imports,
    results: [],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'],
  },
  limits,
  mistakePaidOnce: true,
  policy: {
    late: { kind: 'none-accepted', graceMinutes: 0 },
    // The handout sends exactly 40, 60 and 80 two ways; here a student gets the higher bin.
    bins: [{ atLeast: 80, gives: 100 }, { atLeast: 60, gives: 80 }, { atLeast: 40, gives: 60 }, { atLeast: 0, gives: 0 }],
  },
  questions,
};
