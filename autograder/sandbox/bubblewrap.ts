/**
 * The box: own user, PID, network, IPC, UTS and cgroup namespaces, a root of a few read-only files, no
 * /proc, nothing writable, no capabilities, no new privileges, a filter on system calls. bubblewrap's
 * arguments go through a descriptor, because /proc/1/cmdline would otherwise show every path of the host
 * inside the box.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { resolveEnvironment } from './environment.ts';
import { argumentText, type Command, type Launch } from './launch.ts';
import { type Enforcement, prlimitArguments, type ResourceCeiling } from './limits.ts';
import { filterBytes } from './seccomp.ts';
import { readableByAll } from './staging.ts';

const descriptor = { options: '4', filter: '5', status: '6' } as const;

/** Where the box's user is not the grader's, files are mounted from where that user can read them. */
export function boxCommand(launch: Launch, ceiling: ResourceCeiling, enforcement: Enforcement): Command {
  const program = fs.realpathSync(launch.program);
  const source = enforcement.ownUser ? readableByAll : fs.realpathSync;
  const locate = (file: string): string => `/child/${path.basename(file)}`;
  const named = launch.arguments.flatMap((argument) => (typeof argument === 'string' ? [] : [argument.file]));
  const fromEnvironment = Object.values(launch.environment).flatMap((value) => (typeof value === 'string' ? [] : [value.file]));
  const mounts = [...new Set([...named, ...fromEnvironment, ...launch.files])].flatMap((file) => ['--ro-bind', source(file), locate(file)]);
  const environment = Object.entries(resolveEnvironment(launch, locate)).flatMap(([name, value]) => ['--setenv', name, value]);

  const options = [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session', '--as-pid-1'],
    // Always the same user inside: what a program sees must not differ from box to box.
    ...['--clearenv', '--hostname', 'box', '--uid', '1000', '--gid', '1000'],
    ...['--ro-bind', source(program), '/program'],
    ...mountedAsTheyLie(program, launch).flatMap((place) => ['--ro-bind', source(place), place]),
    ...mounts,
    // No device at all: the mode of a device that belongs to the box's user could be changed from within.
    // Native TensorFlow opens /dev/urandom as it loads, and aborts where it cannot; any bytes will do.
    ...['--dir', '/dev', '--ro-bind', source(program), '/dev/urandom'],
    // Native TensorFlow asks for its own path and aborts where there is none; this is not a procfs.
    ...['--dir', '/proc', '--dir', '/proc/self', '--symlink', '/program', '/proc/self/exe'],
    ...['--remount-ro', '/', '--chdir', '/', '--cap-drop', 'ALL'],
    ...environment,
    ...['--seccomp', descriptor.filter, '--json-status-fd', descriptor.status],
  ];
  return {
    program: 'prlimit',
    arguments: [
      ...prlimitArguments(ceiling, enforcement),
      ...['bwrap', '--args', descriptor.options, '--', '/program'],
      ...launch.arguments.map((argument) => argumentText(argument, locate)),
    ],
    // The way to bwrap itself; inside, the environment is cleared.
    environment: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    frames: 'descriptor',
    inputs: [options.map((option) => `${option}\0`).join(''), filter()],
    reportsPid: true,
  };
}

function mountedAsTheyLie(program: string, launch: Launch): readonly string[] {
  const places = launch.places?.() ?? [];
  const isThere = (library: string): boolean => places.some((place) => library === place || library.startsWith(`${place}/`));
  return [...places, ...librariesOf(program, launch).filter((library) => !isThere(library))];
}

let knownFilter: Buffer | null = null;

function filter(): Buffer {
  if (process.arch !== 'x64' && process.arch !== 'arm64') throw new Error(`there is no system-call filter for ${process.arch} processors`);
  knownFilter ??= filterBytes(process.arch);
  return knownFilter;
}

const libraryCache = new Map<string, readonly string[]>();

/** The shared libraries a program (and native files beside it) are linked with, as the loader will ask for them. */
function librariesOf(program: string, launch: Launch): readonly string[] {
  const binaries = [program, ...launch.files.filter((file) => /\.(node|so(\.\d+)*)$/.test(file))];
  const key = binaries.join('\n');
  const known = libraryCache.get(key);
  if (known !== undefined) return known;
  const beside = new Set(launch.files.map((file) => path.basename(file)));
  const libraries = new Set<string>();
  for (const binary of binaries) {
    for (const library of librariesNamedBy(binary)) if (!beside.has(path.basename(library))) libraries.add(library);
  }
  libraryCache.set(key, [...libraries]);
  return [...libraries];
}

function librariesNamedBy(binary: string): readonly string[] {
  let listing: string;
  try {
    listing = execFileSync('ldd', [binary], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // A statically linked program has none, which ldd counts as a failure.
    return [];
  }
  return listing.split('\n').flatMap((line) => /(?:=>\s*)?(\/\S+)\s+\(0x/.exec(line)?.[1] ?? []);
}
