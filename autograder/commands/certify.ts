/**
 * `elbow fixtures certify`: grades the reference, the untouched template, every known mistake, every right way to
 * write a function and every reference derivation as a class is graded, and writes down whether each got what it must.
 */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Certificate, CERTIFICATE_FORMAT, type CertifiedDerivation, type CertifiedHandIn, type KnownDerivation } from '../../contract/certificate.ts';
import type { Assignment } from '../../contract/rubric.ts';
import { openAnswerKey } from '../answer-key/answer-key.ts';
import { CERTIFICATE_FILE, CERTIFICATE_PAGE, certificateText, problemsIn, problemsInDerivations } from '../answer-key/certificate.ts';
import { languages } from '../languages/languages.ts';
import { projectRoot } from '../paths.ts';
import { certificatePage, type Measured } from '../report/report.ts';
import type { Isolation } from '../sandbox/sandbox.ts';
import { certifyCommand, foundationsOf } from './certification.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { findAssignment, fixturesFolder, readOriginals, readTemplateTexts } from './course-files.ts';
import { judgeDerivations } from './judge-derivations.ts';
import { judgeKnown, type KnownWork } from './judge-known.ts';
import { writeWhole } from './output-folder.ts';
import { startProgress } from './progress.ts';
import { requireBox } from './require-box.ts';

export interface CertifyOptions {
  readonly assignment: string;
  readonly fixtures?: string;
  readonly jobs?: number;
  readonly out?: string;
  readonly isolation: Isolation;
  /** A look at the derivations alone: takes seconds and writes nothing. */
  readonly onlyDerivations?: boolean;
}

/** What fixtures/fixtures.ts exports; stated here because the autograder never imports the reference. */
interface Known {
  readonly knownDerivations: (assignment: Assignment) => Promise<readonly (KnownDerivation & { readonly page: string })[]>;
  readonly knownHandIns: (assignment: Assignment) => Promise<readonly KnownWork[]>;
}

/** A list of more is no help. */
const MOST_PROBLEMS_SHOWN = 20;

export async function runCertify(options: CertifyOptions, console: Console): Promise<number> {
  const assignment = findAssignment(options.assignment);
  const { knownDerivations, knownHandIns } = await known();
  const templateTexts = await readTemplateTexts(assignment);
  const derivations = judgeDerivations(await knownDerivations(assignment), assignment, templateTexts);
  if (options.onlyDerivations === true) return summariseDerivations(derivations, console);
  const handIns = await knownHandIns(assignment);
  if (options.isolation === 'bubblewrap' && (await requireBox(console.signal)) === null) return exitCodes.interrupted;
  const folder = fixturesFolder(assignment, options.fixtures);
  const key = await openAnswerKey(folder, { basicOnly: false });
  const grading = {
    assignment,
    key,
    language: languages.typescript,
    originals: await readOriginals(assignment),
    templateTexts,
    isolation: options.isolation,
    backend: 'auto' as const,
    warnings: [],
  };
  const restsOn = await foundationsOf(grading);
  console.print(`Grading ${handIns.length} hand-ins whose marks are known, with the fixtures in ${folder}`);
  const started = performance.now();
  let cpuSeconds = 0;
  const progress = startProgress(console, handIns.length, 'Graded');
  const judged = await judgeKnown(handIns, grading, {
    jobs: options.jobs ?? os.availableParallelism(),
    signal: console.signal,
    onJudged: ({ id, kind }, usage) => {
      cpuSeconds += usage.cpuSeconds;
      progress.step(`${kind} ${id}`);
    },
  });
  progress.stop();
  if (console.signal.aborted) {
    console.print('Stopped: nothing was written. A certificate covers every hand-in, so the next run begins anew.');
    return exitCodes.interrupted;
  }
  const certificate: Certificate = { format: CERTIFICATE_FORMAT, assignment: assignment.id, term: key.term, restsOn, problems: [...problemsIn(judged), ...problemsInDerivations(derivations)], handIns: judged.map(entryOf), derivations: [...derivations] };
  const page = path.join(options.out === undefined ? folder : path.resolve(options.out), CERTIFICATE_PAGE);
  await fs.mkdir(path.dirname(page), { recursive: true });
  await writeWhole(page, certificatePage(certificate, assignment, judged));
  // Last, so that where a certificate is, its page is.
  await writeWhole(path.join(folder, CERTIFICATE_FILE), certificateText(certificate));
  console.print(`It took ${((performance.now() - started) / 1000).toFixed(0)} s; the hand-ins used ${cpuSeconds.toFixed(0)} CPU seconds.`);
  for (const { id, reasons } of judged.filter((handIn) => handIn.reasons.length > 0).slice(0, MOST_PROBLEMS_SHOWN)) console.print([`${id} ended as it must not:`, ...reasons].join('\n    '));
  return summarise(certificate, options, folder, page, console);
}

