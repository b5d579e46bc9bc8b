import { frameOf, nodeModule, writeToGrader } from './tools.ts';

declare const process: any;

export const attacks = {
  'vae/negative-elbo-bound': () => { for (;;) console.log('y'); },
  'gmvae/negative-elbo-bound': () => { for (;;) process.stderr.write('y\n'.repeat(1000)); },
  'gmvae/log-normal': () => console.log('y'.repeat(50_000_000)),
  'gmvae/log-normal-mixture': () => { for (;;) try { nodeModule('fs').writeSync(1, 'y'.repeat(10_000)); } catch { /* full: once more */ } },
  'ssvae/negative-elbo-bound': () => { for (;;) try { nodeModule('fs').writeSync(2, '\u001b[2J'.repeat(10_000)); } catch { /* full: once more */ } },
  'fsvae/negative-elbo-bound': () => { for (;;) writeToGrader(frameOf({ type: 'console', text: '' })); },
};
