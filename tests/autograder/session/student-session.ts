/** Opens real sessions on short programs, the way grading does: same transform, same child, same box. */
import { describe } from 'vitest';
import { inspectBox } from '../../../autograder/host/host.ts';
import type { PreparedCode } from '../../../autograder/languages/adapter.ts';
import { typescript } from '../../../autograder/languages/typescript/typescript.ts';
import type { Isolation, Launch } from '../../../autograder/sandbox/sandbox.ts';
import { Session } from '../../../autograder/session/session.ts';
import type { Backend } from '../../../contract/messages.ts';
import type { Question } from '../../../contract/question.ts';
import type { Reply } from '../../../contract/reply.ts';
import type { Limits } from '../../../contract/rubric.ts';
import type { TextFile } from '../../../contract/submission.ts';
import { buildStaleChildren } from './stale-children.ts';

await buildStaleChildren();

const box = await inspectBox();

/** Both ways to run a child; the box is left out, and named, where this machine has none. */
export const isolations: readonly Isolation[] = ['bubblewrap', 'none'];

export const describeIsolated = (isolation: Isolation): typeof describe.skip | typeof describe =>
  isolation === 'bubblewrap' && box.status !== 'present' ? describe.skip : describe;

export const GENEROUS: Limits = {
  cpuSeconds: 30,
  wallSeconds: 120,
  memoryMegabytes: 1024,
  processes: 64,
  openFiles: 64,
  answerBytes: 64 << 20,
  consoleBytesKept: 4096,
  outputBytes: 1 << 20,
};

export interface StudentOptions {
  readonly isolation: Isolation;
  readonly backend?: Backend;
  readonly limits?: Partial<Limits>;
  /** The given helpers as they were given. */
  readonly originals?: Readonly<Record<string, string>>;
  readonly tasks?: number;
  /** False leaves Node's own permissions out, so that a probe meets the box and not the belt. */
  readonly belt?: boolean;
}

export interface StudentSession {
  readonly session: Session;
  readonly code: PreparedCode;
}

/** @throws when the child does not start: in a test that is a failure. */
export async function openStudent(files: string | Readonly<Record<string, string>>, options: StudentOptions): Promise<StudentSession> {
  const code = await typescript.prepare(textFiles(typeof files === 'string' ? { 'answer.ts': files } : files));
  const given = await typescript.prepare(textFiles(options.originals ?? {}));
  const launch = launchOf(options.backend ?? 'cpu');
  const session = await Session.open(
    options.belt === false ? withoutBelt(launch) : launch,
    options.isolation,
    { ...GENEROUS, ...options.limits },
    { files: [...code.files], originals: [...given.files] },
    options.tasks ?? 10,
  );
  if (!(session instanceof Session)) throw new Error(`the child did not start: ${JSON.stringify(session)}`);
  return { session, code };
}

export function question(rest: Partial<Question> = {}): Question {
  return { module: 'answer.ts', function: 'run', arguments: [], noise: { seed: 1 }, gradients: [], ...rest };
}

/** One question in a child of its own. */
export async function askStudent(
  files: string | Readonly<Record<string, string>>,
  options: StudentOptions,
  asked: Partial<Question> = {},
): Promise<{ readonly reply: Reply; readonly console: string; readonly code: PreparedCode }> {
  const { session, code } = await openStudent(files, options);
  try {
    session.startTask();
    const reply = await session.ask(question(asked));
    return { reply, console: session.consoleText(), code };
  } finally {
    await session.close();
  }
}

export function launchOf(backend: Backend): Launch {
  const launch = typescript.launch(backend);
  if (launch === null) throw new Error(`this machine has no ${backend} backend: see elbow doctor`);
  return launch;
}

/** The flag for V8 stays, because the snapshot was built with it. */
export function withoutBelt(launch: Launch): Launch {
  const isBelt = (argument: Launch['arguments'][number]): boolean =>
    typeof argument === 'string' ? /^--(experimental-)?permission$|^--allow-/.test(argument) : argument.before === '--allow-fs-read=';
  return { ...launch, arguments: launch.arguments.filter((argument) => !isBelt(argument)) };
}

function textFiles(files: Readonly<Record<string, string>>): readonly TextFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}
