// Remembers what could not be had, so that later runs do not wait for the same refusal again.
// Forgotten after a day, or as soon as anything that might change the outcome has changed.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const aDay = 24 * 60 * 60 * 1000;

// A hash, because proxy settings may hold a password.
export function fingerprint(...facts) {
  const settings = Object.entries(process.env).filter(([name]) => /^pip_|_proxy$|^tfjs_node_|^cdn_storage$/i.test(name));
  return createHash('sha256').update(JSON.stringify([facts, settings.toSorted()])).digest('hex');
}

export function recallFailure(cache, what, environment) {
  try {
    const failure = JSON.parse(readFileSync(file(cache, what), 'utf8'));
    const age = Date.now() - failure.at;
    return failure.environment === environment && age >= 0 && age < aDay ? failure.reason : undefined;
  } catch {
    return undefined;
  }
}

export function rememberFailure(cache, what, environment, reason) {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(file(cache, what), JSON.stringify({ at: Date.now(), environment, reason }));
  } catch {
    // Nowhere to write: the next run simply tries again.
  }
}

export function forgetFailure(cache, what) {
  rmSync(file(cache, what), { force: true });
}

function file(cache, what) {
  return join(cache, `${what}-failed.json`);
}
