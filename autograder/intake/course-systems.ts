/**
 * How Canvas, Moodle and Gradescope name what they give out: whose it is stands in the names, and that is
 * where it is taken from.
 */
import type { Child } from './collection.ts';
import { METADATA_FILE, submittersIn, timesIn } from './gradescope-metadata.ts';
import { groupBy } from '../group-by.ts';
import type { Part } from './hand-in.ts';
import { shown } from './safe-name.ts';

/** What a collection says of one student's hand-in, before anyone knows the student. */
export interface Claim {
  /** Ids under which the system knows the student, the best first. */
  readonly ids: readonly string[];
  readonly name?: string;
  /** What the name may be where the system writes something in front of it, the likeliest first. */
  readonly orNames?: readonly string[];
  /** The file or folder as it was handed out. */
  readonly source: string;
  readonly parts: readonly Part[];
  /** An instant, where the system says when it was handed in. */
  readonly submittedAt?: string;
}

export interface Claims {
  readonly system: 'Canvas' | 'Moodle' | 'Gradescope';
  readonly claims: readonly Claim[];
  /** What is not named as the system names things. */
  readonly strays: readonly Child[];
  readonly odd: readonly string[];
}

/** `doejane_LATE_123_456_hw2.zip`: last and first name, student, attachment, the student's own name for it. */
const CANVAS = /^([^_]+)(_LATE)?_(\d+)_(\d+)_(.+)$/s;
/** `Jane Doe_123_assignsubmission_file_`, a folder or the beginning of a file's name. */
const MOODLE = /^(.+)_(\d+)_assignsubmission_[a-z]+(?:_(.*))?$/s;
const GRADESCOPE = /^submission_\d+$/;

/** Null where the names are those of no course system. */
export async function courseSystemClaims(children: readonly Child[], isHandIn: (child: Child) => boolean): Promise<Claims | null> {
  const metadata = children.find(({ name, kind }) => name === METADATA_FILE && kind === 'file');
  if (metadata !== undefined) return gradescope(children, (await metadata.read()).toString('utf8'));
  if (children.some(({ name }) => MOODLE.test(name))) return moodle(children);
  // Mostly other folders and archives mean that somebody sorted the hand-ins by student, whatever some are called.
  const loose = children.filter(({ name, kind }) => kind === 'file' && CANVAS.test(name));
  return loose.length > children.filter((child) => isHandIn(child) && !loose.includes(child)).length ? canvas(children) : null;
}

function canvas(children: readonly Child[]): Claims {
  const named = children.map((child) => ({ child, found: child.kind === 'file' ? CANVAS.exec(child.name) : null }));
  const groups = groupBy(named.filter(({ found }) => found !== null), ({ found }) => found?.[3] ?? '');
  const claims = [...groups].map(([id, files]) => ({
    ids: [id],
    name: files[0]?.found?.[1] ?? id,
    source: files[0]?.child.name ?? id,
    parts: files.map(({ child, found }) => ({ ...child.place, name: found?.[5] ?? child.name, version: Number(found?.[4]) })),
  }));
  const late = [...groups].filter(([, files]) => files.some(({ found }) => found?.[2] !== undefined)).map(([id, files]) => `Late, says Canvas: ${shown(files[0]?.found?.[1] ?? '')} (${id})`);
  return { system: 'Canvas', claims, strays: named.filter(({ found }) => found === null).map(({ child }) => child), odd: late };
}

function moodle(children: readonly Child[]): Claims {
  const named = children.map((child) => ({ child, found: MOODLE.exec(child.name) }));
  const groups = groupBy(named.filter(({ found }) => found !== null), ({ found }) => found?.[2] ?? '');
  const claims = [...groups].map(([id, found]) => ({
    ids: [id],
    name: found[0]?.found?.[1] ?? id,
    orNames: withoutGroup(found[0]?.found?.[1] ?? ''),
    source: found[0]?.child.name ?? id,
    parts: found.map(({ child, found: parts }) => ({ ...child.place, name: parts?.[3] === undefined || parts[3] === '' ? child.name : parts[3] })),
  }));
  return { system: 'Moodle', claims, strays: named.filter(({ found }) => found === null).map(({ child }) => child), odd: [] };
}

/** In an assignment for groups Moodle writes `Group 7-Jane Doe`; a hyphen may as well be a part of either name. */
function withoutGroup(name: string): readonly string[] {
  const parts = name.split('-');
  return parts.slice(1).map((_, at) => parts.slice(at + 1).join('-').trim());
}

/** A group is one hand-in and several students: each gets it. */
function gradescope(children: readonly Child[], metadata: string): Claims {
  const submitters = submittersIn(metadata);
  const times = timesIn(metadata);
  const folders = new Map(children.filter(({ name, kind }) => kind === 'folder' && GRADESCOPE.test(name)).map((child) => [child.name, child]));
  const odd: string[] = [];
  const claims = [...folders].flatMap(([source, child]): readonly Claim[] => {
    const students = submitters.get(source) ?? [];
    const parts = [{ ...child.place, name: source }];
    const submittedAt = times.get(source);
    const when = submittedAt === undefined ? {} : { submittedAt };
    if (students.length === 0) {
      odd.push(`No student is named for ${source} in ${METADATA_FILE}`);
      return [{ ids: [source], source, parts, ...when }];
    }
    if (students.length > 1) odd.push(`Handed in together: ${students.map(({ name, sid, email }) => shown(name ?? sid ?? email ?? source)).join(', ')} (${source})`);
    return students.map(({ name, sid, email }, at) => ({
      ids: [...[sid, email].filter((id) => id !== undefined), students.length === 1 ? source : `${source}-${at + 1}`],
      ...(name === undefined ? {} : { name }),
      source,
      parts,
      ...when,
    }));
  });
  odd.push(...[...submitters.keys()].filter((name) => !folders.has(name)).map((name) => `Named in ${METADATA_FILE}, but there is no folder: ${shown(name)}`));
  return { system: 'Gradescope', claims, strays: children.filter(({ name }) => !folders.has(name) && name !== METADATA_FILE), odd };
}
