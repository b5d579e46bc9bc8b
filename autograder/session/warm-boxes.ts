/**
 * Children started ahead of need, trusted code loaded and no hand-in seen. Each is taken once; a
 * replacement is started while the last one works, so that start-up is off the path of a hand-in.
 */
import type { Backend } from '../../contract/messages.ts';
import type { Ending } from '../../contract/reply.ts';
import type { Limits } from '../../contract/rubric.ts';
import type { Isolation, Launch } from '../sandbox/sandbox.ts';
import { Session } from './session.ts';

export interface BoxOptions {
  readonly launch: (backend: Backend) => Launch | null;
  readonly isolation: Isolation;
  readonly limits: Limits;
  /** How many tasks a child may be asked, which bounds its life's CPU time. */
  readonly tasks: number;
  /** How many of each backend wait ready; 0 starts each when it is asked for. */
  readonly ahead: number;
}

type Started = Promise<Session | Ending>;

export class WarmBoxes {
  readonly #options: BoxOptions;
  readonly #ready = new Map<Backend, Started[]>();
  #closing: Promise<void> | null = null;

  constructor(options: BoxOptions) {
    this.#options = options;
  }

  /** A child that nobody else has or will have, and none once they are closed. The first of a backend is cold; later ones wait ready. */
  async take(backend: Backend): Promise<Session | Ending> {
    const waiting = this.#ready.get(backend) ?? [];
    this.#ready.set(backend, waiting);
    const session = await (waiting.shift() ?? this.#start(backend));
    if (this.#closing === null) while (waiting.length < this.#options.ahead) waiting.push(this.#start(backend));
    // One that died while it waited is no better than none.
    if (session instanceof Session && session.ended) return this.#start(backend);
    return session;
  }

  /** Ends those that wait, and starts no more. */
  close(): Promise<void> {
    this.#closing ??= this.#endWaiting();
    return this.#closing;
  }

  async #endWaiting(): Promise<void> {
    const waiting = [...this.#ready.values()].flat();
    this.#ready.clear();
    await Promise.all(waiting.map(async (started) => closeSession(await started)));
  }

  async #start(backend: Backend): Started {
    const { launch, isolation, limits, tasks } = this.#options;
    // A hand-in at work when the grader is stopped asks for more children: each could run into its limits for minutes.
    if (this.#closing !== null) return { kind: 'our-fault', problem: 'the grader was stopped' };
    const found = launch(backend);
    if (found === null) return { kind: 'our-fault', problem: `this machine has no ${backend} backend` };
    const session = await Session.start(found, isolation, limits, tasks);
    // A child that did not come up is our fault: one more try, because a machine has bad moments.
    return session instanceof Session || this.#closing !== null ? session : Session.start(found, isolation, limits, tasks);
  }
}

async function closeSession(session: Session | Ending): Promise<void> {
  if (session instanceof Session) await session.close();
}
