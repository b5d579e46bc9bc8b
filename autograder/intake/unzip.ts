/**
 * Reads a zip in memory. Nothing is ever written to disk, and only the files somebody asks for are
 * unpacked, each no further than the size it claims: a bomb is a file that lied about its size.
 */
import { isUtf8 } from 'node:buffer';
import { inflateRawSync } from 'node:zlib';
import { type Entry as ZipEntry, fromRandomAccessReader, getFileNameLowLevel, type ZipFile } from 'yauzl';
import type { ByteSource } from './byte-source.ts';
import { crc32 } from './crc32.ts';
import type { IntakeLimits } from './intake-limits.ts';
import { type Entry, type Listing, ListingBuilder, skippedBecause } from './listing.ts';
import { isSystemError, Refused } from './problems.ts';
import { shown } from './safe-name.ts';
import { MAKE_AGAIN as AGAIN, safePath } from './safe-path.ts';
import { ZipReader } from './zip-reader.ts';

const UTF8_FLAG = 0x800;
const STORED = 0;
const DEFLATED = 8;
const CENTRAL_HEADER = 0x02014b50;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;
const LINK = 0o120000;
/** A deflated file may be a little larger than its content; much larger is padding meant to cost time. */
const PACKED_SLACK = 64 * 1024;

/** @throws Refused; errors of the disk come through as they are. The source must stay open while entries are read. */
export async function listZip(source: ByteSource, limits: IntakeLimits): Promise<Listing> {
  const reader = new ZipReader(source);
  try {
    return await list(await open(reader, source.size), reader, limits);
  } catch (error) {
    throw explained(error);
  }
}

function open(reader: ZipReader, size: number): Promise<ZipFile> {
  // Names come undecoded and sizes unvalidated: yauzl would give up on the whole zip for a fault in a file nobody reads.
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: false };
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, size, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });
}

async function list(zip: ZipFile, reader: ZipReader, limits: IntakeLimits): Promise<Listing> {
  const builder = new ListingBuilder(limits);
  for await (const entry of zip.eachEntry()) {
    const path = safePath(nameOf(entry), limits, 'zip');
    const kind = kindOf(entry);
    const because = skippedBecause(path);
    if (kind === 'directory' || path === '') builder.count();
    else if (because !== undefined) builder.skip(because, true);
    else builder.add({ path, kind, bytes: entry.uncompressedSize, read: () => unpack(zip, reader, entry, path) });
  }
  await refuseUncounted(zip, reader, limits);
  return builder.listing();
}

/**
 * The count in a zip has 16 bits. Some writers let it wrap instead of switching to zip64, and then
 * whatever comes after the counted entries would silently be missing.
 */
async function refuseUncounted(zip: ZipFile, reader: ZipReader, limits: IntakeLimits): Promise<void> {
  const next = await reader.bytes(Number(zip.readEntryCursor), 4);
  if (next.readUInt32LE(0) !== CENTRAL_HEADER) return;
  throw new Refused(
    `The zip holds more files than it says, which happens beyond 65,535 files. Leave out node_modules and data sets (at most ${limits.entries.toLocaleString('en')} files are looked at) and make the zip again.`,
  );
}

/** macOS writes UTF-8 names without saying so; what is valid UTF-8 and not ASCII is hardly ever anything else. */
function nameOf(entry: ZipEntry): string {
  const flags = isUtf8(entry.fileNameRaw) ? entry.generalPurposeBitFlag | UTF8_FLAG : entry.generalPurposeBitFlag;
  return getFileNameLowLevel(flags, entry.fileNameRaw, entry.extraFields, true);
}

function kindOf(entry: ZipEntry): Entry['kind'] | 'directory' {
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  const last = entry.fileNameRaw.at(-1);
  // 0x2f is a slash, 0x5c a backslash.
  if (type === DIRECTORY || last === 0x2f || last === 0x5c || last === undefined) return 'directory';
  if (type === LINK) return 'link';
  return type === 0 || type === REGULAR ? 'file' : 'special';
}

async function unpack(zip: ZipFile, reader: ZipReader, entry: ZipEntry, path: string): Promise<Buffer> {
  if (entry.isEncrypted()) {
    throw new Refused(`${shown(path)} is encrypted with a password. Make the zip again without a password.`);
  }
  const method = entry.compressionMethod;
  if (method !== STORED && method !== DEFLATED) {
    throw new Refused(`${shown(path)} is packed in a way that only some programs read (method ${method}). ${AGAIN}`);
  }
  if (entry.compressedSize > entry.uncompressedSize + PACKED_SLACK) throw lied(path);
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = await reader.bytes(fileDataStart, entry.compressedSize);
    const bytes = method === STORED ? Buffer.from(packed) : inflated(packed, entry.uncompressedSize);
    if (bytes === null || bytes.length !== entry.uncompressedSize) throw lied(path);
    if (crc32(bytes) !== entry.crc32) throw new Error(`the checksum of ${path} does not fit`);
    return bytes;
  } catch (error) {
    throw explained(error, path);
  }
}

/** Null as soon as there is more than `size`; the limit must not be zero, so an empty file gets one byte too many. */
function inflated(packed: Buffer, size: number): Buffer | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function lied(path: string): Refused {
  return new Refused(`${shown(path)} does not unpack to the size the zip gives for it. ${AGAIN}`);
}

/**
 * What yauzl and zlib complain about, in plain Errors, is damage and the student's to mend. The disk's
 * errors are ours, and so is a TypeError or the like: a bug must not be blamed on a student.
 */
function explained(error: unknown, path?: string): unknown {
  if (!(error instanceof Error) || error.name !== 'Error' || isSystemError(error)) return error;
  if (/encryption/.test(error.message)) return new Refused('The zip is encrypted with a password. Make it again without a password.');
  const what = path === undefined ? 'The zip' : `${shown(path)} in the zip`;
  return new Refused(`${what} is damaged or cut short. Check that it opens on your computer, make it again if it does not, and hand it in once more.`);
}
