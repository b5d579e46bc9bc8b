/**
 * docs/assignments.md lists every row of every homework: its task, its marks, how it is checked, and which tests prove
 * that. The tables are made from the assignments: ELBOW_WRITE_GUIDES=1 writes them into the page.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignments } from '../../assignments/assignments.ts';
import { projectRoot } from '../../autograder/paths.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { Check, Task } from '../../contract/task.ts';
import { catalogues } from '../../fixtures/certify/catalogues.ts';
import { recipes } from '../../fixtures/recipe/recipes.ts';

const file = path.join(projectRoot, 'docs/assignments.md');
const writing = process.env['ELBOW_WRITE_GUIDES'] === '1';
const [BEGIN, END] = ['<!-- table: ', '<!-- end of table -->'];

const KINDS: Readonly<Record<Check['kind'], string>> = { value: 'values', stability: 'extreme inputs', gradient: 'gradients', vectorised: 'a remark on loops', training: 'a short training' };

/** Tests that hold for every task of a kind. */
const PROVEN_BY: Readonly<Record<Task['kind'], readonly string[]>> = {
  function: ['tests/conformance/reference.test.ts', 'tests/fixtures/misconceptions.test.ts', 'tests/fixtures/right-variants.test.ts'],
  derivation: ['tests/autograder/derivation/reference-derivations.test.ts', 'tests/autograder/grade-derivation.test.ts'],
  written: ['tests/autograder/written-answers.test.ts', 'tests/autograder/marking/marking.test.ts'],
  trained: ['tests/autograder/trained'],
  figure: ['tests/autograder/trained'],
  networks: ['tests/autograder/networks'],
};

function howChecked(task: Task): string {
  switch (task.kind) {
    case 'function': {
      // A training without points is only asked where a gradient is wrong.
      const kinds = [...new Set(task.checks.map(({ kind, points }) => `${KINDS[kind]}${kind === 'training' && points === 0 ? ' where gradients are wrong' : ''}`))].join(', ');
      return `${kinds}${recipes.get(task.id)?.statistics === undefined ? '' : '; statistics where noise fits no layout'}`;
    }
    case 'derivation':
      return 'line by line, else a person';
    case 'written':
      if (task.answer.kind === 'picture') return 'a person looks at the picture';
      return task.answer.pictures === true ? 'a person reads the answer beside its plots' : 'a person reads the answer';
    case 'trained':
      return 'the checkpoint is measured, else a person';
    case 'figure':
      return 'the grid is looked through, else a person';
    case 'networks':
      return 'own networks are trained and measured, else a person';
  }
}

/** How many known mistakes, other right ways and derivations stand behind a row: each is a test, and a hand-in when fixtures are certified. */
function provenBy(assignment: Assignment, task: Task): string {
  switch (task.kind) {
    case 'function': {
      const { misconceptions, rightVariants } = catalogues.get(assignment.id) ?? { misconceptions: [], rightVariants: [] };
      const [wrong, right] = [misconceptions, rightVariants].map((all) => all.filter((entry) => entry.task === task.id).length);
      return `${wrong} ${wrong === 1 ? 'mistake' : 'mistakes'}, ${right} right ${right === 1 ? 'way' : 'ways'}`;
    }
    case 'derivation': {
      const pages = fs.readFileSync(path.join(projectRoot, `reference/derivations/${task.id}.md`), 'utf8');
      return `${pages.match(/^## right/gm)?.length ?? 0} right, ${pages.match(/^## wrong/gm)?.length ?? 0} wrong`;
    }
    case 'written':
      return hasModelAnswer(assignment, task) ? 'model answer' : 'no model answer';
    case 'networks': {
      const { networkMistakes, rightVariants } = catalogues.get(assignment.id) ?? { networkMistakes: [], rightVariants: [] };
      const right = rightVariants.filter(({ task: of }) => of.endsWith('coder') && task.buildsOn.includes(of)).length;
      const wrong = networkMistakes.filter(({ task: of }) => of === task.id).length;
      return `${wrong} ${wrong === 1 ? 'mistake' : 'mistakes'}, ${right} right ways${hasModelAnswer(assignment, task) ? ', model answer' : ''}`;
    }
    case 'trained':
    case 'figure':
      return `${KINDS_OF_RESULTS}${hasModelAnswer(assignment, task) ? ', model answer' : ''}`;
  }
}

const KINDS_OF_RESULTS = 'right and wrong checkpoints';

function hasModelAnswer(assignment: Assignment, { id }: Task): boolean {
  return fs.readFileSync(path.join(projectRoot, `reference/${assignment.id}/marking.md`), 'utf8').split('\n').includes(`## ${id}`);
}

function tableOf(assignment: Assignment): string {
  const rows = tasksOf(assignment).map((task) => `| \`${task.id}\` | ${task.points}${task.bonus ? ' (bonus)' : ''} | ${howChecked(task)} | ${provenBy(assignment, task)} |`);
  const sum = (bonus: boolean): number => tasksOf(assignment).filter((task) => task.bonus === bonus).reduce((total, { points }) => total + points, 0);
  const totals = `| **${assignment.title}** | **${sum(false)}${sum(true) === 0 ? '' : ` and ${sum(true)}`}** | | |`;
  return ['| task | marks | how it is checked | proved by |', '|---|---|---|---|', ...rows, totals].join('\n');
}

/** What stands between the marks of an assignment's table. */
const between = (id: string): RegExp => new RegExp(`(${BEGIN}${id} -->\n)([^]*?)(\n?${END})`);

describe('docs/assignments.md', () => {
  if (writing) {
    const written = [...assignments.values()].reduce((page, assignment) => page.replace(between(assignment.id), (_, begin: string, _old: string, end: string) => `${begin}${tableOf(assignment)}\n${end.trimStart()}`), fs.readFileSync(file, 'utf8'));
    fs.writeFileSync(file, written);
  }
  const page = fs.readFileSync(file, 'utf8');

  it.each([...assignments.values()])('holds the rows of $id as they are', (assignment) => {
    expect(between(assignment.id).exec(page)?.[2], `add a section with "${BEGIN}${assignment.id} -->" and "${END}", then run this with ELBOW_WRITE_GUIDES=1`).toBe(tableOf(assignment));
  });

  it.each([...assignments.values()])('leaves no row of $id unproved', (assignment) => {
    const unproved = tasksOf(assignment).filter((task) => /(?:^|\s)(?:0|no) /.test(provenBy(assignment, task)));
    expect(unproved.map(({ id }) => id)).toEqual([]);
  });

  it('names tests that are there, for every kind of task', () => {
    const named = [...page.matchAll(/`(tests\/[^`]+)`/g)].map(([, test]) => test ?? '');
    expect(named.filter((test) => !fs.existsSync(path.join(projectRoot, test)))).toEqual([]);
    expect(Object.values(PROVEN_BY).flat().filter((test) => !named.includes(test))).toEqual([]);
    expect([...assignments.keys()].filter((id) => !named.includes(`tests/assignments/${id}/assignment.test.ts`))).toEqual([]);
  });
});
