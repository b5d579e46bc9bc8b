import { sleep, writeToGrader, zeroAnswer } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': () => {
    writeToGrader(zeroAnswer(1).subarray(0, 100));
    sleep(1e9);
  },
};
