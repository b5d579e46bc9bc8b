/** The built command, run as a user runs it. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';

export const projectRoot = path.resolve(import.meta.dirname, '../..');

export interface Finished {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export async function elbow(...args: readonly string[]): Promise<Finished> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [path.join(projectRoot, 'bin/elbow.mjs'), ...args], { cwd: projectRoot, reject: false });
  return { code: exitCode, stdout, stderr };
}

/** Every file below a folder, by its path in it. */
export function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [path.relative(folder, file), fs.readFileSync(file)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
