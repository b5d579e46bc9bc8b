export const attacks = {
  'vae/negative-elbo-bound': () => {
    const thenable = { then: (resolve: (value: unknown) => void) => resolve(thenable) };
    return thenable;
  },
};
