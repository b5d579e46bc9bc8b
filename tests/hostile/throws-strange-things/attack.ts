export const attacks = {
  'vae/negative-elbo-bound': () => { throw null; },
  'iwae/vae-negative-iwae-bound': () => { throw Symbol('100 points'); },
  'gmvae/negative-elbo-bound': () => {
    const refuse = () => { throw new Error('no'); };
    throw new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse });
  },
  'iwae/gmvae-negative-iwae-bound': () => { throw { get name() { throw 1; }, get message() { throw 2; }, get stack() { throw 3; }, toString() { throw 4; } }; },
  'gmvae/log-normal': () => { throw { message: { toString: () => ({}) }, name: ['a', 'list'], stack: 12n }; },
  // The name by which the template’s stubs say that nothing was written.
  'gmvae/log-normal-mixture': () => { throw Object.assign(new Error('10 of 10 points'), { name: 'UnansweredError' }); },
  'ssvae/negative-elbo-bound': () => {
    const text = '<script>alert(1)</script>\u001b[31m\u001b]0;owned\u0007\u202e\u0000{{constructor}}';
    throw Object.assign(new Error(text.repeat(100_000)), { name: text, stack: `at submission:///${text}:1:1\n`.repeat(1000) });
  },
  'fsvae/negative-elbo-bound': () => { throw { get stack() { for (;;); } }; },
};
