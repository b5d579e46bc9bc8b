// Where the project lies. This code runs from its sources under vitest and bundled in dist/ for users, at
// different depths, so the folder is searched for rather than counted up to.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the project, and of the checker in a student's kit. */
const OWN_NAMES: ReadonlySet<unknown> = new Set(['elbow-grader', 'elbow-checker']);

export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Whether this is a student's kit, which can check and pack and nothing else. */
export const isKit = nameIn(join(projectRoot, 'package.json')) === 'elbow-checker';

function findRoot(folder: string): string {
  const manifest = join(folder, 'package.json');
  // Every student template has a package.json too: only ours carries this name.
  if (existsSync(manifest) && OWN_NAMES.has(nameIn(manifest))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json of elbow above the running code: it was moved out of its folder.');
  return findRoot(parent);
}

function nameIn(manifest: string): unknown {
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
}
