/** What a file is by its first bytes: endings lie, downloads fail, and a login page is often saved as hw2.zip. */

const SIGNATURES: readonly { readonly kind: string; readonly at: number; readonly bytes: string }[] = [
  { kind: 'zip', at: 0, bytes: 'PK\x03\x04' },
  { kind: 'zip', at: 0, bytes: 'PK\x05\x06' },
  { kind: 'zip', at: 0, bytes: 'PK\x07\x08' },
  { kind: 'a RAR archive', at: 0, bytes: 'Rar!\x1a\x07' },
  { kind: 'a 7z archive', at: 0, bytes: '7z\xbc\xaf\x27\x1c' },
  { kind: 'a tar.gz archive', at: 0, bytes: '\x1f\x8b' },
  { kind: 'a tar.bz2 archive', at: 0, bytes: 'BZh' },
  { kind: 'a tar.xz archive', at: 0, bytes: '\xfd7zXZ\0' },
  { kind: 'a zst archive', at: 0, bytes: '\x28\xb5\x2f\xfd' },
  { kind: 'a tar archive', at: 257, bytes: 'ustar' },
  { kind: 'a PDF', at: 0, bytes: '%PDF' },
];

/** Endings of archives: a file named so is a hand-in, if only to be refused with a reason. */
const ARCHIVE_ENDING = /\.(?:zip|rar|7z|tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz|zst)|gz|bz2|xz|zst)$/i;

/** Bytes needed to tell. */
export const headBytes = 512;

export function archiveKind(head: Buffer): string | null {
  const text = head.toString('latin1');
  const found = SIGNATURES.find(({ at, bytes }) => text.startsWith(bytes, at));
  if (found !== undefined) return found.kind;
  return /^\s*<(?:!doctype|html)/i.test(text) ? 'a web page' : null;
}

export function isArchiveName(name: string): boolean {
  return ARCHIVE_ENDING.test(name);
}

export function withoutArchiveEnding(name: string): string {
  return name.replace(ARCHIVE_ENDING, '');
}
