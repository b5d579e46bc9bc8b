/** One child that holds all conformance programs of a language, and words to ask it with. */
import type { LanguageAdapter } from '../../autograder/languages/adapter.ts';
import type { Isolation } from '../../autograder/sandbox/sandbox.ts';
import { Session } from '../../autograder/session/session.ts';
import type { Backend } from '../../contract/messages.ts';
import type { Argument, Question } from '../../contract/question.ts';
import type { Reply } from '../../contract/reply.ts';
import type { TensorData, Value } from '../../contract/values.ts';
import { GENEROUS } from '../autograder/session/student-session.ts';
import { type LanguagePrograms, programsOf } from './programs.ts';

export interface Asker {
  readonly backend: Backend;
  readonly programs: LanguagePrograms;
  /** Asks `module` (a file name without its ending) for a function. */
  readonly ask: (module: string, name: string, rest?: Partial<Question>) => Promise<Reply>;
  /** What the last question printed. */
  readonly printed: () => string;
  readonly close: () => Promise<void>;
}

export async function openAsker(adapter: LanguageAdapter, isolation: Isolation, backend: Backend): Promise<Asker> {
  const launch = adapter.launch(backend);
  const programs = programsOf.get(adapter.id);
  if (launch === null || programs === undefined) throw new Error(`no ${backend} backend or no programs for ${adapter.id}`);
  const code = await adapter.prepare(programs.files);
  const given = await adapter.prepare(programs.originals);
  const session = await Session.open(launch, isolation, { ...GENEROUS, memoryMegabytes: 2048 }, { files: [...code.files], originals: [...given.files] }, 100);
  if (!(session instanceof Session)) throw new Error(`the child did not start: ${JSON.stringify(session)}`);
  return {
    backend,
    programs,
    ask: (module, name, rest) => {
      session.startTask();
      return session.ask({ module: module + programs.ending, function: name, arguments: [], noise: { seed: 7 }, gradients: [], ...rest });
    },
    printed: () => session.consoleText(),
    close: () => session.close(),
  };
}

/** The returned value, or an error that shows what came instead. */
export function valueOf(reply: Reply): Value {
  if (reply.kind !== 'returned') throw new Error(`nothing was returned: ${JSON.stringify(reply)}`);
  return reply.value;
}

/** The numbers of a returned tensor, number, list or record, in order. */
export function numbersOf(value: Value): readonly number[] {
  switch (value.kind) {
    case 'tensor':
      return [...value.tensor.values];
    case 'number':
      return [value.value];
    case 'list':
      return value.items.flatMap(numbersOf);
    case 'record':
      return value.entries.flatMap(([, entry]) => numbersOf(entry));
    case 'other':
      throw new Error(`not a number: ${value.description}`);
  }
}

export function floats(shape: readonly number[], values: readonly number[]): TensorData {
  return { dtype: 'float32', shape, values: Float32Array.from(values) };
}

export function tensorArgument(name: string, tensor: TensorData): Argument {
  return { kind: 'tensor', name, tensor };
}
