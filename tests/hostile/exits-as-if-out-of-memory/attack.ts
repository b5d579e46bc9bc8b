export const attacks = {
  'vae/negative-elbo-bound': () => (globalThis as any).process.exit(137),
};
