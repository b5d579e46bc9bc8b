/**
 * One hand-in's conversation with one child. Questions are asked one at a time, each task within a
 * budget of its own; a child that dies or must be ended takes only the task it was asked.
 */
import { decodeValue, PayloadError, PayloadReader } from '../../contract/codec.ts';
import type { Answer, Load } from '../../contract/messages.ts';
import type { Limits } from '../../contract/rubric.ts';
import type { Question } from '../../contract/question.ts';
import type { Ending, Limit, Reply } from '../../contract/reply.ts';
import { type Child, type Isolation, type Launch, startChild } from '../sandbox/sandbox.ts';
import { AnswerTooLarge, type Frame, FrameDecoder, ProtocolError } from './framing.ts';
import { encodeCall, encodeLoad } from './requests.ts';
import { overrun, type Spent } from './task-clock.ts';

/** How often the limits are looked at. */
const WATCH_MILLISECONDS = 50;

/** A box that is not ready by then is broken, or the machine is: never the student's fault. */
const READY_SECONDS = 60;

export class Session {
  readonly #child: Child;
  readonly #limits: Limits;
  readonly #decoder: FrameDecoder;
  readonly #waiting: { resolve: (frame: Frame | Ending) => void }[] = [];
  #ending: Ending | null = null;
  #nextId = 1;
  #loaded = false;
  #cpuAtEnd: number | null = null;
  #console = '';
  #consoleBytes = 0;
  #taskStart: Spent | null = null;
  #answerBytesLeft: number;

