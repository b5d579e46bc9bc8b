/** The children of one hand-in: at most one alive per backend, opened when first asked, never used for another hand-in. */
import type { Backend, Load, Supplied } from '../../contract/messages.ts';
import type { Ending } from '../../contract/reply.ts';
import { Session } from './session.ts';
import { type BoxOptions, WarmBoxes } from './warm-boxes.ts';

export interface SessionOptions extends Omit<BoxOptions, 'ahead'> {
  readonly load: Omit<Load, 'type'>;
  /** Children that a batch has started ahead; without them each is started when it is asked for. */
  readonly boxes?: WarmBoxes;
}

export class SessionPool {
  readonly #load: SessionOptions['load'];
  readonly #boxes: WarmBoxes;
  readonly #open = new Map<Backend, Session>();
  #cpuSeconds = 0;

  constructor(options: SessionOptions) {
    this.#load = options.load;
    this.#boxes = options.boxes ?? new WarmBoxes({ ...options, ahead: 0 });
  }

  /** The child that earlier tasks used, or a new one where there is none or it has ended. */
  async shared(backend: Backend): Promise<Session | Ending> {
    const open = this.#open.get(backend);
    if (open !== undefined && !open.ended) return open;
    if (open !== undefined) await this.#close(open);
    const session = await this.#start(backend);
    if (session instanceof Session) this.#open.set(backend, session);
    return session;
  }

  /** Runs something in a child of its own, so that nothing an earlier task left behind can matter. */
  async alone<Result>(backend: Backend, use: (session: Session | Ending) => Promise<Result>, supplied?: Supplied): Promise<Result> {
    const session = await this.#start(backend, supplied);
    try {
      return await use(session);
    } finally {
      if (session instanceof Session) await this.#close(session);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((session) => this.#close(session)));
    this.#open.clear();
  }

  /** CPU seconds of all children that were closed. */
  get cpuSeconds(): number {
    return this.#cpuSeconds;
  }

  async #close(session: Session): Promise<void> {
    this.#cpuSeconds += session.cpuSeconds() ?? 0;
    await session.close();
  }

  async #start(backend: Backend, supplied?: Supplied): Promise<Session | Ending> {
    const session = await this.#boxes.take(backend);
    if (session instanceof Session) session.load(supplied === undefined ? this.#load : { ...this.#load, supplied });
    return session;
  }
}
