// The five functions and their tests in the forms the two notebook graders want.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'five-functions');
const answers = cells('answers.py');
const tests = cells('tests.py');

export const POINTS_EACH = 2;
export const functions = [...answers.keys()];

/** One cell a function, and after it one with its tests, marked the way nbgrader marks cells. */
export function nbgraderNotebook() {
  return notebook(
    functions.flatMap((name) => [
      codeCell(answers.get(name), { grade: false, grade_id: `answer-${name}`, locked: false, solution: true }),
      codeCell(tests.get(name), { grade: true, grade_id: `test-${name}`, locked: true, solution: false, points: POINTS_EACH }),
    ]),
  );
}

export function otterNotebook() {
  return notebook(functions.map((name) => codeCell(answers.get(name))));
}

/** File name -> text. */
export function otterTests() {
  return new Map(functions.map((name) => [`${name}.py`, otterTest(name)]));
}

function otterTest(name) {
  const code = tests.get(name).split('\n').map((line) => `>>> ${line}`).join('\n');
  const suite = { type: 'doctest', scored: true, cases: [{ code, hidden: false, locked: false }] };
  // JSON is Python here, but for its two truth values.
  const python = JSON.stringify({ name, points: POINTS_EACH, suites: [suite] }).replaceAll(':true', ':True').replaceAll(':false', ':False');
  return `OK_FORMAT = True\n\ntest = ${python}\n`;
}

function notebook(cellList) {
  const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
  return JSON.stringify({ cells: cellList, metadata: { kernelspec, language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, null, 1);
}

let made = 0;

function codeCell(source, nbgrader) {
  made += 1;
  const metadata = nbgrader === undefined ? {} : { nbgrader: { schema_version: 3, task: false, ...nbgrader } };
  return { cell_type: 'code', id: `cell-${made}`, execution_count: null, metadata, outputs: [], source };
}

/** A file in `# %% name` sections: name -> text. */
function cells(file) {
  const [, ...sections] = readFileSync(path.join(folder, file), 'utf8').split(/^# %% /m);
  return new Map(sections.map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n')).trim()]));
}
