export const attacks = {
  'vae/negative-elbo-bound': () => (globalThis as any).process.reallyExit?.(0) ?? (globalThis as any).process.exit(0),
};
