import { sleep } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': () => sleep(1e9),
};
