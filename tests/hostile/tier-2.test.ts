/** The whole corpus once more where no control group bounds it: tier 2, on any machine. */
import { readCorpus } from './corpus.ts';
import { tryCorpus } from './try-corpus.ts';

tryCorpus({ title: 'hostile hand-ins', read: readCorpus }, { tier: 2 });
