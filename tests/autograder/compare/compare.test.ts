/** From what came back for a task to its verdict: one table for every way a task can go. */
import { describe, expect, it } from 'vitest';
import type { TaskJudgement } from '../../../autograder/compare/compare.ts';
import type { Ending, Reply } from '../../../contract/reply.ts';
import { accepted, asValue, check, expectation, list, numberValue, record, returned, scalar, task, vector } from './evidence-builders.ts';
import { allRight, bound, cases, judge, type Parts, type Replies, right } from './judged-bound.ts';

const earned = ({ checks }: TaskJudgement): number => checks.reduce((sum, result) => sum + result.earned, 0);
const outcomes = ({ checks }: TaskJudgement): Readonly<Record<string, string>> => Object.fromEntries(checks.map(({ check: id, outcome }) => [id, outcome]));
const lost = (judgement: TaskJudgement): readonly string[] => judgement.checks.filter(({ outcome }) => outcome !== 'pass').map(({ check: id }) => id);

describe('right answers', () => {
  it.each(['row, latent', 'latent, row'])('in the layout %s earn everything', (layout) => {
    const judgement = judge(allRight(layout));
    expect(judgement).toMatchObject({ outcome: 'pass', message: '', remarks: [], error: null });
    expect(earned(judgement)).toBe(10);
    expect(judgement.checks.map(({ check: id }) => id)).toEqual(['nelbo', 'kl', 'rec', 'gradient', 'stability']);
  });

  it('as a tuple earn everything', () => {
    const asTuple = (reply: Reply | undefined): Reply | undefined =>
      reply?.kind === 'returned' && reply.value.kind === 'record' ? { ...reply, value: list(...reply.value.entries.map(([, value]) => value)) } : reply;
    expect(earned(judge(Object.fromEntries(Object.entries(allRight()).map(([id, reply]) => [id, asTuple(reply)]))))).toBe(10);
  });

  it('of a function without components are the returned tensor', () => {
    const plain = task(check('density', 'value', 3), check('stability', 'stability', 1));
    const expectations = [expectation('A', ['density'], [accepted({ '': vector(1, 2) })]), expectation('S', ['stability'], [accepted({ '': vector(-1e4) })])];
    const judged = (s: number) => judge({ A: returned(asValue(vector(1, 2))), S: returned(asValue(vector(s))) }, plain, expectations);
    expect(judged(-1e4).outcome).toBe('pass');
    expect(outcomes(judged(-2e4))).toEqual({ density: 'pass', stability: 'fail' });
  });
});

describe('one layout for the whole task', () => {
  it('never two, however well each case would fit one of them', () => {
    const mixed = { ...allRight('row, latent'), B: right(at(cases, 1), 'latent, row') };
    // kl is the same in both; of nelbo and rec one case disagrees.
    expect(lost(judge(mixed))).toEqual(['nelbo', 'rec', 'gradient', 'stability']);
  });

  it('earns each component that agrees under it', () => {
    expect(lost(judge(allRight('latent, row', ({ rec }) => ({ rec: -rec }))))).toEqual(['rec']);
    expect(lost(judge(allRight('latent, row', () => ({ kl: 0 }))))).toEqual(['kl']);
  });
});

describe('a mistake is paid once', () => {
  it.each<[what: string, wrong: (parts: Parts) => Partial<Parts>, lost: readonly string[]]>([
    // The parts that are right carry half the points of the values, so they answer for gradients and extremes.
    ['the sign of one returned part', ({ rec }) => ({ rec: -rec }), ['rec']],
    ['two parts exchanged', ({ kl, rec }) => ({ kl: rec, rec: kl }), ['kl', 'rec']],
    ['the sum', ({ nelbo }) => ({ nelbo: nelbo / 2 }), ['nelbo']],
    // They do not: a right KL alone says nothing of the reconstruction.
    ['the sum and one part', ({ kl, rec }) => ({ nelbo: kl - rec, rec: -rec }), ['nelbo', 'rec', 'gradient', 'stability']],
    ['everything', ({ nelbo, kl, rec }) => ({ nelbo: -nelbo, kl: -kl, rec: -rec }), ['nelbo', 'kl', 'rec', 'gradient', 'stability']],
  ])('%s', (_, wrong, expected) => {
    const judgement = judge(allRight('row, latent', wrong));
    expect(lost(judgement)).toEqual(expected);
    expect(judgement.outcome).toBe('fail');
  });

  it('and what waits for the values says so', () => {
    const waiting = judge(allRight('row, latent', () => ({ nelbo: 0, kl: 0, rec: 0 }))).checks.slice(3);
    expect(waiting.map(({ message }) => message)).toEqual(['Judged once the values above are right.', 'Judged once the values above are right.']);
  });

  it('a stability check of a part that is wrong waits as well', () => {
    const split = task(check('nelbo', 'value', 4, ['nelbo']), check('rec', 'value', 2, ['rec']), check('stability', 'stability', 1, ['rec']));
    const replies = allRight('row, latent', ({ rec }) => ({ rec: -rec }));
    expect(lost(judge(replies, split))).toEqual(['rec', 'stability']);
  });
});

