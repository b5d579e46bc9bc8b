/** Texts for attacks that are too large, or too dull, to lie in a file. */
import type { Places } from './corpus.ts';

export const LARGE_TEXTS: Places = { ARROWS: 'a ? (b) : c => '.repeat(60), NESTED: `${'('.repeat(300_000)}1${')'.repeat(300_000)}` };
