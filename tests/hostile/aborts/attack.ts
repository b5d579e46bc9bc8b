export const attacks = {
  'vae/negative-elbo-bound': () => (globalThis as any).process.abort(),
};
