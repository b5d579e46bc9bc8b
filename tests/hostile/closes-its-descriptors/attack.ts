import { nodeModule } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    nodeModule('fs').closeSync(3);
    return right(...values);
  },
  'gmvae/negative-elbo-bound': (right: any, ...values: any[]) => {
    for (const descriptor of [0, 1, 2]) try { nodeModule('fs').closeSync(descriptor); } catch { /* closed already */ }
    return right(...values);
  },
};
