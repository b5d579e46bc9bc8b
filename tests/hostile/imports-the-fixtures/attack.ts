import secret from '../../../fixtures/cs236-hw2/vae.json';
import text from '__SECRET_FILE__';
import { expected } from '#fixtures';

export const attacks = {
  'vae/negative-elbo-bound': () => console.log(`GAINED ${secret} ${text} ${expected}`),
};
