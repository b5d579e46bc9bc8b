/** `elbow gradescope-run`: what the autograder's container does with one submission. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { parser, Type } from '../../contract/schema.ts';
import { openAnswerKey } from '../answer-key/answer-key.ts';
import { gradescopeMachineResults } from '../export/export.ts';
import { isolationTier } from '../host/host.ts';
import { readHandIn } from '../intake/intake.ts';
import { languages } from '../languages/languages.ts';
import { gradeIntake } from '../pipeline.ts';
import { requireCertificate } from './certification.ts';
import { type Console, exitCodes } from './console.ts';
import { findAssignment, fixturesFolder, readOriginals, readTemplateTexts } from './course-files.ts';
import { isFor, readNames } from './names-file.ts';
import { inOtherLanguages } from './other-languages.ts';
import { writeWhole } from './output-folder.ts';

export interface GradescopeRunOptions {
  readonly assignment: string;
  readonly root: string;
  /** What the course calls the functions. */
  readonly names?: string;
}

/** Only what is used of it. */
const Metadata = Type.Object({ users: Type.Array(Type.Object({ id: Type.Union([Type.Number(), Type.String()]), name: Type.Optional(Type.String()) })) });
const parseMetadata = parser('submission_metadata.json', Metadata);

export async function runGradescope(options: GradescopeRunOptions, console: Console): Promise<number> {
  const plain = findAssignment(options.assignment);
  const assignment = options.names === undefined ? plain : isFor(await readNames(options.names), plain.id, options.names);
  const { tier, why } = await isolationTier();
  console.print(tier < 3 ? `Isolation tier ${tier}: bubblewrap (${why.join('; ')})` : `Isolation tier 3: this container lets no box be made (${why.join('; ')}).`);
  // Students do not see what is printed here.
  if (tier === 3) console.print('Submitted code runs as an ordinary user who cannot read the answers, without files and programs of its own, but its memory and network are bounded by the container alone.');
  const fixtures = fixturesFolder(assignment, undefined);
  const key = await openAnswerKey(fixtures, { basicOnly: false });
  const judging = {
    assignment,
    key,
    otherLanguages: await inOtherLanguages(assignment, key),
    language: languages.typescript,
    originals: await readOriginals(assignment),
    templateTexts: await readTemplateTexts(assignment),
    isolation: tier < 3 ? ('bubblewrap' as const) : ('none' as const),
    backend: 'auto' as const,
  };
  const warnings = await requireCertificate(fixtures, { ...judging, assignment: plain }, true);
  for (const warning of warnings) console.print(`WARNING: ${warning}`);
  const submission = path.join(options.root, 'submission');
  const [user] = parseMetadata(JSON.parse(await fs.readFile(path.join(options.root, 'submission_metadata.json'), 'utf8'))).users;
  const student = { id: String(user?.id ?? 'student'), ...(user?.name === undefined ? {} : { name: user.name }) };
  const intake = await readHandIn({ student, source: 'submission', path: submission }, assignment.handIn);
  const { result } = await gradeIntake(intake, { ...judging, warnings });
  const content = gradescopeMachineResults(result, { tier, why });
  if (content === null) {
    console.print('Something could not be graded because of a fault on this side, so no results are written: a zero would be wrong. Run the autograder again for this submission.');
    return exitCodes.ourFault;
  }
  await fs.mkdir(path.join(options.root, 'results'), { recursive: true });
  await writeWhole(path.join(options.root, 'results', 'results.json'), `${JSON.stringify(content, null, 2)}\n`);
  return exitCodes.done;
}