describe('how the noise was drawn', () => {
  const drawing = (law: 'normal' | 'uniform', count: number, replies: Replies): Replies =>
    Object.fromEntries(Object.entries(replies).map(([id, reply]) => [id, reply?.kind === 'returned' ? { ...reply, draws: count === 0 ? [] : [{ law, seeded: false, count }] } : reply]));
  const wrongRec = allRight('row, latent', ({ nelbo, rec }) => ({ nelbo: nelbo + 0.625, rec: rec + 0.625 }));

  it('a person decides where it cannot be matched, about what depends on it', () => {
    const judgement = judge(drawing('uniform', 6, wrongRec));
    expect(outcomes(judgement)).toEqual({ nelbo: 'awaiting-person', kl: 'pass', rec: 'awaiting-person', gradient: 'pass', stability: 'awaiting-person' });
    expect(judgement.outcome).toBe('awaiting-person');
    expect(judgement.checks[0]?.message).toContain('uniform draws');
  });

  it('right numbers are right however they were drawn', () => {
    expect(judge(drawing('uniform', 6, allRight())).outcome).toBe('pass');
  });

  it('a structural problem fails without any noise', () => {
    const judgement = judge(drawing('uniform', 6, Object.fromEntries(cases.map(({ case: id }) => [id, returned(numberValue(1))]))));
    expect(outcomes(judgement)).toMatchObject({ nelbo: 'fail', kl: 'fail', rec: 'fail' });
    expect(judgement.checks[0]?.message).toBe('The result has no nelbo: a number.');
  });

  it('a function that draws nothing is told so beside what must be sampled, and not beside a KL in closed form', () => {
    const nothing = drawing('normal', 0, allRight('row, latent', ({ nelbo, rec }) => ({ nelbo: nelbo + 0.625, kl: 0, rec: rec + 0.625 })));
    // A layout that estimates the KL gives other values, but nobody has to use it.
    const estimated = cases.map((entry) => ({ ...entry, accepted: [...entry.accepted, ...entry.accepted.slice(0, 1).map((answer) => ({ ...answer, layout: 'row, latent, KL by Monte Carlo', values: new Map([...answer.values, ['kl', scalar(99)]]) }))] }));
    for (const expectations of [cases, estimated]) {
      const told = judge(nothing, bound, expectations).checks.slice(0, 3).map(({ message }) => message.includes('No random numbers were drawn, though this function must sample.'));
      expect(told).toEqual([true, false, true]);
    }
  });
});

