import { writeToGrader } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': () => writeToGrader(new Uint8Array(8).fill(255)),
};
