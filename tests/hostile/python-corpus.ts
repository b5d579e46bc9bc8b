/** Hostile hand-ins in Python: a folder holds an attack.py, which replaces some functions of the right hand-in, and an expect.json as in corpus.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TextFile } from '../../contract/submission.ts';
import { rightHandIn } from '../submissions/python/mistakes.ts';
import { pythonTasks } from '../submissions/python/judge-python.ts';
import { type Attack, parseExpected, type Places } from './corpus.ts';

const folder = path.join(import.meta.dirname, 'python');

export function readPythonCorpus(places: Places): readonly Attack[] {
  return readdirSync(folder).toSorted().map((name) => {
    const read = (file: string): string => readFileSync(path.join(folder, name, file), 'utf8');
    const expected = parseExpected(JSON.parse(read('expect.json')));
    const attack = read('attack.py').replaceAll(/__([A-Z_]+)__/g, (whole, place: string) => places[place] ?? whole);
    return { ...expected, name, files: compose(attack, Object.keys(expected.tasks)) };
  });
}

/** At the end of each attacked module its functions are replaced: what they call is the right one beside the values. */
function compose(attack: string, attacked: readonly string[]): readonly TextFile[] {
  const tasks = pythonTasks.filter(({ id }) => attacked.includes(id.slice(id.indexOf('/') + 1)));
  const files = rightHandIn().map((file) => {
    const mine = tasks.filter(({ module }) => module === file.path);
    if (mine.length === 0) return file;
    const lines = mine.map(({ id, function: name }) => `${name} = replaced(${JSON.stringify(id.slice(id.indexOf('/') + 1))}, ${name})`);
    return { path: file.path, text: `${file.text}\n\nfrom codebase.attack import replaced\n${lines.join('\n')}\n` };
  });
  return [...files, { path: 'codebase/attack.py', text: `${attack}\n${REPLACED}` }];
}

const REPLACED = `
def replaced(task, right):
    def function(*values):
        return attacks[task](right, *values)
    return function
`;
