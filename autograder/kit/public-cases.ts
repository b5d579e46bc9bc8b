/**
 * The part of a fixture set that students may have. Everything is built anew from what is listed here, and
 * nothing is copied and then cut: what a fixture file or folder gains one day stays out until it is named.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { FixtureFile, FixtureManifest } from '../../contract/fixture.ts';
import type { Assignment } from '../../contract/rubric.ts';
import { decodeSafetensors, encodeSafetensors } from '../../contract/safetensors.ts';
import { parser } from '../../contract/schema.ts';

export interface KitFile {
  /** In the zip, with forward slashes. */
  readonly name: string;
  readonly bytes: Buffer;
  readonly executable?: boolean;
}

const parseManifest = parser('the fixture manifest', FixtureManifest);
const parseCases = parser('a fixture file', FixtureFile);

/** The basic cases of every question that has any, and a manifest of them. Statistics only of a set that is public as a whole. */
export async function publicCases(assignment: Assignment, folder: string): Promise<readonly KitFile[]> {
  const manifest = parseManifest(JSON.parse(await fs.readFile(path.join(folder, 'manifest.json'), 'utf8')));
  const files: KitFile[] = [];
  for (const { id } of assignment.questions) {
    if (!Object.hasOwn(manifest.files, `${id}.json`)) continue;
    const whole = parseCases(JSON.parse(await fs.readFile(path.join(folder, `${id}.json`), 'utf8')));
    const cases = basicCases(whole, manifest.public);
    files.push({ name: `${id}.json`, bytes: Buffer.from(JSON.stringify(cases)) });
    const stored = storedIn(cases);
    if (stored.size > 0) files.push({ name: `${id}.safetensors`, bytes: await onlyTensors(path.join(folder, `${id}.safetensors`), stored) });
  }
  return [...files, { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifestOf(manifest, files), null, 2)}\n`) }];
}

function basicCases({ format, assignment, question, tasks, statistics }: FixtureFile, isPublic: boolean): FixtureFile {
  const basic = Object.entries(tasks).map(([task, cases]) => [task, cases.filter(({ visibility }) => visibility === 'basic')] as const);
  return { format, assignment, question, tasks: Object.fromEntries(basic), ...(isPublic && statistics !== undefined ? { statistics: withoutMistakes(statistics) } : {}) };
}

/** Which known mistakes the statistics cannot see is for staff. */
function withoutMistakes(statistics: NonNullable<FixtureFile['statistics']>): NonNullable<FixtureFile['statistics']> {
  return Object.fromEntries(Object.entries(statistics).map(([task, entry]) => [task, { ...entry, exactOnly: [] }]));
}

/** The seed stays behind: with it and the recipes every hidden case can be made again. */
function manifestOf({ format, assignment, term, engine }: FixtureManifest, files: readonly KitFile[]): FixtureManifest {
  const hashes = files.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')] as const);
  return { format, assignment, term, seed: null, public: true, engine, files: Object.fromEntries(hashes) };
}

async function onlyTensors(file: string, wanted: ReadonlySet<string>): Promise<Buffer> {
  const tensors = decodeSafetensors(await fs.readFile(file));
  return Buffer.from(encodeSafetensors(new Map([...tensors].filter(([name]) => wanted.has(name)))));
}

/** The names of all tensors that stand in the file beside. */
function storedIn(value: unknown): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  if ('stored' in value && typeof value.stored === 'string') return new Set([value.stored]);
  return new Set(Object.values(value).flatMap((part) => [...storedIn(part)]));
}
