/** Unpacks a zip as a student does, by a library and with nothing of elbow. */
import fs from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type Entry, open, type Options, type ZipFile } from 'yauzl';

export async function unzipTo(zip: string, folder: string): Promise<void> {
  const file = await promisify<string, Options, ZipFile>(open)(zip, { lazyEntries: true });
  const read = promisify(file.openReadStream.bind(file)) as (entry: Entry) => Promise<NodeJS.ReadableStream>;
  await new Promise<void>((resolve, reject) => {
    file.on('error', reject).on('end', resolve);
    file.on('entry', (entry: Entry) => {
      const target = path.join(folder, entry.fileName);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      read(entry)
        .then(async (stream) => fs.writeFileSync(target, await buffer(stream)))
        .then(() => file.readEntry(), reject);
    });
    file.readEntry();
  });
}
