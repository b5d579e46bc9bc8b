import type { Assignment } from '../../contract/rubric.ts';
import { bands } from './bands.ts';
import { cavi } from './cavi.ts';
import { limits } from './limits.ts';
import { inPython, pythonRules } from './python.ts';
import { reparameterisation } from './reparameterisation.ts';
import { stickingTheLanding } from './sticking-the-landing.ts';
import { results } from './trained.ts';
import { vae } from './vae.ts';

const questions = [cavi, vae, stickingTheLanding, reparameterisation];

const written = ['answers.md', ...questions.flatMap(({ tasks }) => tasks.flatMap((task) => (task.kind === 'derivation' ? [task.file] : [])))];

/** DD2434 (machine learning, advanced course), assignment 1B: the handout gives no marks, so these 100 are ours. */
export const assignment: Assignment = {
  id: 'kth-1b',
  title: 'DD2434 Assignment 1B',
  handIn: {
    code: ['cavi.ts', 'vae.ts', 'sticking-the-landing.ts', 'reparameterisation.ts'],
    extraCode: ['.ts', '.js'],
    written,
    given: ['given/earthquakes.ts', 'given/gradient-parts.ts', 'given/short-training.ts', 'given/special.ts', 'given/unanswered.ts'],
    results,
    scaffolding: ['README.md', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'],
    otherLanguages: { python: pythonRules(written) },
  },
  limits,
  otherLanguages: { python: inPython },
  mistakePaidOnce: true,
  bands: [...bands],
  questions,
};
