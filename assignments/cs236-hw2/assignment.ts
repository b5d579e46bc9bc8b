import type { Assignment } from '../../contract/rubric.ts';
import { bands } from './bands.ts';
import { fsvae } from './fsvae.ts';
import { gmvae } from './gmvae.ts';
import { iwae } from './iwae.ts';
import { limits } from './limits.ts';
import { inPython, pythonRules } from './python.ts';
import { ssvae } from './ssvae.ts';
import { results } from './trained.ts';
import { vae } from './vae.ts';

/** CS 236 (deep generative models), homework 2: 83 marks and 9 of bonus. */
export const assignment: Assignment = {
  id: 'cs236-hw2',
  title: 'CS 236 Homework 2',
  handIn: {
    code: ['distributions.ts', 'vae.ts', 'gmvae.ts', 'ssvae.ts', 'fsvae.ts'],
    extraCode: ['.ts', '.js'],
    written: ['answers.md', 'derivations/iwae-lower-bound-proof.md', 'derivations/fsvae-elbo-derivation.md'],
    given: ['given/divergences.ts', 'given/interfaces.ts', 'given/likelihoods.ts', 'given/reduce.ts', 'given/unanswered.ts'],
    results,
    scaffolding: ['README.md', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'],
    otherLanguages: { python: pythonRules },
  },
  limits,
  otherLanguages: { python: inPython },
  mistakePaidOnce: true,
  questions: [vae, gmvae, iwae, ssvae, fsvae],
  bands: [...bands],
};
