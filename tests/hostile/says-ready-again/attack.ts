import { frameOf, writeToGrader } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    writeToGrader(frameOf({ type: 'ready', protocol: 1, backend: 'cpu' }));
    return right(model, x);
  },
};
