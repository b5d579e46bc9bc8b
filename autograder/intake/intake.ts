/**
 * The door of intake: from a zip or folder to a submission of plain texts, or to a refusal whose
 * reason the student can act on. A student's mistake is always a value; what is thrown is either
 * the grader's user's mistake (IntakeError) or a fault of the machine.
 */
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { HandInRules } from '../../contract/rubric.ts';
import type { Intake } from '../../contract/submission.ts';
import { archiveKind, headBytes } from './archive-kind.ts';
import { isAttachment } from './attachments.ts';
import type { HandIn } from './find-hand-ins.ts';
import { type Picked, pick } from './hand-in-rules.ts';
import { type IntakeLimits, intakeLimits } from './intake-limits.ts';
import type { Entry } from './listing.ts';
import { Refused } from './problems.ts';
import { listFolder } from './read-folder.ts';
import { listed, shown } from './safe-name.ts';
import { listZip } from './unzip.ts';

export { compareWithList, findHandIns, type FindOptions, type HandIn, looseFiles } from './find-hand-ins.ts';
export { type IntakeLimits, intakeLimits } from './intake-limits.ts';
export { IntakeError } from './problems.ts';
export { readStudentList, type StudentList } from './student-list.ts';

export async function readHandIn(handIn: HandIn, rules: HandInRules, limits: IntakeLimits = intakeLimits): Promise<Intake> {
  const { student, source } = handIn;
  try {
    const picked = await read(handIn.path, rules, limits);
    return { kind: 'submission', submission: { student, source, ...picked } };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', refusal: { student, source, reason: error.message } };
    throw error;
  }
}

async function read(path: string, rules: HandInRules, limits: IntakeLimits): Promise<Picked> {
  const stats = await lstat(path);
  if (stats.isFile()) return readArchive(path, rules, limits);
  if (stats.isDirectory()) return readFolder(path, rules, limits);
  const what = stats.isSymbolicLink() ? 'a link to another place' : 'neither a zip nor a folder';
  throw new Refused(`${shown(basename(path))} is ${what}. Hand in the zip or folder itself.`);
}

/** Course systems often hand out a folder for each student with the zip in it, and perhaps a PDF beside. */
async function readFolder(path: string, rules: HandInRules, limits: IntakeLimits): Promise<Picked> {
  const listing = await listFolder(path, limits);
  const zips = listing.entries.filter(isZip);
  const [zip, second] = zips;
  const asked = new Set([...rules.code, ...rules.written]);
  if (zip === undefined || listing.entries.some((entry) => asked.has(basename(entry.path)) || asked.has(entry.path))) return pick(listing, rules, limits);
  if (second !== undefined) throw new Refused(`The folder holds several zips (${listed(zips.map((entry) => entry.path))}), and it is not clear which one counts. Keep only the last.`);
  const picked = await readArchive(zip.place, rules, limits);
  const beside = listing.entries.map((entry) => entry.path).filter(isAttachment);
  return { ...picked, attachments: [...picked.attachments, ...beside.map(shown)] };
}

function isZip(entry: Entry): boolean {
  return entry.kind === 'file' && /\.zip$/i.test(entry.path);
}

async function readArchive(path: string, rules: HandInRules, limits: IntakeLimits): Promise<Picked> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    const name = shown(basename(path));
    if (size === 0) throw new Refused(`${name} is empty (0 bytes): the upload was probably cut off. Hand it in once more.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const kind = archiveKind(buffer.subarray(0, bytesRead));
    if (kind !== null && kind !== 'zip') {
      throw new Refused(`${name} is ${kind}, which is not read. Put your files into a .zip (or a plain folder) and hand that in.`);
    }
    return await pick(await listZip(file, size, limits), rules, limits);
  } finally {
    await file.close();
  }
}
