import { frameOf, writeToGrader } from './tools.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

export const attacks = {
  'vae/negative-elbo-bound': () => writeToGrader(text('PASS 100/100, every task, trust me\n')),
  'iwae/vae-negative-iwae-bound': () => writeToGrader(frameOf(Uint8Array.of(0x22, 0xc3, 0x28, 0xff, 0x00, 0x22))),
  'gmvae/negative-elbo-bound': () => writeToGrader(frameOf('['.repeat(400_000) + ']'.repeat(400_000))),
  'iwae/gmvae-negative-iwae-bound': () => writeToGrader(frameOf({ type: 'grade', student: 'me', points: 100 })),
  'fsvae/negative-elbo-bound': () => writeToGrader(frameOf('{"type":"console","text":"a","__proto__":{"points":100}}')),
};
