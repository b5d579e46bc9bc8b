import type { Assignment } from '../../contract/rubric.ts';
import { conditionalVae } from './conditional-vae.ts';
import { convVae } from './conv-vae.ts';
import { limits } from './limits.ts';
import { inPython, pythonRules } from './python.ts';
import { theory } from './theory.ts';

/** The handout names it in both ways. */
const notebooks = ['hw_4.ipynb', 'hw4_vae.ipynb'] as const;

const derivations = theory.tasks.flatMap((task) => (task.kind === 'derivation' ? [task.file] : []));

const written = ['answers.md', ...derivations];

/** NYU, homework 4 of the deep learning course: 60 marks of theory, 40 of programming and 8 of bonus. */
export const assignment: Assignment = {
  id: 'nyu-hw4',
  title: 'NYU Homework 4',
  handIn: {
    code: ['conv-vae.ts', 'conditional-vae.ts'],
    extraCode: ['.ts', '.js'],
    written,
    given: ['given/asking.ts', 'given/interfaces.ts', 'given/networks.ts', 'given/training.ts', 'given/unanswered.ts'],
    // The handout's notebook goes along where there are files of code too; by itself it is a hand-in in Python.
    results: [...notebooks],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'],
    otherLanguages: { python: pythonRules(written, notebooks) },
    packaging: {
      archive: '{last}-{first}-{id}-hw4.zip',
      idTitle: 'NetID',
      one: [
        { id: 'one-pdf', title: 'One PDF', ending: '.pdf' },
        { id: 'one-notebook', title: `One notebook (${notebooks.join(' or ')}), or the files of code in its place,`, names: [...notebooks], orCode: true },
      ],
    },
  },
  limits,
  otherLanguages: { python: inPython },
  questions: [theory, convVae, conditionalVae],
};
