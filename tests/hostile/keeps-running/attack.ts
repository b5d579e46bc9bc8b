import { attempt, nodeModule } from './tools.ts';

declare const process: any;

export const attacks = {
  'vae/negative-elbo-bound': () => {
    const fs = nodeModule('fs');
    const forged = new Uint8Array(64).fill(7);
    const write = () => fs.writeSync(3, forged);
    setTimeout(write, 0);
    setInterval(write, 1);
    setImmediate(write);
    process.nextTick(() => { throw new Error('later'); });
    queueMicrotask(() => { throw new Error('sooner'); });
    void Promise.reject(new Error('nobody hears'));
    for (const event of ['exit', 'beforeExit', 'uncaughtException', 'unhandledRejection']) process.on(event, write);
    new FinalizationRegistry(write).register({}, 1);
    const spin = 'for (;;) {}';
    const flood = `const fs = process.getBuiltinModule ? process.getBuiltinModule('fs') : require('fs'); for (;;) try { fs.writeSync(3, new Uint8Array(64)) } catch {}`;
    for (const program of [spin, spin, flood, flood]) attempt('a thread', () => void new (nodeModule('worker_threads').Worker)(program, { eval: true }));
    throw new Error('enough');
  },
};
