// Setup run for real in a copy of this project. The copy borrows this project's packages, and the shared
// cache spares it the large download; a folder of chosen programs as PATH stands for machines that lack some.
import { execa } from 'execa';
import {
  chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync,
  truncateSync, writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../autograder/paths.ts';

const tfjsNode = 'node_modules/@tensorflow/tfjs-node';
const library = 'deps/lib/libtensorflow_cc.so.2';
const sharedCache = [process.env['ELBOW_CACHE'], join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'elbow'), join(projectRoot, '.cache')]
  .find((folder) => folder !== undefined && builds(folder).length > 0);
const onLinux = process.platform === 'linux';

let temporary: string;
let clone: string;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'elbow-setup-'));
  clone = join(temporary, 'clone');
  await copyProject(clone);
  await setUp([], { ELBOW_NATIVE: 'skip' }); // bundles
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));
beforeEach(() => {
  for (const part of ['.elbow-native', 'lib', 'deps']) rmSync(join(clone, tfjsNode, part), { recursive: true, force: true });
});

describe.runIf(onLinux && sharedCache !== undefined)('with a filled cache', () => {
  const environment = { ELBOW_CACHE: sharedCache ?? '' };

  it('links native TensorFlow without downloading it, then has nothing more to do', async () => {
    const first = await setUp([], environment);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain('native TensorFlow: works');
    expect(first.stdout).not.toContain('downloading');

    // A PATH without npm, pip and g++: a second run that starts any of them fails.
    const second = await setUp([], { ...environment, PATH: pathWith('bwrap') });
    expect(second.stdout).toMatch(/^elbow is set up: dependencies, native TensorFlow 2\.15\.0, [^\n]*$/);
    expect(await setUp(['--quiet'], environment)).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('makes elbow a command for npm scripts below the project', async () => {
    await setUp(['--quiet'], environment);
    const command = join(clone, 'node_modules/.bin/elbow');
    expect(readlinkSync(command)).toBe('../../bin/elbow.mjs');
    expect(statSync(command).mode & 0o111).not.toBe(0);
  });

  it('leaves no half installation and drops the cached build when the library is damaged', async () => {
    const cache = join(temporary, 'damaged-cache');
    const [build] = builds(environment.ELBOW_CACHE);
    cpSync(join(environment.ELBOW_CACHE, build ?? ''), join(cache, build ?? ''), { recursive: true, filter: (path) => basename(path) !== basename(library) });
    writeFileSync(join(cache, build ?? '', library), 'ELF');
    truncateSync(join(cache, build ?? '', library), 100);

    const result = await setUp([], { ELBOW_CACHE: cache, PATH: pathWith() });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('the slower WebAssembly backend is used');
    expect(builds(cache)).toEqual([]);
    expect(existsSync(join(clone, tfjsNode, 'lib'))).toBe(false);
    expect(existsSync(join(clone, tfjsNode, 'deps'))).toBe(false);
  });
});

describe.runIf(onLinux)('on a machine without a compiler', () => {
  it('says so once, goes on, and tries again only when told to or when something has changed', async () => {
    const bare = { ELBOW_CACHE: join(temporary, 'bare-cache'), PATH: pathWith() };
    const refusal = 'native TensorFlow cannot be had';

    const first = await setUp([], bare);
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toContain('it needs g++ and python3-pip (sudo apt-get install -y g++ python3-pip)');

    expect((await setUp(['--quiet'], bare)).stdout).toBe('');
    expect((await setUp([], bare)).stdout).toContain('no native TensorFlow (it needs g++');
    expect((await setUp(['--retry-native'], bare)).stdout).toContain(refusal);
    expect((await setUp([], { ...bare, PATH: pathWith('g++') })).stdout).toContain('it needs python3-pip');
  });

  it('names the command that installs bubblewrap', async () => {
    const { stdout, exitCode } = await setUp([], { ELBOW_NATIVE: 'skip', PATH: pathWith() });
    expect(exitCode).toBe(0);
    for (const command of ['apt-get install -y bubblewrap', 'dnf install -y bubblewrap', 'pacman -S --noconfirm bubblewrap']) {
      expect(stdout).toContain(command);
    }
  });
});

describe.runIf(onLinux)('stopped in the middle of the download', () => {
  it.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('by %s: deletes what it began and ends the download', async (signal, exitCode) => {
    const { cache, running, downloader } = await startEndlessDownload(signal);
    running.kill(signal);
    expect(await running).toMatchObject({ exitCode });
    expect(readdirSync(cache)).toEqual([]);
    await expect.poll(() => isAlive(downloader)).toBe(false);
  });

  it('by SIGKILL: the next setup deletes what is left', async () => {
    const { cache, running, downloader } = await startEndlessDownload('SIGKILL');
    running.kill('SIGKILL');
    await running;
    process.kill(downloader, 'SIGKILL');
    expect(readdirSync(cache)).toHaveLength(1);

    await setUp([], { ELBOW_CACHE: cache, PATH: pathWith() });
    expect(readdirSync(cache)).toEqual(['native-tensorflow-failed.json']);
  });
});

describe('what cannot work', () => {
  it('stops with npm\'s own words when the lock file is unusable', async () => {
    const broken = join(temporary, 'broken');
    await copyProject(broken);
    writeFileSync(join(broken, 'package-lock.json'), '<<<<<<< HEAD');
    const result = await setUp([], {}, broken);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stderr).toMatch(/^Setup stopped: npm ci failed: npm [^]*Next: look at "npm ci"/);
  });

  it('refuses options it does not know', async () => {
    expect(await setUp(['--quite'])).toMatchObject({ exitCode: 64, stdout: '' });
  });
});

async function setUp(options: readonly string[], environment: Record<string, string> = {}, root = clone) {
  return execa(process.execPath, [join(root, 'scripts/setup.mjs'), ...options], { env: surroundings(environment), extendEnv: false, reject: false });
}

// An empty HOME, as in a fresh container.
function surroundings(environment: Record<string, string>) {
  const home = join(temporary, 'home');
  mkdirSync(home, { recursive: true });
  return { PATH: process.env['PATH'] ?? '', HOME: home, ...environment };
}

async function copyProject(target: string) {
  const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: projectRoot });
  for (const file of stdout.split('\n').filter((name) => !name.startsWith('tests/') && existsSync(join(projectRoot, name)))) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    copyFileSync(join(projectRoot, file), join(target, file));
  }
  borrow(join(projectRoot, 'node_modules'), join(target, 'node_modules'), ['@tensorflow', '.bin']);
  borrow(join(projectRoot, 'node_modules/@tensorflow'), join(target, 'node_modules/@tensorflow'), ['tfjs-node']);
  mkdirSync(join(target, 'node_modules/.bin'));
  const notBuilt = (path: string) => !['lib', 'deps', '.elbow-native'].some((part) => path === join(projectRoot, tfjsNode, part));
  cpSync(join(projectRoot, tfjsNode), join(target, tfjsNode), { recursive: true, filter: notBuilt });
}

