/**
 * Asks PyTorch for the values and gradients of a case, where a Python with torch is installed. What
 * it once answered is kept in pytorch-values.json, so that every machine compares with it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ExampleCase } from './example-cases.ts';

export interface PytorchAnswer {
  readonly values: Readonly<Record<string, number>>;
  /** Of the first value, by module, in the order of `weightsOf`. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}
export type PytorchAnswers = Readonly<Record<string, PytorchAnswer>>;

/** The system's Python: its torch comes from the package python3-torch. */
const PYTHON = '/usr/bin/python3';

export function pytorchAvailable(): boolean {
  if (!existsSync(PYTHON)) return false;
  try {
    // Finding the module is enough and takes 20 ms; importing it takes seconds.
    const find = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)';
    execFileSync(PYTHON, ['-c', find], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The text of pytorch-values.json: one bound a line. */
export function recordOf(answers: PytorchAnswers): string {
  return `{\n${Object.entries(answers).map(([name, answer]) => `"${name}": ${JSON.stringify(answer)}`).join(',\n')}\n}\n`;
}

export function askPytorch(question: ExampleCase): PytorchAnswers {
  return runPytorch('pytorch-oracle.py', question) as PytorchAnswers;
}

/** What one of the programs beside this file answers to a question. */
export function runPytorch(program: string, question: unknown): unknown {
  const script = path.join(import.meta.dirname, program);
  // -B: a test leaves no compiled module behind.
  return JSON.parse(execFileSync(PYTHON, ['-B', script], { input: JSON.stringify(question), encoding: 'utf8', maxBuffer: 1 << 28 }));
}
