/** CPU time as procfs tells it: a verdict rests on it. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { cpuSecondsOf } from '../../../autograder/sandbox/process-stat.ts';

const busy = (before: string): string => `${before}; const until = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < until); console.log('done'); setTimeout(() => 0, 1e6);`;

describe.skipIf(!fs.existsSync('/proc/self/stat'))('the CPU time of a process', () => {
  const children: ReturnType<typeof spawn>[] = [];
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

  async function secondsAfter(program: string): Promise<number | null> {
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await new Promise((done) => child.stdout.once('data', done));
    return cpuSecondsOf(child.pid ?? 0);
  }

  it('is what it used', async () => {
    const seconds = await secondsAfter(busy(''));
    expect(seconds).toBeGreaterThanOrEqual(0.29);
    expect(seconds).toBeLessThan(5);
  });

  it('is found whatever the process calls itself', async () => {
    expect(await secondsAfter(busy(`process.title = 'a) R 1 (b'`))).toBeGreaterThanOrEqual(0.29);
  });

  it('counts its threads', async () => {
    const worker = `new (require('node:worker_threads').Worker)(${JSON.stringify(`${busy('')}`)}, { eval: true }).on('error', (e) => { throw e; })`;
    expect(await secondsAfter(worker)).toBeGreaterThanOrEqual(0.29);
  });

  it('counts the programs it waited for', async () => {
    const spinner = 'const until = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < until);';
    const waits = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(spinner)}]); console.log('done'); setTimeout(() => 0, 1e6);`;
    expect(await secondsAfter(waits)).toBeGreaterThanOrEqual(0.29);
  });

  it('is unknown of a process that is not there', () => {
    expect(cpuSecondsOf(2 ** 22 + 1)).toBeNull();
  });
});
