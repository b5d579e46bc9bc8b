declare const process: any;

export const attacks = {
  'vae/negative-elbo-bound': () => {
    for (const signal of ['SIGINT', 'SIGSTOP', 'SIGTSTP', 'SIGSEGV', 'SIGTERM', 'SIGKILL']) process.kill(process.pid, signal);
    process.exit(0);
  },
};