// Packages by link; npm's record by copy, because setup reads and stamps beside it.
function borrow(from: string, to: string, except: readonly string[]) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((entry) => !except.includes(entry) && entry !== '.elbow-lock')) {
    if (name === '.package-lock.json') copyFileSync(join(from, name), join(to, name));
    else symlinkSync(join(from, name), join(to, name));
  }
}

/** A PATH of exactly these programs of this machine, and those of `more` that are given as scripts. */
function pathWith(...programs: readonly (string | { name: string; script: string })[]): string {
  const folder = mkdtempSync(join(temporary, 'path-'));
  for (const program of programs) {
    if (typeof program === 'string') {
      const found = (process.env['PATH'] ?? '').split(':').map((place) => join(place, program)).find((file) => existsSync(file));
      symlinkSync(found ?? '/bin/true', join(folder, program));
    } else {
      writeFileSync(join(folder, program.name), program.script);
      chmodSync(join(folder, program.name), 0o755);
    }
  }
  return folder;
}

async function startEndlessDownload(name: string) {
  const cache = join(temporary, `cache-${name}`);
  const pidFile = join(temporary, `pid-${name}`);
  const script = `#!/bin/sh\n[ "$3" = --version ] && exit 0\necho half > "$TMPDIR/half"\necho $$ > ${pidFile}\nexec /bin/sleep 60\n`;
  const environment = surroundings({ ELBOW_CACHE: cache, PATH: pathWith('g++', { name: 'python3', script }) });
  const running = execa(process.execPath, [join(clone, 'scripts/setup.mjs')], { env: environment, extendEnv: false, reject: false });
  await expect.poll(() => existsSync(pidFile) && statSync(pidFile).size > 0, { timeout: 30_000 }).toBe(true);
  const downloader = Number(readFileSync(pidFile, 'utf8'));
  return { cache, running, downloader };
}

// An orphan that has ended may stay listed as a zombie, for as long as process 1 does not care.
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function builds(cache: string): readonly string[] {
  return existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('tensorflow-')) : [];
}
