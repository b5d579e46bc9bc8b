/**
 * Starts a training process and passes on what it tells. The process has the whole machine, as any program of
 * whoever runs it: students train their own code. It ends when this one does.
 */
import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../paths.ts';
import type { TrainingEnding, TrainingEvent, TrainingJob, TrainingOrder } from './job.ts';

export type { TrainingEnding, TrainingEvent, TrainingJob };

/** In the project, or beside the checker of a kit where the student installed it. */
const bindings = [projectRoot, path.dirname(projectRoot)].map((folder) => path.join(folder, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'));
const binding = bindings.find((file) => fs.existsSync(file));

/** Whether native TensorFlow is there; `elbow doctor` finds out whether it works. */
export function hasNativeTraining(): boolean {
  return binding !== undefined;
}

/** The training process could not do its work, and no code of a student's is to blame. */
export class TrainerError extends Error {
  override readonly name = 'TrainerError';
}

export async function train(job: TrainingJob, onEvent: (event: TrainingEvent) => void, signal: AbortSignal): Promise<TrainingEnding> {
  const child = fork(path.join(projectRoot, 'dist/trainer', `${job.backend}.cjs`), [], {
    env: { ...process.env, ...environmentOf(job) },
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const order = (message: TrainingOrder): void => void (child.connected && child.send(message));
  const stop = (): void => order({ kind: 'stop' });
  signal.addEventListener('abort', stop);
  let ending: TrainingEnding | undefined;
  child.on('message', (event: TrainingEvent) => {
    if (event.kind === 'done' || event.kind === 'stopped' || event.kind === 'refused') ending = event;
    onEvent(event);
  });
  order({ kind: 'start', job });
  if (signal.aborted) stop();
  const how = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, killedBy) => resolve(killedBy === null ? `exit code ${code}` : killedBy));
  });
  signal.removeEventListener('abort', stop);
  if (ending !== undefined) return ending;
  throw new TrainerError(`The training process ended with ${how} before it was done. Run the same command again: it goes on from the last save.`);
}

function environmentOf({ backend, threads }: TrainingJob): NodeJS.ProcessEnv {
  if (backend === 'wasm' || binding === undefined) return {};
  return {
    ELBOW_TENSORFLOW_BINDING: binding,
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: '1',
    // Else sums may be split another way from run to run.
    TF_DETERMINISTIC_OPS: '1',
  };
}
