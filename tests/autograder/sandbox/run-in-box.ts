/** Runs any program or script in the real box and gives back what it wrote to the grader's pipe. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ProbeCall, probeProgram, probeResults } from '../../../autograder/host/probe-program.ts';
import { type Child, type Closed, type Isolation, type Launch, type ResourceCeiling, startChild } from '../../../autograder/sandbox/sandbox.ts';

export const CEILING: ResourceCeiling = { cpuSeconds: 30, memoryMegabytes: 256, processes: 64, openFiles: 64 };

export interface BoxRun {
  readonly output: Buffer;
  readonly closed: Closed;
  readonly lastWords: string;
}

export interface BoxOptions {
  /** Sends one byte down the pipe once every limit holds. */
  readonly start?: boolean;
  readonly onOutput?: (child: Child) => void;
}

export async function runInBox(launch: Launch, ceiling: Partial<ResourceCeiling> = {}, isolation: Isolation = 'bubblewrap', options: BoxOptions = {}): Promise<BoxRun> {
  const child = startChild(launch, isolation, { ...CEILING, ...ceiling });
  const chunks: Buffer[] = [];
  child.channel.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    options.onOutput?.(child);
  });
  if (options.start === true) void child.confined.then(() => child.channel.write('!'));
  const closed = await child.closed;
  return { output: Buffer.concat(chunks), closed, lastWords: child.lastWords() };
}

/** A script of Node's; `say` writes a line to the pipe. */
export function script(body: string): Launch {
  const source = `const fs = require('fs'); const say = (value) => fs.writeSync(3, JSON.stringify(value) + '\\n'); ${body}`;
  return { program: process.execPath, arguments: ['-e', source], files: [], environment: {} };
}

export function lines(output: Buffer): readonly unknown[] {
  return output.toString().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}

/** Makes system calls in the box and gives back their results; `undefined` for those it did not live to make. */
export async function callInBox(calls: readonly ProbeCall[], isolation: Isolation = 'bubblewrap'): Promise<{ results: readonly (number | undefined)[]; run: BoxRun }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-probe-'));
  try {
    fs.chmodSync(folder, 0o755);
    const program = path.join(folder, 'probe');
    fs.writeFileSync(program, probeProgram(calls, process.arch === 'arm64' ? 'arm64' : 'x64'), { mode: 0o755 });
    const run = await runInBox({ program, arguments: [], files: [], environment: {} }, {}, isolation);
    const results = probeResults(run.output);
    return { results: calls.map((_, index) => results[index]), run };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
