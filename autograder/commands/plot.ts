/** `elbow plot`: draws what a small network does with data of two classes, for the homework that asks to look. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { decisionSurface, epochByEpoch, type FigureFile, type FigureOptions, hiddenUnit, transformations } from '../../plots/plots.ts';
import { type Console, exitCodes, UsageError } from './console.ts';

export interface PlotOptions extends FigureOptions {
  readonly out: string;
}

export interface HiddenUnitOptions extends PlotOptions {
  readonly layer: number;
  readonly unit: number;
}

/** More would take minutes, and show nothing that fewer do not. */
const MOST = { layers: 6, units: 32, epochs: 1000 } as const;

export function runDecisionSurface(options: PlotOptions, console: Console): Promise<number> {
  return write(options, () => decisionSurface(options), console);
}

export function runHiddenUnit(options: HiddenUnitOptions, console: Console): Promise<number> {
  const { layer, unit, layers, units } = options;
  if (layer < 1 || layer > layers) throw new UsageError(`There ${layers === 1 ? 'is 1 hidden layer' : `are ${layers} hidden layers`}; --layer ${layer} is none of them. --layers adds some.`);
  if (unit < 1 || unit > units) throw new UsageError(`A hidden layer has ${units} units; --unit ${unit} is none of them. --units adds some.`);
  return write(options, () => hiddenUnit(options, layer, unit), console);
}

export function runTransformations(options: PlotOptions, console: Console): Promise<number> {
  return write(options, () => transformations(options), console);
}

export function runEpochs(options: PlotOptions, console: Console): Promise<number> {
  return write(options, () => epochByEpoch(options), console);
}

async function write(options: PlotOptions, draw: () => readonly FigureFile[], console: Console): Promise<number> {
  for (const [name, most] of Object.entries(MOST)) {
    const value = options[name as keyof typeof MOST];
    if (value < 1 || value > most) throw new UsageError(`--${name} is from 1 to ${most}, not ${value}.`);
  }
  const files = draw();
  for (const { name, text } of files) {
    const target = path.join(options.out, name);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, text);
  }
  const shown = files.length > 6 ? [...files.slice(0, 2), ...files.slice(-1)] : files;
  for (const [index, { name }] of shown.entries()) console.print(`${index === 2 && files.length > 6 ? `  and ${files.length - 3} more\n` : ''}Wrote ${path.join(options.out, name)}`);
  return exitCodes.done;
}
