/** The whole corpus as the machine is: tier 1 where boxes can have control groups. */
import { readCorpus } from './corpus.ts';
import { tryCorpus } from './try-corpus.ts';

tryCorpus({ title: 'hostile hand-ins', read: readCorpus }, { tier: 1 });
