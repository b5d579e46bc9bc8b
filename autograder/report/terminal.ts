/** What `elbow check` prints: first what to look at, task by task, then a table of all marks. */
import colours from 'picocolors';
import type { CheckResult, ErrorShown, Outcome, TaskResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { derivationText } from './derivation-text.ts';
import { outOf } from './marks.ts';
import { marksTable } from './marks-table.ts';
import { isOpen, outcomeWords } from './outcome-words.ts';
import { nameOf } from './student-name.ts';
import { onOneLine, withVisibleText } from './visible-text.ts';

type Paint = ReturnType<typeof colours.createColors>;

/** Of what a task printed; the rest can be had by printing less. */
const CONSOLE_LINES = 12;

export interface TerminalOptions {
  readonly coloured?: boolean;
  /** By task: where its function begins in the student's own files, e.g. `vae.ts:31`. */
  readonly places?: ReadonlyMap<string, string>;
  /** By task: the tasks whose functions it uses. */
  readonly buildsOn?: ReadonlyMap<string, readonly string[]>;
}

/** Errors that have nothing to do with shapes: their own words say what to do. */
const CLEAR_ERRORS: ReadonlySet<string> = new Set(['ModuleError', 'ReferenceError', 'RangeError', 'SyntaxError', 'NameError', 'ImportError', 'ModuleNotFoundError', 'IndentationError', 'TabError', 'RecursionError', 'SystemExit']);

export function terminalSummary(unsafe: SubmissionResult, { coloured = colours.isColorSupported, places = new Map(), buildsOn = new Map() }: TerminalOptions = {}): string {
  const paint = colours.createColors(coloured);
  const result = withVisibleText(unsafe);
  const tasks = result.questions.flatMap((question) => question.tasks);
  const looked = tasks.filter(hasSomethingToSee);
  const wrongBelow = ({ task }: TaskResult): TaskResult | undefined => tasks.find((other) => other.outcome === 'fail' && (buildsOn.get(task) ?? []).includes(other.task));
  const lines = [
    paint.bold(`${onOneLine(result.assignment.title)}, ${nameOf(result.student)}`),
    ...result.warnings.map((warning) => paint.yellow(`! ${onOneLine(warning)}`)),
    ...(result.status === 'graded' ? [] : ['', ...withoutMarks(result, paint)]),
    ...looked.flatMap((task) => ['', ...taskLines(task, places, wrongBelow(task), paint)]),
    ...(result.status === 'graded' ? ['', ...tableLines(result, places, paint)] : []),
    ...result.notes.map((note) => paint.dim(`note: ${onOneLine(note)}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function withoutMarks(result: SubmissionResult, paint: Paint): readonly string[] {
  const reason = onOneLine(result.reason ?? 'no reason was given');
  if (result.status === 'refused') return [`${paint.red('✗ not accepted')}  ${reason}`, '  Nothing was marked: put this right and try again.'];
  return [`${paint.yellow('! not gradable')}  ${reason}`, `  ${outcomeWords['not-gradable'].meaning}`];
}

/** What is right, and what nobody has begun, stands in the table alone. */
function hasSomethingToSee({ outcome, checks, console, derivation, remarks }: TaskResult): boolean {
  if (derivation !== undefined && outcome !== 'pass') return true;
  return outcome === 'fail' || outcome === 'not-gradable' || (isOpen(outcome) && checks.length > 0) || console !== undefined || remarks.length > 0;
}

/** The first line of a task alone, for whoever waits for the rest. */
export function taskLine(unsafe: TaskResult, { coloured = colours.isColorSupported, places = new Map() }: TerminalOptions = {}): string {
  return headLine(withVisibleText(unsafe), places, colours.createColors(coloured));
}

function taskLines(task: TaskResult, places: ReadonlyMap<string, string>, below: TaskResult | undefined, paint: Paint): readonly string[] {
  const derivation = task.derivation === undefined ? [] : derivationText(task.derivation.lines, paint);
  return [headLine(task, places, paint), ...[...details(task, below, paint), ...derivation].map((line) => `    ${line}`.trimEnd())];
}

function headLine(task: TaskResult, places: ReadonlyMap<string, string>, paint: Paint): string {
  const { word, sign } = outcomeWords[task.outcome];
  const earned = isOpen(task.outcome) ? '' : ` ${outOf(task.earned, task.points)}`;
  const place = places.get(task.task);
  const where = place === undefined ? paint.dim(onOneLine(task.where)) : `${paint.bold(place)} ${paint.dim(functionOf(task))}`;
  return `${painter(task.outcome, paint)(`${sign} ${word}${earned}`)}  ${onOneLine(task.title)}${task.bonus ? ' (bonus)' : ''}  ${where}`.trimEnd();
}

/** `logNormal in distributions.ts` without its file; empty where the whole place is a file. */
function functionOf({ where }: TaskResult): string {
  const [name = '', file] = onOneLine(where).split(' in ');
  return file === undefined ? '' : name;
}

function details(task: TaskResult, below: TaskResult | undefined, paint: Paint): readonly string[] {
  const { meaning } = outcomeWords[task.outcome];
  const failed = task.checks.filter(({ outcome }) => outcome === 'fail');
  const said = [
    ...(task.error === undefined ? [onOneLine(task.message)] : [errorLine(task.error, paint)]),
    task.outcome === 'not-gradable' || task.message === '' ? meaning : '',
    task.diagnosis === undefined ? '' : `${paint.cyan('your numbers:')} ${onOneLine(task.diagnosis.feedback)}`,
    ...failed.map((check) => (onOneLine(check.message) === onOneLine(task.message) ? '' : checkLine(check))),
    toTry(task, below, paint),
    ...task.remarks.map((remark) => `${paint.dim('remark:')} ${onOneLine(remark)}`),
  ];
  return [...new Set(said.filter((line) => line !== '')), ...consoleLines(task, paint)];
}

/** Many messages begin with what the check is called: a component's name. */
function checkLine({ title, message }: CheckResult): string {
  const [name, said] = [onOneLine(title), onOneLine(message)];
  return said.startsWith(name) ? said : `${name}: ${said}`;
}

/** One thing, because the next one may be gone when this is done. */
function toTry({ task, outcome, checks, error }: TaskResult, below: TaskResult | undefined, paint: Paint): string {
  if (outcome !== 'fail') return '';
  const tip = (text: string): string => `${paint.cyan('try:')} ${text}`;
  if (below !== undefined && error?.name !== 'ModuleError') return tip(`it uses “${onOneLine(below.title)}”, which is not right yet: put that right first`);
  const frame = error === undefined ? undefined : ownFrame(error);
  if (frame !== undefined && !CLEAR_ERRORS.has(error?.name ?? '')) return tip(`print the shapes of what that line uses, above ${onOneLine(frame.path)}:${frame.line}; check shows what is printed`);
  const hint = checks.find((check) => check.outcome === 'fail' && check.hint !== undefined)?.hint;
  if (hint !== undefined && error === undefined) return tip(onOneLine(hint));
  return tip(`put this right, then check it alone: --task ${task.split('/').slice(1).join('/')}`);
}

/** The innermost line of the student's own: what was given is right, and is left as it is. */
function ownFrame({ frames }: ErrorShown): ErrorShown['frames'][number] | undefined {
  return frames.find(({ path }) => !path.startsWith('given/')) ?? frames[0];
}

function consoleLines({ console }: TaskResult, paint: Paint): readonly string[] {
  if (console === undefined) return [];
  const lines = console.trimEnd().split('\n');
  const more = lines.length > CONSOLE_LINES ? [paint.dim(`  ... and ${lines.length - CONSOLE_LINES} lines more`)] : [];
  return [paint.dim('printed:'), ...lines.slice(0, CONSOLE_LINES).map((line) => `  ${onOneLine(line)}`), ...more];
}

function errorLine(error: ErrorShown, paint: Paint): string {
  const own = ownFrame(error);
  const place = own === undefined ? '' : ` at ${onOneLine(own.path)}:${own.line}:${own.column}`;
  // The name is elbow's own, and says nothing that the message does not.
  const name = error.name === 'ModuleError' ? '' : `${paint.red(onOneLine(error.name))}: `;
  return `${name}${onOneLine(error.message)}${paint.bold(place)}`;
}

function tableLines(result: SubmissionResult, places: ReadonlyMap<string, string>, paint: Paint): readonly string[] {
  const { rows, sums, inTheCourse } = marksTable(result, places);
  const title = Math.max(...rows.map((row) => row.title.length), 0);
  const cases = result.fixtures.publicOnly ? [paint.dim('Public cases only: the course grades with further ones.')] : [];
  return [
    paint.bold(`${'All marks'.padEnd(title)}  marks  here`),
    ...rows.map((row) => `${row.title.padEnd(title)}  ${row.points.padStart(5)}  ${painter(row.outcome, paint)(row.here)}`),
    '',
    ...sums,
    '',
    paint.dim(inTheCourse),
    ...cases,
  ];
}

function painter(outcome: Outcome, paint: Paint): (text: string) => string {
  switch (outcome) {
    case 'pass':
      return paint.green;
    case 'fail':
      return paint.red;
    case 'unanswered':
      return paint.dim;
    case 'awaiting-person':
      return paint.magenta;
    case 'not-gradable':
      return paint.yellow;
  }
}
