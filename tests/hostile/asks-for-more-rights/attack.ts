import { attempt, firstTime, nodeModule } from './tools.ts';

declare const process: any;

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) ask();
    return right(model, x);
  },
};

function ask(): void {
  const fs = nodeModule('fs');
  const os = nodeModule('os');
  for (const call of ['setuid', 'seteuid', 'setgid', 'setegid']) attempt(call, () => (process[call](0), process.getuid() === 0 ? 'root' : undefined));
  attempt('setgroups', () => (process.setgroups([0]), process.getgroups().includes(0) ? 'root’s group' : undefined));
  attempt('initgroups', () => (process.initgroups('root', 0), process.getgroups().join(' ')));
  attempt('root already', () => (process.getuid() === 0 || process.geteuid() === 0 ? 'root' : undefined));
  attempt('priority', () => (os.setPriority(0, -20), os.getPriority() < 0 ? os.getPriority() : undefined));
  for (const device of ['tty', 'console', 'tty1', 'mem', 'kmem', 'sda', 'vda', 'kvm', 'fuse', 'net/tun', 'ptmx', 'pts/0', 'full', 'zero', 'shm', 'mqueue', 'log']) {
    attempt(`/dev/${device}`, () => fs.openSync(`/dev/${device}`, 'r+'));
  }
  for (const descriptor of [0, 1, 2, 3]) attempt(`a terminal at ${descriptor}`, () => (nodeModule('tty').isatty(descriptor) ? 'a terminal' : undefined));
  attempt('folder', () => (process.chdir('/proc/self'), undefined));
  attempt('mask', () => void process.umask(0));
}
