// On a terminal, shows how far a download has come, by the growth of the folder it goes to.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// Returns the function that ends the display.
export function showGrowth(folder, expectedMegabytes) {
  if (!process.stdout.isTTY) return () => {};
  const draw = () => process.stdout.write(`\r  ${Math.min(megabytesIn(folder), expectedMegabytes)} of ${expectedMegabytes} MB`);
  const timer = setInterval(draw, 500);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\x1b[K');
  };
}

function megabytesIn(folder) {
  try {
    const sizes = readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)).size);
    return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6);
  } catch {
    return 0; // temporary files come and go between listing and asking
  }
}
