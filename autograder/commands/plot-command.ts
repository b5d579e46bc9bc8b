/** The options of `elbow plot`. */
import { type Command, Option } from 'commander';
import { ACTIVATIONS } from '../../plots/plots.ts';
import { wholeNumber } from './whole-number.ts';
import type { Console } from './console.ts';
import { type HiddenUnitOptions, type PlotOptions, runDecisionSurface, runEpochs, runHiddenUnit, runTransformations } from './plot.ts';

type Run = (command: () => Promise<number>) => Promise<void>;

export function addPlotCommand(elbow: Command, console: Console, run: Run): void {
  const plot = elbow.command('plot').description('draw what a small network does with data of two classes, as SVG').addHelpText(
    'after',
    `
Examples:
  elbow plot decision-surface --activation identity
  elbow plot decision-surface --activation relu --layers 2 --units 8
  elbow plot hidden-unit --activation sigmoid --layer 1 --unit 2
  elbow plot transformations --seed 3
  elbow plot epochs

The same options and seed give the same pictures. A browser opens SVG and prints it as PDF.
Decision surfaces and hidden units are drawn as the seed makes them, failures too; transformations and epochs take the
first training from the seed on that tells the classes apart.`,
  );
  const figure = (name: string, description: string, examples: string): Command =>
    plot
      .command(name)
      .description(description)
      .option('--seed <n>', 'what data, first weights and order of training are drawn from', wholeNumber, 1)
      .option('--out <dir>', 'where the pictures go', 'plots')
      .addHelpText('after', `\nExamples:\n${examples}`);
  const sized = (command: Command): Command =>
    command
      .addOption(new Option('--activation <name>', 'of the hidden layers').choices(ACTIVATIONS).default('relu'))
      .option('--layers <n>', 'hidden layers', wholeNumber, 2)
      .option('--units <n>', 'units in each hidden layer', wholeNumber, 4)
      .option('--epochs <n>', 'epochs of training', wholeNumber, 100);
  const fixed = { activation: 'sigmoid', layers: 2, units: 2 } as const;

  sized(figure('decision-surface', 'what the trained network makes of every input', '  elbow plot decision-surface --activation relu --layers 1 --units 2\n  elbow plot decision-surface --activation sigmoid --seed 4')).action(
    (options: PlotOptions) => run(() => runDecisionSurface(options, console)),
  );
  sized(figure('hidden-unit', 'what one hidden unit returns for every input', '  elbow plot hidden-unit --layer 2 --unit 3\n  elbow plot hidden-unit --activation identity --layers 1 --units 2'))
    .option('--layer <n>', 'its hidden layer, from 1', wholeNumber, 1)
    .option('--unit <n>', 'its place in the layer, from 1', wholeNumber, 1)
    .action((options: HiddenUnitOptions) => run(() => runHiddenUnit(options, console)));
  figure('transformations', 'what hidden layers make of the data in a successful and in a failed model, with the code of both', '  elbow plot transformations\n  diff plots/transformations-failed.ts plots/transformations-successful.ts')
    .option('--epochs <n>', 'epochs of training', wholeNumber, 200)
    .action((options: PlotOptions) => run(() => runTransformations({ ...options, ...fixed }, console)));
  figure('epochs', 'both hidden layers after every epoch of training', '  elbow plot epochs\n  elbow plot epochs --activation tanh --epochs 20')
    .addOption(new Option('--activation <name>', 'of the hidden layers').choices(ACTIVATIONS).default('sigmoid'))
    .option('--epochs <n>', 'epochs of training', wholeNumber, 40)
    .action((options: PlotOptions) => run(() => runEpochs({ ...options, layers: 2, units: 2 }, console)));
}
