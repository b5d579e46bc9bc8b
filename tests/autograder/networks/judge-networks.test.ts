/** What is said of a training, and that only what has learned nothing loses marks. */
import { describe, expect, it } from 'vitest';
import { conditionalTrained, convTrained, recognisedTask } from '../../../assignments/nyu-hw4/trained.ts';
import { digitSet } from '../../../autograder/networks/digits.ts';
import { judgeNetworks, type Training } from '../../../autograder/networks/networks.ts';

const digits = digitSet('a seed');
const measured = (nelbo: number, recognised: number | null = null): Training => {
  const best = { learningRate: 0.004, steps: 300, nelbo, recognised };
  return { kind: 'measured', attempts: [best], best, digits };
};
const parts = (share: number, seen: number | null = null): Training => measured(share * digits.meanDigit, seen);

describe('by the test ELBO', () => {
  it.each([
    [0.6, 'pass', 1],
    [0.85, 'pass', 1],
    [0.86, 'awaiting-person', 0],
    // A deep network that has come no further than the mean digit may be right, and slow.
    [1, 'awaiting-person', 0],
    [1.19, 'awaiting-person', 0],
    [1.21, 'fail', 0],
    [Number.POSITIVE_INFINITY, 'fail', 0],
  ] as const)('%d of what the mean digit costs is %s', (share, outcome, earned) => {
    expect(judgeNetworks(convTrained, parts(share))).toMatchObject({ outcome, earned });
  });

  it('says how far it came, in nats, and what needs no network', () => {
    const [check] = judgeNetworks(convTrained, measured(541.3)).checks;
    expect(check?.message).toBe(`A training of your networks ends at a test ELBO of -541 nats, which is worse than no network at all: a picture of the mean digit, which needs no network, has -${digits.meanDigit.toFixed(0)}.`);
    expect(check?.hint).toMatch(/every layer/);
    expect(check?.evidence.join('\n')).toMatch(/rate 0\.004, 300 steps: negative ELBO 541\.3/);
  });
});

describe('by the classes of generated digits', () => {
  it.each([
    [0.6, 0.9, 'pass', 2],
    [0.6, 0.5, 'pass', 2],
    [0.6, 0.3, 'awaiting-person', 0],
    [0.6, 0.1, 'fail', 0],
    // What was never trained draws no digits, and that is paid for in another row.
    [2, 0.1, 'awaiting-person', 0],
  ] as const)('at %d of the mean digit, %d recognised is %s', (share, seen, outcome, earned) => {
    expect(judgeNetworks(recognisedTask, parts(share, seen))).toMatchObject({ outcome, earned });
  });

  it('says how many, and what chance is', () => {
    const [check] = judgeNetworks(recognisedTask, parts(0.6, 0.125)).checks;
    expect(check?.message).toBe('13 of 100 digits that your trained decoder makes of z from the prior are recognised as the class asked for: by chance it is 10. What the decoder draws does not follow its class.');
  });
});

describe('where nothing was measured', () => {
  const endings: readonly Extract<Training, { kind: 'not-measured' }>['why'][] = [
    { kind: 'ended', ending: { kind: 'limit', limit: 'cpu-time', allowed: 20 } },
    { kind: 'ended', ending: { kind: 'limit', limit: 'memory', allowed: 1024 } },
    { kind: 'ended', ending: { kind: 'exited', code: 0, signal: null } },
    { kind: 'ended', ending: { kind: 'our-fault', problem: 'this machine has no native backend' } },
    { kind: 'threw', error: { name: 'Error', message: 'first pixel 0.123', frames: [] } },
    { kind: 'unsupported', kernel: 'Conv3D' },
    { kind: 'unanswered', reason: 'not yet' },
    { kind: 'misfit', problem: 'mean has 3 numbers' },
  ];
  it.each(endings)('a person decides, and no mark is lost: %o', (why) => {
    for (const task of [convTrained, conditionalTrained, recognisedTask]) {
      const { outcome, checks } = judgeNetworks(task, { kind: 'not-measured', while: 'encoding', why });
      expect([outcome, ...checks.map((check) => check.outcome)]).toEqual(['awaiting-person', 'awaiting-person']);
      // An error’s words could hold hidden images: they are for staff.
      expect(checks[0]?.message).not.toContain('pixel');
    }
  });
});
