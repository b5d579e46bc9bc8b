/** The paths inside an archive: which stay within the hand-in, and what they mean. */
import type { IntakeLimits } from './intake-limits.ts';
import { Refused } from './problems.ts';
import { shown } from './safe-name.ts';

export const MAKE_AGAIN = "Make the zip again with your system's own zip command and hand it in once more.";

/**
 * Windows tools of old (PowerShell 5 among them) write backslashes between folders; they are read
 * as what they mean, and then held to the same rules as slashes.
 */
export function safePath(name: string, limits: IntakeLimits, archive: 'zip' | 'tar'): string {
  const path = name.replaceAll('\\', '/').normalize('NFC');
  if (name.includes('\0')) throw new Refused(`The ${archive} holds a file whose name contains a NUL character ("${shown(name)}"). ${MAKE_AGAIN}`);
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) {
    throw new Refused(`The ${archive} holds "${shown(name)}", an absolute path: it names a place on a computer instead of one inside the hand-in. ${MAKE_AGAIN}`);
  }
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new Refused(`The ${archive} holds "${shown(name)}", a path that leads out of the hand-in. ${MAKE_AGAIN}`);
  if (Buffer.byteLength(path) > limits.pathBytes) {
    throw new Refused(`The ${archive} holds a path longer than ${limits.pathBytes} bytes ("${shown(name)}"). Shorten the names and make the zip again.`);
  }
  return parts.join('/');
}
