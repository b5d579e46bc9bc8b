import { sleep, writeToGrader, zeroAnswer } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': () => {
    for (const byte of zeroAnswer(1)) {
      writeToGrader(Uint8Array.of(byte));
      sleep(100);
    }
  },
};
