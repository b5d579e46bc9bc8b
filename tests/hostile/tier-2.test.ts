/** The whole corpus once more where no control group bounds it: tier 2, on any machine. */
import { tryCorpus } from './try-corpus.ts';

tryCorpus({ tier: 2 });
