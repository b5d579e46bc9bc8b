import { attempt, firstTime, nodeModule } from './tools.ts';

declare const process: any;

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) load();
    return right(model, x);
  },
};

function load(): void {
  for (const command of ['/program', '/bin/sh', 'sh', '/usr/bin/env', '/lib64/ld-linux-x86-64.so.2']) {
    attempt(`spawn ${command}`, () => {
      const { error, pid } = nodeModule('child_process').spawnSync(command, ['--version'], { timeout: 300 });
      if (error) throw error;
      return pid;
    });
  }
  attempt('fork', () => nodeModule('child_process').fork('/program').pid);
  attempt('cluster', () => nodeModule('cluster').fork().process.pid);
  attempt('binding spawn_sync', () => process.binding('spawn_sync').spawn({ file: '/program', args: ['program', '--version'], stdio: [] }).pid);
  for (const name of ['fs', 'process_wrap', 'tcp_wrap', 'natives', 'os', 'v8', 'contextify']) attempt(`binding ${name}`, () => void process.binding(name));
  for (const library of ['/lib/x86_64-linux-gnu/libc.so.6', '/lib/aarch64-linux-gnu/libc.so.6', '/child/tfjs_binding.node', '/program', '/proc/self/exe']) {
    attempt(`library ${library}`, () => Object.keys((process.dlopen({ exports: {} }, library), { loaded: 1 })).join());
  }
  attempt('addon', () => nodeModule('module').createRequire('/')('/child/addon.node'));
  attempt('wasi', () => {
    const { WASI } = nodeModule('wasi');
    const wasi = new WASI({ version: 'preview1', preopens: { '/': '/' } });
    return Object.keys(wasi.wasiImport).length > 0 ? undefined : 'a system interface';
  });
}
