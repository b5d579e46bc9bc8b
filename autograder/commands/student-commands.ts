/** The commands a student needs, with their options: the same in the whole program and in the kit. */
import type { Command } from 'commander';
import { type CheckOptions, runCheck } from './check.ts';
import type { Console } from './console.ts';
import { type DeriveOptions, runDerive } from './derive.ts';
import { type DoctorOptions, runDoctor } from './doctor.ts';
import { inspectStarter } from './inspect-starter.ts';
import { type PackOptions, runPack } from './pack.ts';
import { addPlotCommand } from './plot-command.ts';
import { addTrainCommand } from './train-command.ts';

/** @param run what the program does with the exit code of a command. */
export function addStudentCommands(elbow: Command, console: Console, run: (command: () => Promise<number>) => Promise<void>): void {
  elbow
    .command('check')
    .description('check your own work, in the folder of your hand-in')
    .argument('[folder]', 'the folder of your hand-in', '.')
    .option('--task <part-of-id>', 'only the tasks whose id has this in it')
    .option('--watch', 'check again after every save', false)
    .option('--assignment <id>', 'which homework, where the folder does not tell')
    .option('--fixtures <dir>', 'fixtures to check with (default: those that come with elbow)')
    .option('--names <file>', 'what your course calls the functions (default: names.json of the folder, if there is one)')
    .option('--data <dir>', 'a folder with the files of MNIST, for checkpoints that were trained on it')
    .addHelpText(
      'after',
      `
Examples:
  elbow check
  elbow check --task sample-gaussian
  elbow check --watch

Runs the basic cases only; the course has more. Nothing is sent anywhere.
Exit code: 0 all that can be checked is right, 1 something is not, 64 wrong usage.`,
    )
    .action((folder: string, options: CheckOptions) => run(() => runCheck(folder, options, console)));

  addTrainCommand(elbow, console, run);
  addPlotCommand(elbow, console, run);

  elbow
    .command('pack')
    .description('make the zip to hand in from the folder of your work')
    .argument('<student>', 'your student id: the zip is called after it')
    .argument('[folder]', 'the folder of your work', '.')
    .option('--assignment <id>', 'which homework, where the folder does not tell')
    .option('--name <first-and-last>', 'your name, where the homework wants it in the name of the zip')
    .option('--out <zip>', 'another place or name for the zip')
    .addHelpText('after', '\nExamples:\n  elbow pack s1234567\n  elbow pack s1234567 my-work --out ~/Desktop/s1234567.zip\n  elbow pack jd1234 --name "Jane Doe"\n\nLists what is in it and what is missing. Exit code: 0 everything is there, 1 something is missing.')
    .action((student: string, folder: string, options: Omit<PackOptions, 'student'>) => run(() => runPack(folder, { ...options, student }, console)));

  elbow
    .command('derive')
    .description('check a typed derivation line by line')
    .argument('<file>', 'the page with the derivation, e.g. derivations/iwae-lower-bound-proof.md')
    .option('--task <part-of-id>', 'which task it derives, where the page does not tell')
    .option('--watch', 'check again after every save', false)
    .addHelpText(
      'after',
      `
Examples:
  elbow derive derivations/iwae-lower-bound-proof.md
  elbow derive derivations/fsvae-elbo-derivation.md --watch
  elbow derive notes.md --task elbo-plus-kl

docs/derivations.md says what can be typed. Nothing is run and nothing is sent anywhere.
Exit code: 0 all is shown, 1 it is not, 64 wrong usage.`,
    )
    .action((file: string, options: DeriveOptions) => run(() => runDerive(file, options, console)));

  elbow
    .command('doctor')
    .description('tell what this machine has, what is missing, what that costs, how to get it')
    .option('--json', 'as JSON')
    .option('--starter <dir>', 'instead: hold a course’s own hand-out against its names.json')
    .option('--names <file>', 'with --starter: the names (default: names.json of that folder)')
    .addHelpText('after', '\nExamples:\n  elbow doctor\n  elbow doctor --json\n  elbow doctor --starter our-handout/')
    .action(({ starter, names, ...options }: DoctorOptions & { readonly starter?: string; readonly names?: string }) =>
      run(() => (starter === undefined ? runDoctor(options, console.print) : inspectStarter(starter, names, console))),
    );
}
