/**
 * Whether a fixture set may be used: its certificate must be there, must say that all went as it must, and
 * must rest on the fixtures, the assignment, the child and the comparison that are in use now.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Certificate, CERTIFICATE_FORMAT, type CertifiedDerivation, type CertifiedHandIn, type Foundations } from '../../contract/certificate.ts';
import { parser, Type } from '../../contract/schema.ts';

export const CERTIFICATE_FILE = 'certificate.json';
export const CERTIFICATE_PAGE = 'certificate.html';
export const CERTIFICATE_FILES = [CERTIFICATE_FILE, CERTIFICATE_PAGE] as const;

/** Known mistakes that must be named rightly, of those there are. Mistakes that give the same numbers count as one. */
const NAMED_SHARE = 0.95;

const MOST_UNNAMED_SHOWN = 20;

/** What each foundation is to whoever reads that it changed. */
const WORDS: Readonly<Record<keyof Foundations, string>> = {
  fixtures: 'the fixtures',
  assignment: 'the assignment or its template',
  child: 'the program that runs the functions',
  judgement: 'the way answers are compared and scored',
};

const parseCertificate = parser('the certificate', Certificate);
const parseAnyFormat = parser('the certificate', Type.Object({ format: Type.Integer() }));

/** Null where there is none; a certificate of another elbow says less or more. @throws SchemaError */
export async function readCertificate(folder: string): Promise<Certificate | 'of another format' | null> {
  try {
    const document = parseAnyFormat(JSON.parse(await fs.readFile(path.join(folder, CERTIFICATE_FILE), 'utf8')));
    return document.format === CERTIFICATE_FORMAT ? parseCertificate(document) : 'of another format';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Why fixtures with this certificate must not be used, or null: `The certificate is stale: ...`. */
export function flawOf(certificate: Certificate | 'of another format' | null, current: Foundations): string | null {
  if (certificate === null) return 'There is no certificate.';
  if (certificate === 'of another format') return 'The certificate is stale: it was made by another version of elbow.';
  const changed = (Object.keys(WORDS) as (keyof Foundations)[]).filter((part) => certificate.restsOn[part] !== current[part]);
  if (changed.length > 0) return `The certificate is stale: since it was made, ${inWords(changed.map((part) => WORDS[part]))} changed.`;
  // Only how many: this is printed on students' pages, and the problems name their tasks and mistakes.
  return certificate.problems.length === 0 ? null : `Not all went as it must when they were certified (${certificate.problems.length} ${certificate.problems.length === 1 ? 'problem' : 'problems'}).`;
}

/** What did not happen as it must. A right way that is taken for a mistake is as bad as one that loses marks. */
export function problemsIn(handIns: readonly CertifiedHandIn[]): readonly string[] {
  const problems = handIns.flatMap((handIn) => [...lostWrongly(handIn), ...keptWrongly(handIn), ...takenWrongly(handIn)]);
  const mistakes = handIns.filter(({ kind }) => kind === 'misconception');
  const unnamed = mistakes.filter(({ id, named }) => !named.includes(id)).map(({ id }) => id);
  const named = mistakes.length - unnamed.length;
  if (named >= NAMED_SHARE * mistakes.length) return problems;
  const shown = unnamed.slice(0, MOST_UNNAMED_SHOWN).join(', ');
  return [...problems, `only ${named} of ${mistakes.length} mistakes are named rightly; not these: ${shown}${unnamed.length > MOST_UNNAMED_SHOWN ? ', ...' : ''}`];
}

/** A right derivation earns all marks, a wrong one fewer and at its line; what is no derivation stays unanswered. */
export function problemsInDerivations(derivations: readonly CertifiedDerivation[]): readonly string[] {
  return derivations.flatMap(({ task, title, expected, found, earned, points }) => {
    const wanted = `derivation ${task}, ${title}`;
    if (found.outcome !== expected.outcome) return [`${wanted}: is ${found.outcome}, not ${expected.outcome}`];
    if (found.line !== expected.line) return [`${wanted}: ${found.line === undefined ? 'no line' : `line ${found.line}`} is the first that does not follow, not ${expected.line === undefined ? 'none' : `line ${expected.line}`}`];
    const isFull = !(Math.abs(earned - points) > 1e-9);
    return isFull === (expected.outcome === 'pass') ? [] : [`${wanted}: earned ${earned} of ${points}`];
  });
}

function lostWrongly({ id, kind, expected, found }: CertifiedHandIn): readonly string[] {
  const lost = Object.entries(found).filter(([task, outcome]) => expected[task] !== undefined && expected[task] !== outcome);
  const more = Object.entries(found).filter(([task]) => expected[task] === undefined);
  return [
    ...lost.map(([task, outcome]) => `${kind} ${id}: ${task} is ${outcome}, not ${expected[task]}`),
    ...more.map(([task, outcome]) => `${kind} ${id}: ${task} is ${outcome}, but has nothing wrong in it`),
  ];
}

function keptWrongly({ id, kind, expected, found }: CertifiedHandIn): readonly string[] {
  return Object.keys(expected).flatMap((task) => (found[task] === undefined ? [`${kind} ${id}: ${task} passed, though it must be ${expected[task]}`] : []));
}

function takenWrongly({ id, kind, named }: CertifiedHandIn): readonly string[] {
  return kind === 'misconception' || named.length === 0 ? [] : [`${kind} ${id}: is taken for the mistake ${named.join(', ')}`];
}

/** A hash of data: the same for the same data on every machine. */
export function hashOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}

/** One hand-in or derivation a line, so that two certificates can be compared by eye. */
export function certificateText({ handIns, derivations, ...rest }: Certificate): string {
  const lists = Object.entries({ handIns, derivations }).map(([name, entries]) => `,\n "${name}": [\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n ]`);
  return `${JSON.stringify(rest, null, 1).slice(0, -2)}${lists.join('')}\n}\n`;
}

function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
