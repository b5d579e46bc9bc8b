import type { Assignment } from '../../contract/rubric.ts';
import { cavi } from './cavi.ts';
import { reparameterisation } from './reparameterisation.ts';
import { stickingTheLanding } from './sticking-the-landing.ts';
import { vae } from './vae.ts';

const questions = [cavi, vae, stickingTheLanding, reparameterisation];

/** DD2434 (machine learning, advanced course), assignment 1B: the handout gives no marks, so these 100 are ours. */
export const assignment: Assignment = {
  id: 'kth-1b',
  title: 'DD2434 Assignment 1B',
  handIn: {
    code: ['cavi.ts', 'vae.ts', 'sticking-the-landing.ts', 'reparameterisation.ts'],
    extraCode: ['.ts', '.js'],
    written: ['answers.md', ...questions.flatMap(({ tasks }) => tasks.flatMap((task) => (task.kind === 'derivation' ? [task.file] : [])))],
    given: ['given/earthquakes.ts', 'given/gradient-parts.ts', 'given/short-training.ts', 'given/special.ts', 'given/unanswered.ts'],
    results: [],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'],
  },
  limits: {
    cpuSeconds: 5,
    wallSeconds: 60,
    memoryMegabytes: 1024,
    processes: 64,
    openFiles: 64,
    answerBytes: 64 << 20,
    consoleBytesKept: 16 << 10,
    outputBytes: 8 << 20,
  },
  mistakePaidOnce: true,
  questions,
};
