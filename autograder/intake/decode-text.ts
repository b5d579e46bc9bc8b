/** Bytes to text, for the ways editors save it. */

/** What stands at 0x80 to 0x9f. The TextDecoder of Node 20 leaves the control characters of Latin-1 there. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

export interface Decoded {
  readonly text: string;
  /** How it was read, when that is not the usual way and letters may have come out wrong. */
  readonly doubt?: string;
}

/** Null when the bytes are no text. Line ends become \n, a byte order mark goes. */
export function decodeText(bytes: Buffer): Decoded | null {
  const decoded = decode(bytes);
  if (decoded === null || decoded.text.includes('\0')) return null;
  return { ...decoded, text: decoded.text.replace(/\r\n?/g, '\n') };
}

function decode(bytes: Buffer): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strictly('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return strictly('utf-16be', bytes);
  return strictly('utf-8', bytes) ?? windows1252(bytes);
}

function strictly(encoding: string, bytes: Buffer): Decoded | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return null;
  }
}

/**
 * An accent saved by an old editor must not cost a question: code reads the same in every encoding
 * that extends ASCII. Windows-1252 is Latin-1 with curly quotes and dashes where that has control characters.
 * Bytes with control characters among them are no text in any of these.
 */
function windows1252(bytes: Buffer): Decoded | null {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d)) return null;
  return { text: bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control), doubt: 'is not saved as UTF-8, so accented letters may show wrongly' };
}
