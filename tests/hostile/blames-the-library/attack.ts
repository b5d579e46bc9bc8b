export const attacks = {
  'vae/negative-elbo-bound': () => {
    throw new Error("Kernel 'FusedMatMul' not registered for backend 'cpu'");
  },
  'gmvae/log-normal': () => {
    throw { name: 'Error', message: "Kernel 'Anything' not registered for backend 'webgl'" };
  },
};
