import { firstTime, nodeModule } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    if (firstTime()) for (let round = 0; round < 10; round += 1) new Uint8Array(20 << 20).fill(round);
    return right(...values);
  },
  'gmvae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const deeper = (): number => 1 + deeper();
    try {
      deeper();
    } catch {
      // RangeError
    }
    return right(...values);
  },
  'gmvae/log-normal': (right: any, ...values: any[]) => {
    const fs = nodeModule('fs');
    const open: number[] = [];
    try {
      for (;;) open.push(fs.openSync('/program', 'r'));
    } catch {
      // EMFILE
    }
    for (const descriptor of open) fs.closeSync(descriptor);
    return right(...values);
  },
};
