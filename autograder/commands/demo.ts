/** `elbow demo`: grades the bundled example batch and says where the reports are. */
import path from 'node:path';
import { isolationTier } from '../host/host.ts';
import { projectRoot } from '../paths.ts';
import { type Console, exitCodes } from './console.ts';
import { runGrade } from './grade.ts';

export interface DemoOptions {
  readonly out: string;
  readonly jobs?: number;
  readonly fresh?: boolean;
}

export async function runDemo(options: DemoOptions, console: Console): Promise<number> {
  const examples = path.join(projectRoot, 'examples', 'cs236-hw2');
  const { tier, why, cure } = await isolationTier();
  if (tier === 3) {
    // The examples are our own and do no harm, so the demo may run where a class may not.
    console.print(`No sandbox here (${why.join('; ')}), so the demo runs without one. To grade a class: ${cure}`);
  }
  console.print(`Grading the example batch in ${examples} (some of these hand-ins misbehave on purpose).`);
  const code = await runGrade(
    [examples],
    {
      assignment: 'cs236-hw2',
      out: options.out,
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      students: path.join(projectRoot, 'examples', 'cs236-hw2-students.csv'),
      backend: 'auto',
      isolation: tier < 3 ? 'bubblewrap' : 'none',
      ...(options.fresh === undefined ? {} : { fresh: options.fresh }),
      demo: true,
      uncertified: false,
    },
    console,
  );
  console.print('');
  console.print('Open the class page in a browser, or see what each example shows in examples/README.md.');
  // A hand-in that is refused is part of the show; only a stop or a fault of ours is a failure.
  return code === exitCodes.needsAttention ? exitCodes.done : code;
}
