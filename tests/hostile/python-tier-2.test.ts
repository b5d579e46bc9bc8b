/** Hostile hand-ins in Python once more where no control group bounds them. */
import { readPythonCorpus } from './python-corpus.ts';
import { missingPython } from '../submissions/python/judge-python.ts';
import { tryCorpus } from './try-corpus.ts';

tryCorpus({ title: 'hostile hand-ins in Python', read: readPythonCorpus, lacks: missingPython }, { tier: 2 });
