import { attempt, firstTime } from './tools.ts';

declare const require: any;
declare const module: any;

const WANTED = [
  '../../autograder/pipeline.ts', '../fixtures/cs236-hw2/vae.json', '../../../../../../etc/passwd', '/etc/passwd', 'file:///etc/passwd',
  '__PROJECT__/package.json', './../right/../../fixtures/vae.json', 'fs', 'node:fs', 'node:child_process', 'ajv', 'vitest', '@tensorflow/tfjs/package.json',
  'data:text/javascript,1', 'http://127.0.0.1:__TCP_PORT__/a.js', './%2e%2e/secret', './\0', '', '.', '..', './' + '../'.repeat(2000), '__proto__', 'constructor',
];

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) look();
    return right(model, x);
  },
};

function look(): void {
  for (const wanted of WANTED) attempt(`require ${wanted.slice(0, 40)}`, () => Object.keys(require(wanted)).slice(0, 5));
  attempt('require.cache', () => require.cache && Object.keys(require.cache).join(' '));
  attempt('module.parent', () => module.parent ?? module.children ?? module.paths);
  attempt('main module', () => (globalThis as any).process.mainModule?.filename);
}
