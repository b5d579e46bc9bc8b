/** What `grade` and `fixtures certify` agree on: which parts a certificate rests on, and that none is used without one. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Foundations } from '../../contract/certificate.ts';
import { parser, Type } from '../../contract/schema.ts';
import { flawOf, hashOf, readCertificate } from '../answer-key/certificate.ts';
import type { Grading } from '../pipeline.ts';
import { projectRoot } from '../paths.ts';
import { UsageError } from './console.ts';

type Judging = Pick<Grading, 'assignment' | 'key' | 'originals' | 'templateTexts'>;

const parseHashes = parser('dist/judgement.json', Type.Object({ child: Type.String(), judgement: Type.String() }, { additionalProperties: false }));

/** The hashes of the programs are taken when they are bundled: a deployed grader has no sources to look at. */
export async function foundationsOf({ assignment, key, originals, templateTexts }: Judging): Promise<Foundations> {
  const { child, judgement } = parseHashes(JSON.parse(await fs.readFile(path.join(projectRoot, 'dist', 'judgement.json'), 'utf8')));
  return { fixtures: key.hash, assignment: hashOf([assignment, originals, templateTexts]), child, judgement };
}

/** What every page must say. @throws UsageError where the fixtures are not certified and nobody said to go on. */
export async function requireCertificate(folder: string, judging: Judging, uncertified: boolean): Promise<readonly string[]> {
  const flaw = flawOf(await readCertificate(folder), await foundationsOf(judging));
  if (flaw === null) return [];
  if (uncertified) return [`The fixtures are not certified, so marks may be wrong. ${flaw}`];
  throw new UsageError(
    `The fixtures in ${folder} are not certified. ${flaw}\nCertify them (it takes minutes): ${certifyCommand(folder, judging.assignment.id)}\nOr go on without, and have every page say so: --uncertified`,
  );
}

export function certifyCommand(folder: string, assignment: string): string {
  const own = folder === path.join(projectRoot, 'fixtures', assignment);
  return `elbow fixtures certify --assignment ${assignment}${own ? '' : ` --fixtures ${folder}`}`;
}
