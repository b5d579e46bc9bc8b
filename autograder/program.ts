/**
 * A program of elbow around its commands: printing, Ctrl-C, exit code. The only file of the grader that
 * prints or exits.
 */
import { Command, CommanderError } from 'commander';
import { FixtureError } from './answer-key/answer-key.ts';
import { type Console, exitCodes, MachineError, UsageError } from './commands/console.ts';
import { fileTrouble } from './commands/file-trouble.ts';
import { IntakeError } from './intake/intake.ts';
import { killEveryChild } from './sandbox/sandbox.ts';

const interruption = new AbortController();

export const console: Console = {
  print: (line) => void process.stdout.write(`${line}\n`),
  draw: (text) => void process.stdout.write(text),
  interactive: process.stdout.isTTY === true,
  signal: interruption.signal,
};

/** The command without any subcommand. `afterError`: where its user finds what is right. */
export function program(description: string, afterError: string): Command {
  return new Command('elbow')
    .description(description)
    .version('0.1.0')
    .showHelpAfterError(afterError)
    .exitOverride()
    .configureOutput({ writeErr: (text) => void process.stderr.write(text) });
}

/** What the action of a subcommand does with it. */
export async function run(command: () => Promise<number>): Promise<void> {
  process.exitCode = await command();
}

/** Reads the arguments and does what they say. */
export async function start(elbow: Command): Promise<void> {
  // `elbow ... | head` closes our output early: that is no fault.
  process.stdout.on('error', () => process.exit(exitCodes.done));
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    await elbow.parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** The first Ctrl-C stops starting and lets files be finished; the second ends at once. */
function interrupt(): void {
  killEveryChild();
  if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
  interruption.abort();
}

/** Whose mistake it was decides what is printed: a sentence for the user's, everything for ours. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof UsageError || error instanceof IntakeError || error instanceof FixtureError) {
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
  const machine = error instanceof MachineError ? error.message : fileTrouble(error);
  if (machine !== null) {
    process.stderr.write(`${machine}\n`);
    return exitCodes.ourFault;
  }
  process.stderr.write(`elbow itself failed; this is not the fault of any hand-in.\n${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.ourFault;
}
