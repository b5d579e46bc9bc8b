// What the attacks share; lies in each hand-in beside its attack.

/** Every way to one of Node's modules; throws where there is none. */
export function nodeModule(name: string): any {
  const node = (globalThis as any).process;
  const ways: (() => any)[] = [
    () => node.getBuiltinModule(name),
    () => node.mainModule.require(name),
    () => node.mainModule.constructor._load(name),
    () => (globalThis as any).constructor.constructor('return require')()(name),
    () => (0, eval)('require')(name),
  ];
  let reason: unknown = new Error('no way to Node’s modules');
  for (const way of ways) {
    try {
      const found = way();
      if (found) return found;
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

/** Tries something and prints what came of it. What `act` returns, if anything, is what was gained. */
export function attempt(what: string, act: () => unknown): void {
  let found: unknown;
  try {
    found = act();
  } catch (error) {
    console.log(`${what}: denied (${nameOf(error)})`);
    return;
  }
  console.log(found === undefined || found === null || found === '' ? `${what}: nothing` : `${what}: GAINED ${String(found).slice(0, 200)}`);
}

export function nameOf(error: any): string {
  return String(error?.code ?? error?.name ?? error).slice(0, 80);
}

let asked = false;

/** Whether this is the first time in this process: most attacks need to be tried only once. */
export function firstTime(): boolean {
  const first = !asked;
  asked = true;
  return first;
}

/** A frame as the grader reads it: two lengths, a JSON header, bytes. */
export function frameOf(header: unknown, payload = new Uint8Array(0)): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header instanceof Uint8Array ? header : new TextEncoder().encode(JSON.stringify(header));
  const frame = new Uint8Array(8 + text.length + payload.length);
  new DataView(frame.buffer).setUint32(0, text.length, true);
  new DataView(frame.buffer).setUint32(4, payload.length, true);
  frame.set(text, 8);
  frame.set(payload, 8 + text.length);
  return frame;
}

/** Writes to the grader's own channel. */
export function writeToGrader(bytes: Uint8Array): void {
  const { writeSync } = nodeModule('fs');
  for (let written = 0; written < bytes.length; ) written += writeSync(3, bytes, written);
}

/** An answer that says zero for everything that a bound returns. */
export function zeroAnswer(id: number): Uint8Array {
  const scalar = (offset: number) => ({ kind: 'tensor', tensor: { dtype: 'float32', shape: [], offset } });
  const entries = [['nelbo', scalar(0)], ['kl', scalar(8)], ['rec', scalar(16)]];
  const header = { type: 'answer', id, result: { kind: 'returned', value: { kind: 'record', entries } }, gradients: [], draws: [], operations: 1 };
  return frameOf(header, new Uint8Array(24));
}

export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
