/** The control groups this process is in, as folders: where /proc says it is, seen through what is mounted. */
import fs from 'node:fs';
import path from 'node:path';

/** Where groups can be made: one folder a hierarchy, which for version 2 is the same for both. */
export interface CgroupPlace {
  readonly version: 1 | 2;
  readonly memory: string;
  readonly pids: string;
}

export interface CgroupFolders {
  /** Folders that may let us make groups, the best first. */
  readonly places: readonly CgroupPlace[];
  /** Why there may be none that does; empty when there is nothing to say. */
  readonly missing: string;
}

/** `root` stands before every path, so that a test can show another machine. */
export function ownFolders(root = '/'): CgroupFolders {
  const memberships = lines(root, 'proc/self/cgroup').map((line) => line.split(':'));
  const mounts = lines(root, 'proc/self/mountinfo').flatMap(parseMount);
  const folderOf = (controller: string): string | null => {
    const mount = mounts.find(({ type, options }) => (controller === '' ? type === 'cgroup2' : type === 'cgroup' && options.includes(controller)));
    const own = memberships.find(([, controllers]) => (controller === '' ? controllers === '' : controllers?.split(',').includes(controller)))?.[2];
    if (mount === undefined || own === undefined) return null;
    const folder = path.join(root, mount.at, path.relative(mount.shows, own));
    // In a container the path may name a group outside of what is mounted.
    return fs.existsSync(folder) ? folder : path.join(root, mount.at);
  };
  const [memory, pids, unified] = [folderOf('memory'), folderOf('pids'), folderOf('')];
  const first: readonly CgroupPlace[] = memory !== null && pids !== null ? [{ version: 1, memory, pids }] : [];
  const second = unified === null ? { places: [], missing: '' } : unifiedPlaces(unified);
  return { places: [...second.places, ...first], missing: second.missing };
}

/** Ours if we can make it so, else the nearest folder above whose children are counted. */
function unifiedPlaces(own: string): CgroupFolders {
  const made = divideOwn(own);
  const counted = [own, ...above(own)].filter((folder) => hasBoth(path.join(folder, 'cgroup.subtree_control')));
  return { places: counted.map((folder) => ({ version: 2, memory: folder, pids: folder })), missing: made };
}

/**
 * A group with processes of its own cannot have limited children: the kernel wants them in a group
 * beside. When this process is alone in its group (systemd-run --scope makes such a group), it moves.
 * Others are not ours to move. Returns why not.
 */
function divideOwn(own: string): string {
  const control = path.join(own, 'cgroup.subtree_control');
  if (hasBoth(control) || !hasBoth(path.join(own, 'cgroup.controllers'))) return '';
  const delegate = 'systemd-run --user --scope -p Delegate=yes elbow …';
  try {
    if (read(path.join(own, 'cgroup.procs')).trim() !== String(process.pid)) return `other programs share elbow's control group; start it as: ${delegate}`;
    const beside = path.join(own, 'elbow-grader');
    fs.mkdirSync(beside, { recursive: true });
    fs.writeFileSync(path.join(beside, 'cgroup.procs'), String(process.pid));
    fs.writeFileSync(control, '+memory +pids');
    return '';
  } catch {
    return `elbow may not make control groups; start it as: ${delegate}`;
  }
}

function above(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return fs.existsSync(path.join(parent, 'cgroup.subtree_control')) ? [parent, ...above(parent)] : [];
}

function hasBoth(file: string): boolean {
  const controllers = new Set(read(file).trim().split(/\s+/));
  return controllers.has('memory') && controllers.has('pids');
}

/** Fields of mountinfo: the fourth is the part of the file system shown, the fifth where. */
function parseMount(line: string): readonly { shows: string; at: string; type: string; options: readonly string[] }[] {
  const [before, after] = line.split(' - ');
  const [, , , shows, at] = before?.split(' ') ?? [];
  const [type, , options] = after?.split(' ') ?? [];
  if (shows === undefined || at === undefined || type === undefined || !type.startsWith('cgroup')) return [];
  return [{ shows, at, type, options: options?.split(',') ?? [] }];
}

function lines(root: string, file: string): readonly string[] {
  return read(path.join(root, file)).split('\n').filter((line) => line !== '');
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
