import { attempt, firstTime, nodeModule } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) look();
    return right(model, x);
  },
};

function look(): void {
  const fs = nodeModule('fs');
  const open: string[] = [];
  for (let descriptor = 0; descriptor < 1024; descriptor += 1) {
    try {
      const stat = fs.fstatSync(descriptor);
      open.push(String(descriptor));
      if (stat.isDirectory() && stat.dev !== fs.statSync('/').dev) console.log(`descriptor ${descriptor} is a folder outside: GAINED`);
      if (stat.isFile()) attempt(`descriptor ${descriptor}`, () => readStart(fs, descriptor));
      attempt(`/proc/self/fd/${descriptor}`, () => fs.readFileSync(`/proc/self/fd/${descriptor}`, 'latin1'));
      attempt(`/dev/fd/${descriptor}`, () => fs.readFileSync(`/dev/fd/${descriptor}`, 'latin1'));
    } catch {
      // not open
    }
  }
  console.log(`open: ${open.join(' ')}`);
}

/** What a file begins with, or undefined for one that the child itself has open. */
function readStart(fs: any, descriptor: number): string | undefined {
  const bytes = new Uint8Array(200);
  const length = fs.readSync(descriptor, bytes, 0, bytes.length, 0);
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, length));
  return text.startsWith('\x7fELF') ? undefined : text;
}
