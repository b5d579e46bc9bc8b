import { attempt, firstTime } from './tools.ts';

declare const process: any;

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) kill();
    return right(model, x);
  },
};

function kill(): void {
  for (const id of [process.ppid, __GRADER_PID__, 5000, -2, -__GRADER_PID__, -1]) {
    if (id === 0 || id === process.pid) continue;
    for (const signal of ['SIGKILL', 'SIGINT', 'SIGSTOP', 0]) attempt(`signal ${signal} to ${id}`, () => (process.kill(id, signal), 'sent'));
  }
  attempt('priority of all', () => (process.setPriority ?? (globalThis as any).none)(0));
}
