/** Reads the secret that a course's hidden cases are made from, if it is one: long enough, and nobody else's to read. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../paths.ts';
import { UsageError } from './console.ts';

const LEAST_BYTES = 16;

const HOW_TO_MAKE = '(umask 077 && head -c 32 /dev/urandom | base64 > FILE)';

/** The content without the line end that an editor puts there. */
export async function readSecret(file: string): Promise<Uint8Array> {
  const place = path.resolve(file);
  const facts = await fs.stat(place).catch(() => null);
  if (facts === null || !facts.isFile()) throw new UsageError(`There is no secret file ${place}. Make one: ${HOW_TO_MAKE}`);
  if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) {
    throw new UsageError(`Others on this machine can read or change the secret ${place}. Keep it to yourself: chmod 600 ${place}`);
  }
  if (await isInProject(place)) throw new UsageError(`The secret ${place} lies inside the repository, from where it may be published. Keep it elsewhere.`);
  const secret = Buffer.from((await fs.readFile(place, 'latin1')).replace(/[\r\n]+$/, ''), 'latin1');
  if (secret.length < LEAST_BYTES) {
    throw new UsageError(`The secret in ${place} has ${secret.length} bytes, and can be guessed: at least ${LEAST_BYTES} are wanted. Make a longer one: ${HOW_TO_MAKE}`);
  }
  return secret;
}

/** Whether a file, or one yet to be made, lies in the project's folder, whatever links lead there. */
export async function isInProject(place: string): Promise<boolean> {
  const inside = path.relative(await fs.realpath(projectRoot), await realPlace(place));
  return inside === '' || !(inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside));
}

async function realPlace(place: string): Promise<string> {
  const found = await fs.realpath(place).catch(() => null);
  if (found !== null || place === path.dirname(place)) return found ?? place;
  return path.join(await realPlace(path.dirname(place)), path.basename(place));
}
