/**
 * Who handed in what, from a Gradescope export's submission_metadata.yml. Of YAML only the shape that
 * Gradescope writes is read: a submission a block, its submitters a list of plain or quoted scalars.
 */

import { instantOf } from './submission-time.ts';

export const METADATA_FILE = 'submission_metadata.yml';

export interface Submitter {
  readonly name?: string;
  readonly sid?: string;
  readonly email?: string;
}

/** By the name of the submission's folder. */
export function submittersIn(yaml: string): ReadonlyMap<string, readonly Submitter[]> {
  const found = new Map<string, Record<string, string>[]>();
  let submitters: Record<string, string>[] | undefined;
  let list: Record<string, string>[] | undefined;
  for (const line of yaml.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const block = /^(submission_\d+):\s*$/.exec(line)?.[1];
    if (block !== undefined) {
      submitters = [];
      list = undefined;
      found.set(block, submitters);
      continue;
    }
    // The list's own lines are "  - :name: x" and "    :sid: x"; any other key of the submission ends it.
    if (/^ {2}:\w+:/.test(line)) list = /^ {2}:submitters:\s*$/.test(line) ? submitters : undefined;
    const item = /^ {2,4}(- )? *:(name|sid|email):(.*)$/.exec(line);
    if (item === null || list === undefined) continue;
    if (item[1] !== undefined) list.push({});
    const value = scalar(item[3] ?? '');
    const last = list.at(-1);
    if (last !== undefined && value !== '') last[item[2] ?? ''] = value;
  }
  return found;
}

/** When each submission was handed in, by the name of its folder. */
export function timesIn(yaml: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let submission: string | undefined;
  for (const line of yaml.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    submission = /^(submission_\d+):\s*$/.exec(line)?.[1] ?? submission;
    const created = /^ {2}:created_at:(.*)$/.exec(line)?.[1];
    const time = created === undefined ? null : instantOf(created);
    if (submission !== undefined && time !== null) found.set(submission, time);
  }
  return found;
}

function scalar(text: string): string {
  const value = text.trim();
  if (/^'.*'$/s.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/s.test(value)) return value === '~' || value === 'null' ? '' : value;
  // YAML's double quotes are JSON's and more; \x and \e are what Ruby writes beside them.
  const json = value.replaceAll(/\\x([0-9a-f]{2})/gi, '\\u00$1').replaceAll('\\e', '\\u001b');
  try {
    return String(JSON.parse(json));
  } catch {
    return value.slice(1, -1);
  }
}
