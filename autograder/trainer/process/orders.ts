/** The training process's life: wait for a job, train until it is done or told to stop, and end with whoever started it. */
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { DataError } from '../../../data/data-error.ts';
import { ObjectiveError } from '../../../training/objective.ts';
import { registerLibraryGradients } from '../../languages/typescript/child/library-gradients.ts';
import { ModuleError, SUBMISSION_PREFIX } from '../../languages/typescript/child/modules.ts';
import type { TrainingEvent, TrainingOrder } from '../job.ts';
import { ResumeError } from './resume-file.ts';
import { timeSteps } from './time-steps.ts';
import { trainJob } from './train-job.ts';

/** So much of what the trained code prints is passed on: it may print in every step. */
const PRINTED_LINES = 20;

export async function awaitOrders(setBackend: () => Promise<boolean>, backend: string): Promise<void> {
  let stopped = false;
  // Ctrl-C reaches the whole group: whoever started us says stop, and saving takes its time.
  process.on('SIGINT', () => (stopped = true));
  process.on('SIGTERM', () => (stopped = true));
  process.on('disconnect', () => (stopped = true));
  const order = await new Promise<Exclude<TrainingOrder, { kind: 'stop' }>>((resolve) => {
    process.on('message', (message: TrainingOrder) => {
      if (message.kind === 'stop') stopped = true;
      else resolve(message);
    });
  });
  passOnConsole();
  await setBackend();
  await tf.ready();
  // tfjs only logs a backend that fails, and goes on with a slower one.
  if (tf.getBackend() !== backend) throw new Error(`TensorFlow.js runs on ${tf.getBackend()}, not on ${backend}`);
  registerLibraryGradients(tf);
  try {
    if (order.kind === 'time') await timeSteps(order.job, order.steps, tell);
    else await trainJob(order.job, tell, () => stopped);
  } catch (error) {
    const reason = whoseFault(error);
    if (reason === null) throw error;
    tell({ kind: 'refused', reason });
  }
  // Timers that the trained code left open must not keep the process alive.
  await new Promise<void>((resolve) => (process.connected ? process.send?.({ kind: 'printed', text: '' } satisfies TrainingEvent, undefined, undefined, () => resolve()) : resolve()));
  process.exit(0);
}

/** Whoever started us may be gone before the channel says so: without somebody to hear it, that failure would end us with a trace. */
function tell(event: TrainingEvent): void {
  if (process.connected) process.send?.(event, undefined, undefined, () => undefined);
}

function passOnConsole(): void {
  let lines = 0;
  const pass = (...words: readonly unknown[]): void => {
    lines += 1;
    if (lines <= PRINTED_LINES) tell({ kind: 'printed', text: util.format(...words) });
    if (lines === PRINTED_LINES) tell({ kind: 'printed', text: '(what is printed from here on is left out)' });
  };
  Object.assign(console, { log: pass, info: pass, warn: pass, error: pass, debug: pass });
}

/** The sentence for a mistake of whoever wrote the code or gave the command; null for one of ours. */
function whoseFault(error: unknown): string | null {
  if (error instanceof ObjectiveError || error instanceof DataError || error instanceof ModuleError || error instanceof ResumeError) return error.message;
  if (!(error instanceof Error)) return `The trained code threw ${util.inspect(error).slice(0, 200)}`;
  const own = (error.stack ?? '').split('\n').find((line) => line.includes(SUBMISSION_PREFIX));
  if (own === undefined) return null;
  return `${error.name}: ${error.message}\n  ${own.trim().replace(SUBMISSION_PREFIX, '')}`;
}
