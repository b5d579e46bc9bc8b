/**
 * The grader's end of the evaluation program, which measures trained models with the reference. One process serves
 * a whole class: it is started when the first checkpoint comes, and started again should it die.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Evaluation, EvaluationRequest } from '../../contract/evaluation.ts';
import type { Backend } from '../../contract/messages.ts';
import { projectRoot } from '../paths.ts';

export interface EvaluatorOptions {
  readonly backend: Backend | 'auto';
  /** A folder with the real data set. */
  readonly data?: string;
}

export interface Evaluator {
  /** @throws Error where the program fails: a fault of ours, never of the hand-in. */
  readonly evaluate: (request: EvaluationRequest) => Promise<Evaluation>;
  readonly close: () => void;
  /** Of the program, once it runs: for whoever measures it. */
  readonly pid?: () => number | undefined;
}

const programs = path.join(projectRoot, 'dist/evaluation');
const tfjsNode = path.join(projectRoot, 'node_modules/@tensorflow/tfjs-node');
const binding = path.join(tfjsNode, 'lib/napi-v8/tfjs_binding.node');

/** Checkpoints of right runs lie beside the reference. */
const references = path.join(projectRoot, 'reference/checkpoints');

/** As many as one hand-in has. */
const MOST_REMEMBERED = 5;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: Error) => void;
}

/** Null where the program is not installed: then a person marks what was trained. */
export function openEvaluator({ backend, data }: EvaluatorOptions): Evaluator | null {
  const isNative = backend === 'native' || (backend === 'auto' && existsSync(binding));
  const program = path.join(programs, isNative ? 'native.cjs' : 'wasm.cjs');
  if (!existsSync(program)) return null;
  let running: { readonly child: ChildProcess; readonly waiting: Map<number, Waiting> } | null = null;
  let nextId = 1;

  const send = (message: Readonly<Record<string, unknown>>): Promise<unknown> => {
    running ??= start(program, () => {
      running = null;
    });
    const { child, waiting } = running;
    const id = nextId;
    nextId += 1;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send({ id, ...message });
    });
  };
  const measure = async (request: EvaluationRequest): Promise<Evaluation> => {
    if (running === null) await send({ kind: 'open', opening: { references, ...(data === undefined ? {} : { data }) } });
    return (await send({ kind: 'evaluate', request })) as Evaluation;
  };
  // While a student saves code the weights stay as they are: what was measured is measured.
  const remembered = new Map<string, Promise<Evaluation>>();
  return {
    evaluate: async (request) => {
      const key = keyOf(request);
      const measured = remembered.get(key) ?? measure(request);
      remembered.delete(key);
      remembered.set(key, measured);
      const [oldest] = remembered.keys();
      if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      measured.catch(() => remembered.delete(key));
      return measured;
    },
    close: () => {
      running?.child.kill();
    },
    pid: () => running?.child.pid,
  };
}

function keyOf({ tensors, pictures, ...rest }: EvaluationRequest): string {
  const hash = createHash('sha256').update(JSON.stringify(rest));
  for (const [name, { values }] of tensors) hash.update(name).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return hash.update(pictures ?? '').digest('hex');
}

function start(program: string, onEnd: () => void): { readonly child: ChildProcess; readonly waiting: Map<number, Waiting> } {
  const waiting = new Map<number, Waiting>();
  const child = fork(program, [], {
    // Weights travel as they lie in memory.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--no-warnings'],
    env: {
      ELBOW_TENSORFLOW_BINDING: binding,
      TF_CPP_MIN_LOG_LEVEL: '3',
      // One thread: sums do not depend on how they were split, so that a rerun gives the same numbers.
      TF_NUM_INTRAOP_THREADS: '1',
      TF_NUM_INTEROP_THREADS: '1',
    },
  });
  let lastWords = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-2000);
  });
  child.on('message', (message: { readonly id: number; readonly value?: unknown; readonly fault?: string }) => {
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.fault === undefined) resolve?.(message.value);
    else reject?.(new Error(`the evaluation program failed: ${message.fault}`));
  });
  child.on('close', (code, signal) => {
    onEnd();
    for (const { reject } of waiting.values()) reject(new Error(`the evaluation program ended (${signal ?? code}): ${lastWords.trim()}`));
    waiting.clear();
  });
  return { child, waiting };
}
