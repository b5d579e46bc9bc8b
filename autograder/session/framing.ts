/** Frames from a child, as they arrive in pieces. The sender is untrusted: sizes are judged before anything is kept. */
import { FRAME_PREFIX_BYTES } from '../../contract/codec.ts';
import { type FromChild, FromChild as FromChildSchema, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES } from '../../contract/messages.ts';
import { parser } from '../../contract/schema.ts';

export interface Frame {
  readonly message: FromChild;
  readonly payload: Uint8Array;
}

/** What a child sent is not the protocol; the message names what, for staff. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** A message of the right kind with more bytes than an answer may have. */
export class AnswerTooLarge extends ProtocolError {}

const parseMessage = parser('a message', FromChildSchema);

/** Collects bytes and gives back whole frames; holds at most one frame and one chunk. */
export class FrameDecoder {
  #pieces: Uint8Array[] = [];
  #length = 0;
  #payloadCap: number;

  constructor(payloadCap = MAX_PAYLOAD_BYTES) {
    this.#payloadCap = payloadCap;
  }

  /** Payloads of this many bytes at most from the next frame on. */
  allow(payloadCap: number): void {
    this.#payloadCap = payloadCap;
  }

  /** @throws ProtocolError as soon as the bytes cannot become a frame. */
  push(chunk: Uint8Array): readonly Frame[] {
    this.#pieces.push(chunk);
    this.#length += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | null {
    if (this.#length < FRAME_PREFIX_BYTES) return null;
    const head = this.#peek(FRAME_PREFIX_BYTES);
    const prefix = new DataView(head.buffer, head.byteOffset, FRAME_PREFIX_BYTES);
    const headerLength = prefix.getUint32(0, true);
    const payloadLength = prefix.getUint32(4, true);
    if (headerLength > MAX_HEADER_BYTES) throw new ProtocolError('a header larger than its cap');
    if (payloadLength > this.#payloadCap) throw new AnswerTooLarge('more bytes than an answer may have');
    const total = FRAME_PREFIX_BYTES + headerLength + payloadLength;
    if (this.#length < total) return null;

    const bytes = this.#peek(total);
    this.#pieces = total === bytes.length ? [] : [bytes.subarray(total)];
    this.#length -= total;
    const header = bytes.subarray(FRAME_PREFIX_BYTES, FRAME_PREFIX_BYTES + headerLength);
    return { message: decodeHeader(header), payload: bytes.subarray(FRAME_PREFIX_BYTES + headerLength, total) };
  }

  /** At least the first `length` bytes in one piece; joins pieces only once enough have arrived. */
  #peek(length: number): Uint8Array {
    const [first] = this.#pieces;
    if (first !== undefined && first.length >= length) return first;
    const joined = Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [joined];
    return joined;
  }
}

function decodeHeader(bytes: Uint8Array): FromChild {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ProtocolError('a header that is not JSON');
  }
  try {
    return parseMessage(value);
  } catch (error) {
    throw new ProtocolError(error instanceof Error ? error.message : 'a message of no known kind');
  }
}
