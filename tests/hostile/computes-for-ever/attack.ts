declare const process: any;

const spin = (milliseconds: number): void => {
  const end = process.cpuUsage().user + 1000 * milliseconds;
  while (process.cpuUsage().user < end);
};

export const attacks = {
  'vae/negative-elbo-bound': () => { for (;;); },
  'gmvae/negative-elbo-bound': () => {
    for (const signal of ['SIGXCPU', 'SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
    for (;;);
  },
  'gmvae/log-normal': () => /^(a+)+$/.test('a'.repeat(50) + 'b'),
  'gmvae/log-normal-mixture': () => 9n ** (9n ** 9n),
  // Each call stays far below the limit, which holds for a task and not for a call.
  'ssvae/negative-elbo-bound': (right: any, ...values: any[]) => (spin(150), right(...values)),
  'fsvae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const result = right(...values);
    return Object.defineProperties({}, Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`part${index}`, { enumerable: true, get: () => (spin(100), result) }])));
  },
};
