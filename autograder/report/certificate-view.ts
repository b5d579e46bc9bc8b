/** What the page of a certificate shows, as plain data: one row a hand-in, one column a task. */
import type { Certificate, CertifiedDerivation, CertifiedHandIn } from '../../contract/certificate.ts';
import type { Outcome } from '../../contract/outcome.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import { groupBy } from '../group-by.ts';
import { outOf } from './marks.ts';
import { outcomeWords } from './outcome-words.ts';

/** A hand-in with what depends on the machine, and so is in no certificate. */
export interface Measured extends CertifiedHandIn {
  readonly description: string;
  /** By task, the largest difference in tolerances. */
  readonly distances: Readonly<Record<string, number>>;
  /** By task, the checks that did not pass. */
  readonly lost: Readonly<Record<string, readonly string[]>>;
  /** Of each check of a task that ended as it must not: what was said. */
  readonly reasons: readonly string[];
}

export interface CertificateView {
  readonly pageTitle: string;
  readonly title: string;
  readonly who: string;
  readonly problems: readonly string[];
  readonly named: string;
  readonly columns: readonly { readonly question: string; readonly name: string }[];
  readonly groups: readonly GroupView[];
  readonly derivations: readonly DerivationRow[];
  readonly footing: readonly string[];
}

/** A reference derivation. */
interface DerivationRow {
  readonly task: string;
  readonly title: string;
  readonly outcome: Outcome;
  readonly word: string;
  /** Its marks, and the first line that does not follow. */
  readonly got: string;
  /** What it must be, where it is not. */
  readonly fault: string;
}

interface GroupView {
  readonly anchor: string;
  readonly title: string;
  readonly rows: readonly RowView[];
}

interface RowView {
  readonly id: string;
  readonly description: string;
  readonly cells: readonly CellView[];
  /** The mistakes that it was taken for; '' where there is nothing to say. */
  readonly taken: string;
  readonly misnamed: boolean;
}

interface CellView {
  readonly outcome: Outcome;
  readonly word: string;
  readonly distance: string;
  readonly lost: string;
  /** What it must be, where it is not. */
  readonly fault: string;
}

export function viewCertificate({ restsOn, term, problems, derivations }: Certificate, assignment: Assignment, handIns: readonly Measured[]): CertificateView {
  const tasks = tasksOf(assignment).flatMap((task) => (task.kind === 'function' ? [task.id] : []));
  const mistakes = handIns.filter(({ kind }) => kind === 'misconception');
  const groups = [...groupBy(handIns, groupOf)];
  return {
    pageTitle: `Certificate: ${assignment.title}, ${term}`,
    title: `${assignment.title}: who loses what`,
    who: `Term ${term} · ${handIns.length} hand-ins whose marks are known`,
    problems,
    named: `${mistakes.filter(isNamed).length} of ${mistakes.length} known mistakes are named rightly.`,
    columns: tasks.map(columnOf),
    groups: groups.map(([title, members], index) => ({ anchor: `group-${index}`, title, rows: members.map((handIn) => rowOf(handIn, tasks)) })),
    derivations: derivations.map(derivationRow),
    footing: Object.entries(restsOn).map(([part, hash]) => `${part}: ${hash}`),
  };
}

function derivationRow({ task, title, expected, found, earned, points }: CertifiedDerivation): DerivationRow {
  const isAsItMust = found.outcome === expected.outcome && found.line === expected.line;
  return {
    task: task.split('/').slice(1).join('/'),
    title,
    outcome: found.outcome,
    word: outcomeWords[found.outcome].word,
    got: `${outOf(earned, points)}${found.line === undefined ? '' : `, false at line ${found.line}`}`,
    fault: isAsItMust ? '' : `${inWords(expected.outcome)}${expected.line === undefined ? '' : ` at line ${expected.line}`}`,
  };
}

/** `cs236-hw2/vae/sample-gaussian` */
function columnOf(task: string): CertificateView['columns'][number] {
  const [, question = '', name = ''] = task.split('/');
  return { question, name };
}

function groupOf({ kind, id }: Measured): string {
  const file = id.split('/')[0] ?? '';
  switch (kind) {
    case 'reference':
    case 'template':
      return 'The two ends of the scale';
    case 'misconception':
      return `Known mistakes: ${file}`;
    case 'right-variant':
      return `Right ways: ${file}`;
  }
}

function rowOf(handIn: Measured, tasks: readonly string[]): RowView {
  const { id, kind, description, named } = handIn;
  const isMistake = kind === 'misconception';
  const others = named.filter((name) => name !== id);
  return {
    id,
    description,
    cells: tasks.map((task) => cellOf(handIn, task)),
    taken: [...(isMistake ? [isNamed(handIn) ? 'itself' : 'nothing it is'] : []), ...others].join(', '),
    misnamed: isMistake ? !isNamed(handIn) : named.length > 0,
  };
}

function cellOf({ expected, found, distances, lost }: Measured, task: string): CellView {
  const outcome = found[task] ?? 'pass';
  const due = expected[task] ?? 'pass';
  const distance = distances[task];
  return {
    outcome,
    word: outcomeWords[outcome].word,
    distance: distance === undefined ? '' : written(distance),
    lost: outcome === 'fail' ? (lost[task] ?? []).join(', ') : '',
    fault: outcome === due ? '' : inWords(due),
  };
}

function inWords(due: Outcome): string {
  return due === 'pass' || due === 'fail' ? `must ${due}` : `must be ${outcomeWords[due].word}`;
}

/** Three orders of magnitude below a tolerance is as good as none. */
function written(distance: number): string {
  if (distance < 0.001) return '< 0.001';
  return distance >= 10_000 ? distance.toExponential(1) : String(distance);
}

function isNamed({ id, named }: Measured): boolean {
  return named.includes(id);
}
