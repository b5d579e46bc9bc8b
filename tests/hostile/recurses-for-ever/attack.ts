import { nodeModule } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': () => {
    const deeper = (): number => 1 + deeper();
    return deeper();
  },
  'gmvae/negative-elbo-bound': () => {
    nodeModule('v8').setFlagsFromString('--stack-size=1000000');
    const deeper = (): number => 1 + deeper();
    setTimeout(deeper);
    return deeper();
  },
};
