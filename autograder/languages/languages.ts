/** The languages elbow can grade. */
import { python } from './python/python.ts';
import { typescript } from './typescript/typescript.ts';

export const languages = { typescript, python } as const;
