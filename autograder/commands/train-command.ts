/** The options of `elbow train`. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Console } from './console.ts';
import { runTrain, type TrainOptions } from './train.ts';

export function addTrainCommand(elbow: Command, console: Console, run: (command: () => Promise<number>) => Promise<void>): void {
  elbow
    .command('train')
    .description('train a model with the loss you wrote, and measure it')
    .addArgument(new Argument('<model>', 'which one').choices(['vae', 'gmvae', 'ssvae', 'fsvae', 'kth-vae']))
    .argument('[folder]', 'the folder of your work', '.')
    .option('--student <id>', 'your student id: the seed is made from it')
    .option('--seed <n>', 'the seed itself', (text) => number(text, { whole: true, least: 0, most: 2 ** 32 - 1 }))
    .option('--iterations <n>', 'how many steps (default: 20000; an SSVAE 30000; a kth-vae 15 epochs)', (text) => number(text, { whole: true, least: 1 }))
    .option('--batch <n>', 'images in a step', (text) => number(text, { whole: true, least: 1 }), 100)
    .option('--lr <rate>', 'learning rate of Adam', (text) => number(text, { above: 0 }), 1e-3)
    .option('--gw <weight>', 'SSVAE: weight of the ELBO of all images; 0 trains on labels alone (default: 1)', (text) => number(text, { least: 0 }))
    .option('--data <dir>', 'a folder with the files of MNIST, or of SVHN for an FSVAE (default: images drawn by elbow)')
    .option('--out <dir>', 'where checkpoints/, metrics.json and the picture go (default: the folder of your work)')
    .option('--fresh', 'begin again where an unfinished run lies', false)
    .option('--reference', 'train elbow’s own loss, for staff', false)
    .addOption(new Option('--backend <name>', 'what computes').choices(['auto', 'native', 'wasm']).default('auto'))
    .option('--threads <n>', 'threads of native TensorFlow; another number may change the last digits', (text) => number(text, { whole: true, least: 1 }), 1)
    .addHelpText(
      'after',
      `
Examples:
  elbow train vae --student s1234567
  elbow train ssvae --gw 0
  elbow train gmvae --data ~/mnist --threads 4
  elbow train kth-vae --student s1234567
  elbow train vae --reference --iterations 100 --out /tmp/short

A run that was stopped (Ctrl-C, a crash) goes on when the same command is given again, and ends with the same
numbers. Your code is run as any program of yours, without a box. Nothing is sent anywhere.
Exit code: 0 trained, 64 wrong usage or code that cannot be trained, 130 stopped.`,
    )
    .action((model: string, folder: string, options: TrainOptions) => run(() => runTrain(model, folder, options, console)));
}

function number(text: string, { whole = false, least = -Infinity, most = Infinity, above = -Infinity }: { whole?: boolean; least?: number; most?: number; above?: number }): number {
  const value = Number(text);
  const fits = text.trim() !== '' && Number.isFinite(value) && value >= least && value <= most && value > above && (!whole || Number.isSafeInteger(value));
  if (fits) return value;
  throw new InvalidArgumentError(`A ${whole ? 'whole ' : ''}number${least > -Infinity ? ` from ${least} on` : ''}${above > -Infinity ? ` above ${above}` : ''} is wanted.`);
}
