import { describe, expect, it } from 'vitest';
import { typescript } from '../../../autograder/languages/typescript/typescript.ts';
import { Session } from '../../../autograder/session/session.ts';
import { WarmBoxes } from '../../../autograder/session/warm-boxes.ts';
import type { Ending } from '../../../contract/reply.ts';

const limits = { cpuSeconds: 10, wallSeconds: 100, memoryMegabytes: 1024, processes: 64, openFiles: 64, answerBytes: 64 << 20, consoleBytesKept: 1000, outputBytes: 1_000_000 };

function boxes(ahead: number): WarmBoxes {
  return new WarmBoxes({ launch: typescript.launch, isolation: 'none', limits, tasks: 1, ahead });
}

function up(session: Session | Ending): Session {
  if (!(session instanceof Session)) throw new Error(JSON.stringify(session));
  return session;
}

describe('children started ahead', () => {
  it('are each taken once and take one hand-in', async () => {
    const warm = boxes(1);
    const first = up(await warm.take('cpu'));
    const second = up(await warm.take('cpu'));
    expect(second).not.toBe(first);
    first.load({ files: [], originals: [] });
    expect(() => first.load({ files: [], originals: [] })).toThrow('second hand-in');
    await Promise.all([first.close(), second.close(), warm.close()]);
  });

  it('end with the batch, and none is started after it', async () => {
    const warm = boxes(2);
    const taken = up(await warm.take('cpu'));
    await warm.close();
    expect(taken.ended).toBe(false);
    expect(await warm.take('cpu')).toEqual({ kind: 'our-fault', problem: 'the grader was stopped' });
    await taken.close();
    expect(taken.ended).toBe(true);
  });

  it('say that a backend is missing', async () => {
    const warm = new WarmBoxes({ launch: () => null, isolation: 'none', limits, tasks: 1, ahead: 1 });
    expect(await warm.take('native')).toEqual({ kind: 'our-fault', problem: 'this machine has no native backend' });
    await warm.close();
  });
});