/** What is known of the hand-ins lies in a bundle of its own, with the reference. */
async function known(): Promise<Known> {
  const bundle = path.join(projectRoot, 'dist', 'fixtures.mjs');
  if (!existsSync(bundle)) throw new UsageError('This installation has no reference solutions, so it can grade but not certify fixtures.');
  return (await import(pathToFileURL(bundle).href)) as Known;
}

function entryOf({ id, kind, expected, found, named }: Measured): CertifiedHandIn {
  return { id, kind, expected, found, named };
}

/** How many there were of each kind, and what went wrong. */
function summariseDerivations(derivations: readonly CertifiedDerivation[], console: Console): number {
  const problems = problemsInDerivations(derivations);
  for (const problem of problems) console.print(`  ${problem}`);
  console.print(`${countDerivations(derivations)} ${problems.length === 0 ? 'Each got what it must.' : `NOT as they must be: ${problems.length}.`} Nothing was written.`);
  return problems.length === 0 ? exitCodes.done : exitCodes.needsAttention;
}

function countDerivations(derivations: readonly CertifiedDerivation[]): string {
  const number = (outcome: string): number => derivations.filter(({ expected }) => expected.outcome === outcome).length;
  return `${number('pass')} right derivations, ${number('fail')} wrong ones and ${number('unanswered')} untouched pages were checked line by line.`;
}

function rightWays(number: number): string {
  return `${number} right ${number === 1 ? 'way' : 'ways'}`;
}

function summarise({ assignment, problems, handIns, derivations }: Certificate, { fixtures }: CertifyOptions, folder: string, page: string, console: Console): number {
  const number = (kind: CertifiedHandIn['kind']): number => handIns.filter((handIn) => handIn.kind === kind).length;
  const named = handIns.filter(({ id, kind, named: ids }) => kind === 'misconception' && ids.includes(id)).length;
  console.print('');
  for (const problem of problems.slice(0, MOST_PROBLEMS_SHOWN)) console.print(`  ${problem}`);
  if (problems.length > MOST_PROBLEMS_SHOWN) console.print(`  and ${problems.length - MOST_PROBLEMS_SHOWN} more`);
  console.print(`The reference, the template, ${number('misconception')} known mistakes (${named} named rightly) and ${rightWays(number('right-variant'))} to write a function were graded.`);
  if (derivations.length > 0) console.print(countDerivations(derivations));
  console.print(`  Who lost what   ${page}`);
  console.print(`  Certificate     ${path.join(folder, CERTIFICATE_FILE)}`);
  if (problems.length === 0) {
    console.print(`Certified. Next: elbow grade SUBMISSIONS --assignment ${assignment}${fixtures === undefined ? '' : ` --fixtures ${fixtures}`} --out DIR`);
    return exitCodes.done;
  }
  console.print(`NOT certified (${problems.length === 1 ? '1 problem' : `${problems.length} problems`}). Next: mend the recipe, the tolerance or the comparison they point to, make the fixtures again, and certify them: ${certifyCommand(folder, assignment)}`);
  return exitCodes.needsAttention;
}
