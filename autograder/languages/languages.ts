/** The languages elbow can grade. */
import { typescript } from './typescript/typescript.ts';

export const languages = { typescript } as const;
