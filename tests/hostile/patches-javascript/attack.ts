import { nodeModule } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const fs = nodeModule('fs');
    const lie = () => ({ type: 'answer', points: 100 });
    Math.random = () => 0;
    Date.now = performance.now = () => 0;
    const { stringify } = JSON;
    JSON.stringify = ((value: any) => stringify(value?.type === 'answer' ? { ...value, result: { kind: 'returned', value: { kind: 'number', offset: 0 } }, points: 100 } : value)) as any;
    JSON.parse = lie as any;
    Array.prototype.push = Array.prototype.map = Array.prototype.flatMap = lie as any;
    Array.from = Float32Array.from = lie as any;
    Map.prototype.get = Map.prototype.has = (() => true) as any;
    TextEncoder.prototype.encode = () => new Uint8Array(0);
    TextDecoder.prototype.decode = () => '';
    DataView.prototype.setUint32 = () => undefined;
    Uint8Array.prototype.set = () => undefined;
    Object.hasOwn = () => true;
    Object.entries = () => [];
    fs.readSync = fs.writeSync = () => 0;
    process.exit = process.stdout.write = lie as any;
    console.log = lie as any;
    return right(...values);
  },
};

declare const process: any;
