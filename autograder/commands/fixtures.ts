/**
 * `elbow fixtures generate|verify`. Making fixtures needs the reference, which lies in a bundle of its own:
 * a grader deployed without it says so instead of failing to start.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../paths.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { findAssignment, fixturesFolder } from './course-files.ts';

export interface FixtureOptions {
  readonly assignment: string;
  readonly out?: string;
  readonly term: string;
  readonly seed: number;
}

/** What fixtures/fixtures.ts exports; stated here because the autograder never imports the reference. */
interface FixtureMaker {
  readonly generate: (options: {
    assignment: string;
    folder: string;
    term: string;
    seed: number;
    isPublic: boolean;
    onTask: (task: string) => void;
  }) => Promise<readonly string[]>;
  readonly verify: (assignment: string, folder: string, onTask: (task: string) => void) => Promise<readonly { file: string; problem: string }[]>;
}

export async function runGenerate(options: FixtureOptions, console: Console): Promise<number> {
  const { assignment, folder, maker } = await prepare(options);
  const { term, seed } = options;
  const names = await maker.generate({ assignment, folder, term, seed, isPublic: true, onTask: (task) => console.print(`  ${task}`) });
  console.print(`Wrote ${names.length} files for term '${term}', seed ${seed}, to ${folder}`);
  console.print(`Next: elbow fixtures verify --assignment ${assignment}${options.out === undefined ? '' : ` --out ${options.out}`}`);
  return exitCodes.done;
}

export async function runVerify(options: Omit<FixtureOptions, 'term' | 'seed'>, console: Console): Promise<number> {
  const { assignment, folder, maker } = await prepare(options);
  if (!existsSync(path.join(folder, 'manifest.json'))) {
    throw new UsageError(`There are no fixtures in ${folder}. Make them: elbow fixtures generate --assignment ${assignment}`);
  }
  const differences = await maker.verify(assignment, folder, (task) => console.print(`  ${task}`));
  for (const { file, problem } of differences) console.print(`${problem}: ${path.join(folder, file)}`);
  if (differences.length > 0) {
    console.print(`These fixtures are not what the reference gives. If the reference was meant to change, make them again: elbow fixtures generate --assignment ${assignment}`);
    return exitCodes.needsAttention;
  }
  console.print(`Every byte in ${folder} is what the reference gives.`);
  console.print(`Next: elbow grade SUBMISSIONS --assignment ${assignment} --out DIR`);
  return exitCodes.done;
}

async function prepare({ assignment: id, out }: { assignment: string; out?: string }): Promise<{ assignment: string; folder: string; maker: FixtureMaker }> {
  const assignment = findAssignment(id);
  const bundle = path.join(projectRoot, 'dist', 'fixtures.mjs');
  if (!existsSync(bundle)) throw new UsageError('This installation has no reference solutions, so it can grade but not make or verify fixtures.');
  const maker = (await import(pathToFileURL(bundle).href)) as FixtureMaker;
  return { assignment: assignment.id, folder: fixturesFolder(assignment, out), maker };
}
