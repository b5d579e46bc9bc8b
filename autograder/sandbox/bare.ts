/** A plain process: no protection at all. For a student's own code, and for development; says so loudly elsewhere. */
import { resolveEnvironment } from './environment.ts';
import { argumentText, type Command, type Launch } from './launch.ts';

export const BARE_WARNING =
  'Graded without isolation: submitted code could read files, use the network and change this machine. Marks from such a run are not safe to publish.';

export function bareCommand(launch: Launch): Command {
  // Windows hands on no descriptor behind the first three that a program could read like a file.
  const frames = process.platform === 'win32' || process.env['ELBOW_FRAMES'] === 'stdio' ? 'stdio' : 'descriptor';
  return {
    program: launch.program,
    arguments: launch.arguments.map((argument) => argumentText(argument, (file) => file)),
    environment: { ...resolveEnvironment(launch, (file) => file), ...(frames === 'stdio' ? { ELBOW_FRAMES: 'stdio' } : {}) },
    frames,
    inputs: [],
    reportsPid: false,
  };
}
