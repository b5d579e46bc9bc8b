/** A term's own file, and the list of when work was handed in. */
import fs from 'node:fs/promises';
import type { Assignment } from '../../contract/rubric.ts';
import { packagingRules, tasksOf } from '../../contract/rubric.ts';
import { parser, SchemaError } from '../../contract/schema.ts';
import { Term } from '../../contract/term.ts';
import { csvRecords } from '../intake/csv-records.ts';
import { type HandIn, timeInName } from '../intake/intake.ts';
import { decodeText } from '../intake/decode-text.ts';
import { IntakeError } from '../intake/problems.ts';
import { dueTimeOf, submittedAt } from '../score/score.ts';
import { UsageError } from './console.ts';

const parseTerm = parser('the term file', Term);

/** @throws UsageError naming what is wrong with it, before anything is graded. */
export async function readTerm(file: string, assignment: Assignment): Promise<Term> {
  const term = parseJson(file, await fs.readFile(file, 'utf8').catch(() => missing(file)));
  if (term.assignment !== assignment.id) throw new UsageError(`${file} is for ${term.assignment}, not for ${assignment.id}.`);
  const tasks = new Set(tasksOf(assignment).map(({ id }) => id));
  const unknown = Object.keys(term.waived ?? {}).filter((id) => !tasks.has(id));
  if (unknown.length > 0) throw new UsageError(`${file} waives ${unknown.join(', ')}, which ${assignment.id} does not have.`);
  const questions = new Set(assignment.questions.map(({ id }) => id));
  const unasked = Object.keys(term.policy?.worth ?? {}).filter((id) => !questions.has(id));
  if (unasked.length > 0) throw new UsageError(`${file} says what ${unasked.join(', ')} ${unasked.length === 1 ? 'is' : 'are'} worth; the questions of ${assignment.id} are ${[...questions].join(', ')}.`);
  const rules = assignment.handIn.packaging === undefined ? [] : packagingRules(assignment.handIn.packaging);
  const strange = Object.keys(term.policy?.packaging ?? {}).filter((rule) => !rules.includes(rule));
  if (strange.length > 0) throw new UsageError(`${file} sets a cost for ${strange.join(', ')}; ${assignment.id} has ${rules.length === 0 ? 'no rules of packaging' : `the rules ${rules.join(', ')}`}.`);
  if (term.due !== undefined && term.zone === undefined) throw new UsageError(`${file} has a due time and no zone. Add one, e.g. "zone": "Europe/Stockholm".`);
  // Every time is tried now: a date that does not exist must not stop a batch half way.
  for (const student of ['', ...Object.keys(term.extensions ?? {})]) attempt(file, () => dueTimeOf(term, student));
  return term;
}

/**
 * When each student handed in: columns student_id and submitted_at, as an instant with its offset or as a
 * local time of the term's zone.
 */
export async function readTimes(file: string, zone: string): Promise<ReadonlyMap<string, string>> {
  const decoded = decodeText(await fs.readFile(file).catch(() => missing(file)));
  if (decoded === null) throw new IntakeError(`${file} is not a text file. Save it as CSV in UTF-8.`);
  const [header, ...records] = csvRecords(file, decoded.text);
  const columns = (header?.cells ?? []).map((name) => name.toLowerCase());
  const [idAt, timeAt] = [columns.indexOf('student_id'), columns.indexOf('submitted_at')];
  if (idAt < 0 || timeAt < 0) throw new IntakeError(`${file} needs a first line with the columns student_id,submitted_at; it has: ${columns.join(', ') || 'nothing'}.`);
  const times = new Map<string, string>();
  for (const { cells, line } of records) {
    const [id = '', time = ''] = [cells[idAt], (cells[timeAt] ?? '').replace(' ', 'T')];
    if (time === '') continue;
    attempt(`${file}, line ${line}`, () => submittedAt(time, zone));
    times.set(id, time);
  }
  return times;
}

/** Who is in the list of times or has an extension, and is nobody of this class: a slip in an id would make nobody late. */
export function strangersTo(ids: ReadonlySet<string>, listed: ReadonlyMap<string, string>, term: Term | null): readonly string[] {
  const unknown = (some: Iterable<string>): string => [...some].filter((id) => !ids.has(id)).join(', ');
  const [timed, extended] = [unknown(listed.keys()), unknown(Object.keys(term?.extensions ?? {}))];
  return [...(timed === '' ? [] : [`In the list of times, and neither on the roster nor with a hand-in: ${timed}`]), ...(extended === '' ? [] : [`With an extension, and neither on the roster nor with a hand-in: ${extended}`])];
}

/** By student: what the list says, else what the course system says, else the name, where the term believes names. */
export function timesOf(handIns: readonly HandIn[], listed: ReadonlyMap<string, string>, term: Term | null): ReadonlyMap<string, string> {
  const times = handIns.flatMap(({ student, source, submittedAt: told }): readonly (readonly [string, string])[] => {
    const time = told ?? (term?.timeInName === true ? timeInName(source) : null);
    return time === null ? [] : [[student.id, time]];
  });
  return new Map([...times, ...listed]);
}

function parseJson(file: string, text: string): Term {
  try {
    return parseTerm(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof SchemaError) throw new UsageError(`${file} is not a term file: ${error.message}. terms/README.md says what it holds.`);
    throw error;
  }
}

function attempt(where: string, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${where}: ${error.message}. Times look like 2026-12-08T23:59, zones like Europe/Stockholm.`);
    throw error;
  }
}

function missing(file: string): never {
  throw new UsageError(`There is no ${file}.`);
}
