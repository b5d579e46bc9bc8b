/** The whole corpus as the machine is: tier 1 where boxes can have control groups. */
import { tryCorpus } from './try-corpus.ts';

tryCorpus({ tier: 1 });
