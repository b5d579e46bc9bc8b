import type { Assignment } from '../../contract/rubric.ts';
import { entropy } from './entropy.ts';

/** One question of ten marks: as small as a homework can be, with a row of each kind. */
export const assignment: Assignment = {
  id: 'entropy-1',
  title: 'The entropy of a coin',
  handIn: {
    code: ['entropy.ts'],
    extraCode: ['.ts', '.js'],
    written: ['answers.md', 'derivations/entropy-cross-entropy-split.md'],
    given: ['given/unanswered.ts'],
    results: [],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore'],
  },
  limits: {
    cpuSeconds: 10,
    wallSeconds: 60,
    memoryMegabytes: 1024,
    processes: 64,
    openFiles: 64,
    answerBytes: 16 << 20,
    consoleBytesKept: 16 << 10,
    outputBytes: 8 << 20,
  },
  questions: [entropy],
};
