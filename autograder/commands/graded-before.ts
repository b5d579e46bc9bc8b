/**
 * What the machine said of each hand-in, kept as it was said: before any person's mark and any rule of the
 * term. So a rerun grades only what changed, one that was stopped goes on where it stopped, and marks can be
 * put in without grading a class again.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { SubmissionResult } from '../../contract/result.ts';
import { parser, type Static, Type } from '../../contract/schema.ts';
import type { Intake, ResultFile } from '../../contract/submission.ts';
import { hashOf } from '../answer-key/certificate.ts';
import type { Graded } from '../pipeline.ts';
import { type OutputFolder, writeWhole } from './output-folder.ts';

const Kept = Type.Object(
  {
    /** Of all that was read from the hand-in. */
    handIn: Type.String(),
    /** Of all else that the verdict rests on. */
    restsOn: Type.String(),
    result: SubmissionResult,
    usage: Type.Object({ cpuSeconds: Type.Number(), wallSeconds: Type.Number() }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
type Kept = Static<typeof Kept>;

export interface GradedBefore {
  /** Null where there is no verdict of this student. */
  readonly of: (student: string) => (Graded & { readonly handIn: string; readonly isCurrent: boolean }) | null;
  /** @param isWhole false where a part of it is of an earlier state of things: then it is good until the next whole grading only. */
  readonly keep: (intake: Intake, graded: Graded, isWhole: boolean) => Promise<void>;
}

const parseKept = parser('a kept verdict', Kept);

/** @param restsOn what the verdicts of this run rest on, as one hash. */
export async function openGradedBefore(out: OutputFolder, students: readonly string[], restsOn: string): Promise<GradedBefore> {
  const folder = machineFolder(out);
  await fs.mkdir(folder, { recursive: true });
  const known = new Map<string, Kept>();
  for (const student of students) {
    const kept = await readKept(path.join(folder, `${student}.json`));
    if (kept !== null) known.set(student, kept);
  }
  return {
    of: (student) => {
      const kept = known.get(student);
      return kept === undefined ? null : { result: kept.result, usage: kept.usage, handIn: kept.handIn, isCurrent: kept.restsOn === restsOn };
    },
    keep: (intake, { result, usage }, isWhole) => {
      const whole: Kept = { handIn: hashOfIntake(intake), restsOn, result, usage };
      // What the rest of it was given for is still what it was given for.
      const kept = isWhole ? whole : { ...whole, handIn: known.get(result.student.id)?.handIn ?? whole.handIn, restsOn: 'several states' };
      return writeWhole(path.join(folder, `${result.student.id}.json`), `${JSON.stringify(kept)}\n`);
    },
  };
}

export function machineFolder({ staff }: Pick<OutputFolder, 'staff'>): string {
  return path.join(staff, 'machine');
}

/** Whose it is and where it lay are no part of it. */
export function hashOfIntake(intake: Intake): string {
  if (intake.kind === 'refused') return hashOf(['refused', intake.refusal.reason]);
  const { code, written, attachments, results, notes } = intake.submission;
  return hashOf([code, written, attachments, results.map(hashOfResult), notes]);
}

function hashOfResult({ path: name, content }: ResultFile): readonly string[] {
  return [name, content.kind === 'bytes' ? createHash('sha256').update(content.bytes).digest('hex') : content.problem];
}

/** One that cannot be read, or is of another version of elbow, is none. */
async function readKept(file: string): Promise<Kept | null> {
  try {
    return parseKept(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
