import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { explainRefusal } from './namespace-refusal.ts';
import { present, type Finding, type HostView } from './host-fact.ts';
import { linuxElsewhere } from './other-systems.ts';

// The same namespaces grading asks for: a box with fewer works on hosts where the real one does not.
const smallestBox = ['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--ro-bind', '/', '/', 'true'];
const nobody = 65534;
const installBubblewrap =
  'Debian or Ubuntu: sudo apt-get install -y bubblewrap; Fedora: sudo dnf install -y bubblewrap; Arch: sudo pacman -S bubblewrap';

export async function lookAtBubblewrap(view: HostView): Promise<Finding> {
  if (process.platform !== 'linux') return { status: 'missing', detail: 'exists only on Linux', cure: linuxElsewhere(process.platform) };
  const box = await runAsUser('bwrap', smallestBox, view);
  if (box.code === 'ENOENT') return { status: 'missing', detail: 'not installed', cure: installBubblewrap };
  if (!box.failed) return present((await runAsUser('bwrap', ['--version'], view)).stdout.replace('bubblewrap ', ''));
  const refusal = explainRefusal(box.stderr || box.message, {
    apparmorRestricts: kernelSwitch('kernel/apparmor_restrict_unprivileged_userns') === '1',
    cloneForbidden: kernelSwitch('kernel/unprivileged_userns_clone') === '0',
    noneAllowed: kernelSwitch('user/max_user_namespaces') === '0',
    inContainer: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
  });
  return { status: 'broken', ...refusal };
}

export async function lookAtPrlimit(view: HostView): Promise<Finding> {
  if (process.platform !== 'linux') return { status: 'missing', detail: 'exists only on Linux', cure: linuxElsewhere(process.platform) };
  const limited = await runAsUser('prlimit', ['--data=500000000', '--cpu=10:11', '--core=0', 'true'], view);
  if (limited.code === 'ENOENT') return { status: 'missing', detail: 'not installed', cure: 'install util-linux with the package manager' };
  if (limited.failed) return { status: 'broken', detail: limited.stderr || limited.message, cure: 'install util-linux 2.21 or later' };
  return present('limits can be set');
}

// Boxes never run as root, and what the kernel refuses to others it often grants to root: ask as nobody.
async function runAsUser(command: string, args: readonly string[], { path }: HostView) {
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const result = await execa(command, args, { cwd: '/', env: { PATH: path, LC_ALL: 'C' }, timeout: 10_000, reject: false, ...user });
  return { failed: result.failed, code: result.code, stdout: result.stdout, stderr: result.stderr.trim(), message: result.shortMessage ?? '' };
}

function kernelSwitch(name: string): string | undefined {
  const file = `/proc/sys/${name}`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
