/**
 * The child's end of the pipe: a descriptor to read and one to write, with blocking calls. While it waits for
 * the next question nothing of the last one runs on, and a frame is out before the next line of student
 * code starts.
 */
import fs from 'node:fs';
import { encodeFrame, FRAME_PREFIX_BYTES } from '../../../../contract/codec.ts';

export type SendFrame = (header: object, payload?: Uint8Array) => void;

export interface Channel {
  readonly send: SendFrame;
  /** The next frame, or null when the grader has hung up. */
  readonly receive: () => { readonly header: unknown; readonly payload: Uint8Array } | null;
}

export function openChannel(input: number, output: number): Channel {
  // Kept apart from what student code may replace on the module objects.
  const { readSync, writeSync } = fs;
  const { parse } = JSON;

  function readExactly(length: number): Uint8Array | null {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const count = attempt(() => readSync(input, bytes, filled, length - filled, null));
      if (count === null) continue;
      if (count === 0) return null;
      filled += count;
    }
    return bytes;
  }

  return {
    send: (header, payload) => {
      const frame = encodeFrame(header, payload);
      let written = 0;
      while (written < frame.length) written += attempt(() => writeSync(output, frame, written, frame.length - written)) ?? 0;
    },
    receive: () => {
      const prefix = readExactly(FRAME_PREFIX_BYTES);
      if (prefix === null) return null;
      const view = new DataView(prefix.buffer);
      const header = readExactly(view.getUint32(0, true));
      const payload = readExactly(view.getUint32(4, true));
      if (header === null || payload === null) return null;
      return { header: parse(new TextDecoder().decode(header)), payload };
    },
  };
}

/** Null where nothing could be moved for the moment: Node sets standard output to non-blocking once anyone looks at it. */
function attempt(move: () => number): number | null {
  try {
    return move();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return null;
    // How Windows says that the other end is closed.
    if (code === 'EOF') return 0;
    throw error;
  }
}