describe('cases that gave no numbers', () => {
  const threw: Reply = { kind: 'threw', error: { name: 'TypeError', message: 'x is undefined', frames: [{ path: 'vae.ts', line: 3, column: 5 }] } };
  const ended = (ending: Ending): Reply => ({ kind: 'ended', ending });
  const ourFault = ended({ kind: 'our-fault', problem: 'no box' });

  it.each<[what: string, reply: Reply, outcome: string, says: string]>([
    ['threw', threw, 'fail', 'It threw TypeError: x is undefined'],
    ['exited', ended({ kind: 'exited', code: 0, signal: null }), 'fail', 'The program ended before it returned an answer: look for a call that ends it (process.exit, os._exit).'],
    ['was killed inside its box', ended({ kind: 'exited', code: null, signal: 'SIGKILL' }), 'fail', 'The program ended before it returned an answer: look for a call that ends it (process.exit, os._exit).'],
    ['computed too long', ended({ kind: 'limit', limit: 'cpu-time', allowed: 5 }), 'fail', 'It was stopped after 5 seconds of computing without an answer: look for a loop that never ends.'],
    ['waited too long', ended({ kind: 'limit', limit: 'wall-time', allowed: 60 }), 'fail', 'It was stopped after 60 seconds of waiting without an answer: look for what it waits for and never comes (a promise, a timer, a sleep).'],
    ['printed too much', ended({ kind: 'limit', limit: 'output', allowed: 8 << 20 }), 'fail', 'It was stopped because it printed more than 8192 KiB: look for a print inside a loop.'],
    ['needed too much memory', ended({ kind: 'limit', limit: 'memory', allowed: 1024 }), 'fail', 'It was stopped because it needed more than 1024 MB of memory: look for a list that grows in a loop, or tensors far larger than the task asks for.'],
    ['answered too much', ended({ kind: 'limit', limit: 'answer', allowed: 64 << 20 }), 'fail', 'Its answers were not read, because together they are larger than 65536 KiB: look at the shapes of what it returns.'],
    ['broke the protocol', ended({ kind: 'protocol', problem: 'a header that is not JSON' }), 'fail', 'The program wrote to the channel that is reserved for the grader, so its answer could not be read.'],
    ['could not be started', ourFault, 'not-gradable', 'This could not be graded because of a fault on the grader’s side. It costs no marks.'],
    ['needs an operation nobody has', { kind: 'unsupported', kernel: 'Fancy' }, 'not-gradable', 'The operation Fancy is not available to the grader here. It costs no marks.'],
  ])('the child %s', (_, reply, outcome, says) => {
    const judgement = judge(Object.fromEntries(cases.map(({ case: id }) => [id, reply])));
    expect(judgement).toMatchObject({ outcome, message: says });
    // A rerun must give the same report, so no measured time is in any sentence.
    expect(judgement.checks.map((result) => [result.outcome, result.message, result.earned])).toEqual(Array.from({ length: 5 }, () => [outcome, says, 0]));
    expect(judgement.error).toEqual(reply.kind === 'threw' ? reply.error : null);
  });

  it('a file that cannot be loaded has its own sentence', () => {
    const broken: Reply = { kind: 'threw', error: { name: 'ModuleError', message: 'vae.ts does not compile: expected ")"', frames: [] } };
    expect(judge({ A: broken })).toMatchObject({ outcome: 'fail', message: 'vae.ts does not compile: expected ")"' });
  });

  it('what is thrown in a hidden case is not quoted, for it can hold the inputs', () => {
    const spill = (name: string): Reply => ({ kind: 'threw', error: { name, message: 'x is 0.8147236', frames: [{ path: 'vae.ts', line: 3, column: 5 }] } });
    const judgement = judge({ ...allRight(), B: spill('TypeError') });
    expect(judgement.error).toMatchObject({ name: 'TypeError', message: expect.stringContaining('not shown'), frames: [{ line: 3 }] });
    expect(JSON.stringify(judge({ ...allRight(), B: spill('x is 0.8147236') }))).not.toContain('0.8147');
    expect(judge({ ...allRight(), A: spill('TypeError') }).message).toContain('0.8147236');
  });

  it('one of them costs the checks it feeds, and no others', () => {
    expect(outcomes(judge({ ...allRight(), 'extreme-2': threw }))).toEqual({ nelbo: 'pass', kl: 'pass', rec: 'pass', gradient: 'pass', stability: 'fail' });
    expect(outcomes(judge({ ...allRight(), extreme: ourFault }))).toMatchObject({ nelbo: 'pass', stability: 'not-gradable' });
    expect(judge({ ...allRight(), extreme: ourFault }).outcome).toBe('not-gradable');
  });

  it('what was not reached after a limit says so', () => {
    const { B: _b, extreme: _e, 'extreme-2': _e2, ...before } = allRight();
    const judgement = judge({ ...before, B: ended({ kind: 'limit', limit: 'cpu-time', allowed: 5 }) });
    expect(judgement.message).toContain('5 seconds of computing');
    expect(judgement.checks.at(-1)).toMatchObject({ check: 'stability', outcome: 'fail', message: 'Not reached, because the task had ended before.' });
  });

  it('what was not reached after a fault of ours is not the student’s loss', () => {
    const { extreme: _e, 'extreme-2': _e2, ...before } = allRight();
    const judgement = judge({ ...before, A: ourFault, B: ourFault });
    expect(new Set(judgement.checks.map(({ outcome }) => outcome))).toEqual(new Set(['not-gradable']));
    expect(judgement.outcome).toBe('not-gradable');
  });

  it('a case that only counts operations cannot speak for the task', () => {
    const judgement = judge({ ...allRight(), large: threw });
    expect(judgement).toMatchObject({ outcome: 'pass', message: '', error: null, remarks: [] });
  });

  it('an open stub is unanswered as a whole, in the words of the stub', () => {
    const judgement = judge({ ...allRight(), A: { kind: 'unanswered', reason: 'negativeElboBound is not written yet' } });
    expect(judgement).toMatchObject({ outcome: 'unanswered', message: 'negativeElboBound is not written yet', remarks: [], error: null });
    expect(outcomes(judgement)).toEqual({ nelbo: 'unanswered', kl: 'unanswered', rec: 'unanswered', gradient: 'unanswered', stability: 'unanswered' });
    expect(earned(judgement)).toBe(0);
  });
});

describe('remarks', () => {
  it('cost nothing', () => {
    const judgement = judge({ ...allRight(), large: returned(record({}), { operations: 100 }) });
    expect(judgement.outcome).toBe('pass');
    expect(judgement.remarks).toEqual([expect.stringContaining('grows with the batch')]);
    expect(judgement.checks.map(({ check: id }) => id)).not.toContain('vectorised');
  });

  it('need no case', () => {
    expect(judge(allRight(), bound, cases.slice(0, 4))).toMatchObject({ outcome: 'pass', remarks: [] });
  });
});

describe('a fixture that does not fit its task is a fault of ours', () => {
  it('no case feeds a check', () => {
    expect(() => judge(allRight(), task(check('other', 'value', 1)))).toThrow('no case feeds the check other');
  });

  it('a component has no expected value', () => {
    expect(() => judge(allRight(), task(check('nelbo', 'value', 1, ['elbo'])))).toThrow('case A has no expected elbo');
    expect(() => judge({ A: returned(asValue(scalar(1))) }, task(check('nelbo', 'value', 1)), [expectation('A', ['nelbo'], [])])).toThrow('case A has no expected value');
  });
});

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(String(index));
  return item;
}
