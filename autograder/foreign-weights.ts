/**
 * Weights in a language's own format. Opening such a file can run a program that it holds, so it is done in a box,
 * by a function of ours and without a line of the student's; what comes out is judged as a checkpoint is.
 */
import { checkpointPath } from '../contract/checkpoint.ts';
import { type TrainingRun, trainingRuns } from '../contract/model-layout.ts';
import type { Question } from '../contract/question.ts';
import type { Reply } from '../contract/reply.ts';
import { encodeSafetensors } from '../contract/safetensors.ts';
import type { ResultFile, Submission } from '../contract/submission.ts';
import type { TensorData } from '../contract/values.ts';
import type { LanguageAdapter } from './languages/adapter.ts';
import type { SessionPool } from './session/session-pool.ts';

/** The hand-in with a checkpoint for each file of weights beside which there is none. */
export async function withForeignWeights(submission: Submission, { weights }: LanguageAdapter, pool: SessionPool): Promise<Submission> {
  if (weights === undefined) return submission;
  const made: ResultFile[] = [];
  for (const run of Object.keys(trainingRuns) as TrainingRun[]) {
    const name = `checkpoints/${run}${weights.ending}`;
    const file = submission.results.find(({ path }) => path === name);
    if (file === undefined || submission.results.some(({ path }) => path === checkpointPath(run))) continue;
    const content = file.content.kind === 'bytes' ? await opened(name, file.content.bytes, weights, pool) : file.content;
    made.push({ path: checkpointPath(run), content });
  }
  return { ...submission, results: [...submission.results, ...made] };
}

async function opened(name: string, bytes: Uint8Array, { source, function: opens }: NonNullable<LanguageAdapter['weights']>, pool: SessionPool): Promise<ResultFile['content']> {
  const opener = source();
  const supplied = { files: [opener], functions: [{ module: opener.path, function: opens, source: opener.path }] };
  const question: Question = {
    module: opener.path,
    function: opens,
    arguments: [
      { kind: 'number', value: bytes.length },
      { kind: 'tensor', name: 'bytes', tensor: asWords(bytes) },
    ],
    noise: { seed: 0 },
    gradients: [],
  };
  const reply = await pool.alone<Reply>('cpu', async (session) => {
    if ('kind' in session) return { kind: 'ended', ending: session };
    session.startTask();
    return session.ask(question);
  }, supplied);
  const tensors = tensorsIn(reply);
  if (typeof tensors === 'string') return { kind: 'unread', problem: `comes from ${name}, which could not be opened: ${tensors}` };
  return { kind: 'bytes', bytes: Buffer.from(encodeSafetensors(tensors)) };
}

/** Or a sentence of what came in their place. */
function tensorsIn(reply: Reply): ReadonlyMap<string, TensorData> | string {
  if (reply.kind === 'threw') return reply.error.message.split('\n')[0] ?? reply.error.name;
  if (reply.kind !== 'returned' || reply.value.kind !== 'record') return 'nothing came out of it';
  const entries = [...reply.value.entries].flatMap(([name, value]) => (value.kind === 'tensor' ? [[name, value.tensor] as const] : []));
  return new Map(entries);
}

/** Calls carry numbers of four bytes. */
function asWords(bytes: Uint8Array): TensorData {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const values = new Int32Array(padded.buffer);
  return { dtype: 'int32', shape: [values.length], values };
}