  private constructor(child: Child, limits: Limits) {
    this.#child = child;
    this.#limits = limits;
    this.#decoder = new FrameDecoder(limits.answerBytes);
    this.#answerBytesLeft = limits.answerBytes;
    child.channel.on('data', (chunk: Buffer) => this.#receive(chunk));
    void child.closed.then(({ code, signal, outOfMemory }) => {
      if (outOfMemory) this.#stop('memory', limits.memoryMegabytes);
      else this.#end({ kind: 'exited', code, signal });
    });
  }

  /**
   * Starts a child that knows no hand-in yet, so that it can be started ahead of need. One that does not
   * come up is an ending of kind `our-fault`.
   */
  static async start(launch: Launch, isolation: Isolation, limits: Limits, tasks: number): Promise<Session | Ending> {
    const child = startChild(launch, isolation, {
      cpuSeconds: limits.cpuSeconds * (tasks + 1),
      memoryMegabytes: limits.memoryMegabytes,
      processes: limits.processes,
      openFiles: limits.openFiles,
    });
    const session = new Session(child, limits);
    const timer = setTimeout(() => session.#end({ kind: 'our-fault', problem: 'the child was not ready in time' }), READY_SECONDS * 1000);
    const first = await session.#next();
    await child.confined;
    clearTimeout(timer);
    if ('message' in first && first.message.type === 'ready' && session.#ending === null) return session;
    const met = session.#ending ?? first;
    await session.close();
    return { kind: 'our-fault', problem: `the child did not start: ${child.lastWords().trim() || JSON.stringify(met)}` };
  }

  /** Starts a child and hands it the hand-in. */
  static async open(launch: Launch, isolation: Isolation, limits: Limits, load: Omit<Load, 'type'>, tasks: number): Promise<Session | Ending> {
    const session = await Session.start(launch, isolation, limits, tasks);
    if (session instanceof Session) session.load(load);
    return session;
  }

  /** Hands over the hand-in, once: a child that has seen one is never used for another. */
  load(load: Omit<Load, 'type'>): void {
    if (this.#loaded) throw new Error('a child is never used for a second hand-in');
    this.#loaded = true;
    this.#child.channel.write(encodeLoad(load));
  }

  /** Starts the budget of a task: the limits hold for all of its questions together. */
  startTask(): void {
    this.#console = '';
    this.#consoleBytes = 0;
    this.#taskStart = this.#spent();
    this.#allowAnswerBytes(this.#limits.answerBytes);
  }

  /** Asks one question; the reply's numbers are copies that the child can no longer change. */
  async ask(question: Question): Promise<Reply> {
    const id = this.#nextId;
    this.#nextId += 1;
    if (this.#ending === null) this.#child.channel.write(encodeCall(id, question));
    const watch = setInterval(() => this.#watch(), WATCH_MILLISECONDS);
    try {
      const frame = await this.#next();
      if ('kind' in frame) return { kind: 'ended', ending: frame };
      const { message } = frame;
      if (message.type !== 'answer' || message.id !== id) throw new ProtocolError('an answer to another question');
      return decodeAnswer(message, frame.payload);
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof PayloadError)) throw error;
      const ending: Ending = { kind: 'protocol', problem: error.message };
      this.#end(ending);
      return { kind: 'ended', ending };
    } finally {
      clearInterval(watch);
    }
  }

  /** What the task printed, cut to what is kept. */
  consoleText(): string {
    const kept = this.#limits.consoleBytesKept;
    return this.#consoleBytes > kept ? `${this.#console.slice(0, kept)}\n[cut here: only the first ${Math.round(kept / 1024)} KiB are kept]\n` : this.#console;
  }

  /** CPU seconds the child has used so far; null where the system does not tell. */
  cpuSeconds(): number | null {
    return this.#child.cpuSeconds() ?? this.#cpuAtEnd;
  }

  get ended(): boolean {
    return this.#ending !== null;
  }

  /** Ends the child and waits until all of it is gone. */
  async close(): Promise<void> {
    this.#child.kill();
    await this.#child.closed;
  }

  #receive(chunk: Buffer): void {
    if (this.#ending !== null) return;
    try {
      for (const frame of this.#decoder.push(chunk)) {
        // All answers of a task are kept until it is judged, so they share one allowance.
        if (this.#taskStart !== null) this.#allowAnswerBytes(this.#answerBytesLeft - frame.payload.length);
        if (frame.message.type === 'console') this.#print(frame.message.text);
        else this.#deliver(frame);
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (error instanceof AnswerTooLarge) this.#stop('answer', this.#limits.answerBytes);
      else this.#end({ kind: 'protocol', problem: error.message });
    }
  }

  #allowAnswerBytes(bytes: number): void {
    this.#answerBytesLeft = bytes;
    this.#decoder.allow(bytes);
  }

  #print(text: string): void {
    this.#consoleBytes += Buffer.byteLength(text);
    if (this.#console.length < this.#limits.consoleBytesKept) this.#console += text;
    if (this.#consoleBytes > this.#limits.outputBytes) this.#stop('output', this.#limits.outputBytes);
  }

  #deliver(frame: Frame): void {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) waiting.resolve(frame);
    // Whoever asks is waiting by the time an answer can come: this one was made up, and is not kept.
    else this.#end({ kind: 'protocol', problem: 'an answer to a question nobody asked' });
  }

  #next(): Promise<Frame | Ending> {
    if (this.#ending !== null) return Promise.resolve(this.#ending);
    return new Promise((resolve) => this.#waiting.push({ resolve }));
  }

  #watch(): void {
    if (this.#taskStart === null) return;
    const ending = overrun(this.#taskStart, this.#spent(), this.#limits);
    if (ending !== null) this.#end(ending);
    if (this.#child.overMemory()) this.#stop('memory', this.#limits.memoryMegabytes);
    if (this.#child.strayOutput() > this.#limits.outputBytes) this.#stop('output', this.#limits.outputBytes);
  }

  #spent(): Spent {
    return { cpu: this.#child.cpuSeconds(), waited: this.#child.waitedSeconds(), wall: performance.now() / 1000 };
  }

  #stop(limit: Limit, allowed: number): void {
    this.#end({ kind: 'limit', limit, allowed });
  }

  #end(ending: Ending): void {
    if (this.#ending !== null) return;
    this.#ending = ending;
    // Asked for now: of a process that is gone the system tells nothing.
    this.#cpuAtEnd = this.#child.cpuSeconds();
    this.#child.kill();
    for (const { resolve } of this.#waiting.splice(0)) resolve(ending);
  }
}

function decodeAnswer(answer: Answer, payload: Uint8Array): Reply {
  const { result } = answer;
  if (result.kind !== 'returned') return result;
  const reader = new PayloadReader(payload);
  return {
    kind: 'returned',
    value: decodeValue(result.value, reader),
    gradients: answer.gradients.map(({ component, modules, error }) => ({
      component,
      modules: new Map(modules.map(({ module, tensor }) => [module, tensor === null ? null : reader.tensor(tensor)])),
      error: error ?? null,
    })),
    draws: answer.draws,
    operations: answer.operations,
  };
}
