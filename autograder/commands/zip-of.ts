/** A zip in memory. The same files give the same bytes, whatever the time and its zone. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

// The published types stop at version 2.
declare module 'yazl' {
  interface Options {
    readonly forceDosTimestamp: boolean;
  }
}

export async function zipOf(files: readonly { readonly name: string; readonly bytes: Buffer; readonly executable?: boolean }[]): Promise<Buffer> {
  const zip = new ZipFile();
  // The old kind of date in a zip is local time, so a fixed local date is the same bytes in every zone; the newer kind is not.
  const mtime = new Date(2000, 0, 1);
  for (const { name, bytes, executable } of files) zip.addBuffer(bytes, name, { mtime, forceDosTimestamp: true, ...(executable === true ? { mode: 0o100755 } : {}) });
  zip.end();
  return buffer(zip.outputStream);
}
