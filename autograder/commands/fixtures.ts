/**
 * `elbow fixtures generate|verify`. Making fixtures needs the reference, which lies in a bundle of its own:
 * a grader deployed without it says so instead of failing to start.
 */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../paths.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { findAssignment, fixturesFolder } from './course-files.ts';
import { isInProject, readSecret } from './secret-file.ts';

export interface FixtureOptions {
  readonly assignment: string;
  readonly out?: string;
  readonly term: string;
  readonly seed: number;
  /** Cases that nobody can make who does not have this file. */
  readonly secretFile?: string;
}

type Origin = { readonly kind: 'seed'; readonly seed: number } | { readonly kind: 'secret'; readonly secret: Uint8Array };

/** What fixtures/fixtures.ts exports; stated here because the autograder never imports the reference. */
interface FixtureMaker {
  readonly generate: (options: {
    assignment: string;
    folder: string;
    term: string;
    origin: Origin;
    onTask: (task: string) => void;
    onNote: (note: string) => void;
  }) => Promise<readonly string[]>;
  readonly verify: (
    assignment: string,
    folder: string,
    onTask: (task: string) => void,
    secret?: Uint8Array,
  ) => Promise<readonly { file: string; problem: string }[] | 'needs-secret' | 'another-secret'>;
}

export async function runGenerate(options: FixtureOptions, console: Console): Promise<number> {
  const { assignment, folder, maker } = await prepare(options);
  const { term, seed, secretFile } = options;
  const origin = secretFile === undefined ? ({ kind: 'seed', seed } as const) : await secretOrigin(secretFile, options.out, folder);
  await refuseForeignFiles(folder);
  const names = await maker.generate({
    assignment,
    folder,
    term,
    origin,
    onTask: (task) => console.print(`  ${task}`),
    onNote: (note) => console.print(`    ${note}`),
  });
  const from = origin.kind === 'seed' ? `seed ${seed}` : 'from your secret';
  console.print(`Wrote ${names.length} files for term '${term}', ${from}, to ${folder}`);
  console.print(`Next: elbow fixtures verify --assignment ${assignment}${options.out === undefined ? '' : ` --out ${options.out}`}${secretFile === undefined ? '' : ` --secret-file ${secretFile}`}`);
  return exitCodes.done;
}

export async function runVerify(options: Omit<FixtureOptions, 'term' | 'seed'>, console: Console): Promise<number> {
  const { assignment, folder, maker } = await prepare(options);
  if (!existsSync(path.join(folder, 'manifest.json'))) {
    throw new UsageError(`There are no fixtures in ${folder}. Make them: elbow fixtures generate --assignment ${assignment}`);
  }
  const secret = options.secretFile === undefined ? undefined : await readSecret(options.secretFile);
  const differences = await maker.verify(assignment, folder, (task) => console.print(`  ${task}`), secret);
  if (differences === 'needs-secret') throw new UsageError(`The fixtures in ${folder} were made from a secret. Say where it is: --secret-file FILE`);
  if (differences === 'another-secret') throw new UsageError(`The fixtures in ${folder} were made from another secret than ${options.secretFile}, or their manifest was changed.`);
  for (const { file, problem } of differences) console.print(`${problem}: ${path.join(folder, file)}`);
  if (differences.length > 0) {
    console.print(`These fixtures are not what the reference gives. If the reference was meant to change, make them again: elbow fixtures generate --assignment ${assignment}`);
    return exitCodes.needsAttention;
  }
  console.print(`Every byte in ${folder} is what the reference gives.`);
  console.print(`Next: elbow fixtures certify --assignment ${assignment}${options.out === undefined ? '' : ` --fixtures ${options.out}`}`);
  return exitCodes.done;
}

async function secretOrigin(file: string, out: string | undefined, folder: string): Promise<Origin> {
  if (out === undefined || (await isInProject(folder))) {
    throw new UsageError(`Hidden cases never lie inside the repository, where they would be published with it. Say where to put them: --out DIR, a folder outside ${projectRoot}`);
  }
  return { kind: 'secret', secret: await readSecret(file) };
}

/** The folder is replaced whole, so nothing may lie in it that is not part of a fixture set. */
async function refuseForeignFiles(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch((): string[] => []);
  const foreign = names.find((name) => !/^(manifest|helpers(\.[a-z]+)?|certificate|[\w-]+(\.mistakes)?)\.(json|html|safetensors)$/.test(name));
  if (foreign === undefined && (names.length === 0 || names.includes('manifest.json'))) return;
  throw new UsageError(`${folder} holds ${foreign ?? names[0]}, which is no part of a fixture set, and would be deleted. Choose an empty or a new folder with --out.`);
}

async function prepare({ assignment: id, out }: { assignment: string; out?: string }): Promise<{ assignment: string; folder: string; maker: FixtureMaker }> {
  const assignment = findAssignment(id);
  const bundle = path.join(projectRoot, 'dist', 'fixtures.mjs');
  if (!existsSync(bundle)) throw new UsageError('This installation has no reference solutions, so it can grade but not make or verify fixtures.');
  const maker = (await import(pathToFileURL(bundle).href)) as FixtureMaker;
  return { assignment: assignment.id, folder: fixturesFolder(assignment, out), maker };
}
