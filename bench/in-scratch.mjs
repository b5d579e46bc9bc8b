// A benchmark without options, in a folder of its own that is gone afterwards, also after Ctrl-C.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export async function runInScratch(usage, run) {
  if (process.argv.length > 2) {
    console.log(usage);
    process.exitCode = process.argv[2] === '--help' ? 0 : 64;
    return;
  }
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'elbow-bench-'));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  await run(scratch).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
