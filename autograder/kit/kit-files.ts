/** How the files of a kit are gathered. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Assignment } from '../../contract/rubric.ts';
import type { KitFile } from './public-cases.ts';

export interface KitSources {
  /** The project, or the place it was deployed to. */
  readonly root: string;
  readonly fixtures: string;
}

/** The template's folder below student-template. Null: the language that the assignment is written for. */
export function templateFolder({ id }: Pick<Assignment, 'id'>, language: string | null): string {
  return language === null ? id : `${id}-${language}`;
}

export type Json = Readonly<Record<string, unknown>>;

export async function readJson(file: string): Promise<Json> {
  return JSON.parse(await fs.readFile(file, 'utf8')) as Json;
}

export function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

export function inFolder(folder: string, files: readonly KitFile[]): readonly KitFile[] {
  return files.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes }));
}

/** What somebody left in the folder while trying it out is no part of the template. */
export async function filesBelow(folder: string, below = ''): Promise<readonly KitFile[]> {
  const entries = await fs.readdir(path.join(folder, below), { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules' && name !== 'package-lock.json' && !name.endsWith('.zip'))
    .map(async (entry) => {
      const name = path.posix.join(below, entry.name);
      if (entry.isDirectory()) return filesBelow(folder, name);
      return entry.isFile() ? [{ name, bytes: await fs.readFile(path.join(folder, name)) }] : [];
    });
  return (await Promise.all(found)).flat();
}
