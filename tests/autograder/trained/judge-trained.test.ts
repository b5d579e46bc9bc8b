/** What a trained row gets: for every state of weights, numbers and functions that a hand-in can be in. */
import { describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { judgeTrained, openTrainedWork, type TrainedContext } from '../../../autograder/trained/trained.ts';
import type { WrittenAnswer } from '../../../autograder/written-answers.ts';
import type { Band } from '../../../contract/band.ts';
import type { Estimates, Evaluation } from '../../../contract/evaluation.ts';
import { tasksOf } from '../../../contract/rubric.ts';
import { encodeSafetensors } from '../../../contract/safetensors.ts';
import type { Submission } from '../../../contract/submission.ts';
import type { TrainedTask } from '../../../contract/task.ts';
import { initialWeights } from '../../../training/initial-weights.ts';

const task = tasksOf(assignment).find((candidate): candidate is TrainedTask => candidate.id === 'cs236-hw2/vae/trained');
if (task === undefined) throw new Error('no such task');
const evaluated = tasksOf(assignment).find((candidate): candidate is TrainedTask => candidate.id === 'cs236-hw2/iwae/vae-evaluated');
if (evaluated === undefined) throw new Error('no such task');

const weights = encodeSafetensors(initialWeights('vae', 1));
const band: Band = { run: 'vae', dataSet: 'drawn-digits', quantity: 'nelbo', seen: [100, 101], limit: 103, from: 'a test' };
const context: TrainedContext = { bands: [band, { ...band, quantity: 'iwae-100', seen: [95, 96], limit: 98 }], classified: 1000, wrongFunctions: [], mistakePaidOnce: true };
const none: WrittenAnswer = { kind: 'none' };

const estimate = (value: number, once = 0.4) => ({ value, error: once / 10, once });
const right: Estimates = { nelbo: estimate(100.4), kl: { value: 23.35, error: 0, once: 0 }, rec: estimate(77.05), 'iwae-1': estimate(100.4), 'iwae-10': estimate(97, 0.13), 'iwae-100': estimate(95.6, 0.09), 'iwae-1000': estimate(94.9, 0.07) };

function shifted(by: number): Estimates {
  return Object.fromEntries(Object.entries(right).map(([quantity, found]) => [quantity, { ...found, value: found.value + by }]));
}

function evaluation(parts: Partial<Extract<Evaluation, { kind: 'evaluated' }>> = {}): Evaluation {
  return { kind: 'evaluated', public: right, hidden: shifted(-8), reference: { public: shifted(0.1), hidden: shifted(-7.9) }, pictures: null, ...parts };
}

const honest = { nelbo: 100.2, kl: 23.35, rec: 76.9 };

function metrics(measured: object, more: object = {}): string {
  return JSON.stringify({ format: 1, runs: { vae: { dataSet: 'drawn-digits', iterations: 20_000, batch: 100, learningRate: 0.001, seed: 1, measured, ...more } } });
}

interface Given {
  readonly weights?: Uint8Array | null;
  readonly metrics?: string;
  readonly answer?: WrittenAnswer;
  readonly evaluation?: Evaluation;
  readonly context?: Partial<TrainedContext>;
  readonly task?: TrainedTask;
}

function judge(given: Given) {
  const bytes = given.weights === undefined ? weights : given.weights;
  const results: Submission['results'] = [
    ...(bytes === null ? [] : [{ path: 'checkpoints/vae.safetensors', content: { kind: 'bytes', bytes } as const }]),
    ...(given.metrics === undefined ? [] : [{ path: 'metrics.json', content: { kind: 'bytes', bytes: Buffer.from(given.metrics) } as const }]),
  ];
  const submission: Submission = { student: { id: 's1' }, source: 's1', code: [], written: [], attachments: [], results, notes: [] };
  const evaluator = { evaluate: () => Promise.resolve(given.evaluation ?? evaluation()), close: () => undefined };
  const work = openTrainedWork(submission, { evaluator, dataSet: {}, figures: [], hidden: { seed: 'x', images: 100, classified: 1000 } });
  return judgeTrained(given.task ?? (task as TrainedTask), work, given.answer ?? none, { ...context, ...given.context });
}

/** Outcome and marks, check by check. */
async function verdict(given: Given) {
  const { outcome, earned, checks } = await judge(given);
  return [outcome, Math.round(earned * 100) / 100, ...checks.map((check) => check.outcome)];
}

describe('numbers that are those of the checkpoint, and a checkpoint in the band', () => {
  it('get all marks', async () => {
    expect(await verdict({ metrics: metrics(honest) })).toEqual(['pass', 3, 'pass', 'pass']);
  });

  it('written by elbow may differ less', async () => {
    expect(await verdict({ metrics: metrics({ ...honest, nelbo: 101.6, rec: 78.25 }) })).toEqual(['pass', 3, 'pass', 'pass']);
    expect(await verdict({ metrics: metrics({ ...honest, nelbo: 101.6, rec: 78.25 }, { loss: 'own' }) })).toEqual(['fail', 2, 'fail', 'pass']);
    expect(await verdict({ metrics: metrics({ nelbo: 100.41, kl: 23.35, rec: 77.06 }, { loss: 'own' }) })).toEqual(['pass', 3, 'pass', 'pass']);
  });

  it('rounded to whole nats still agree', async () => {
    expect(await verdict({ metrics: metrics({ nelbo: 100, kl: 23, rec: 77 }) })).toEqual(['pass', 3, 'pass', 'pass']);
  });
});

describe('what is reported', () => {
  it('and is not what the checkpoint measures costs its third, and both numbers are told', async () => {
    const { checks } = await judge({ metrics: metrics({ nelbo: 90, kl: 20, rec: 70 }) });
    expect(checks[0]).toMatchObject({ outcome: 'fail', earned: 0, message: expect.stringContaining('nelbo 90.00 where the checkpoint measures 100.40') });
    expect(checks[1]).toMatchObject({ outcome: 'pass', earned: 2 });
  });

  it('in part only is not all that was asked for', async () => {
    const { checks } = await judge({ metrics: metrics({ nelbo: 100.2 }) });
    expect(checks[0]).toMatchObject({ outcome: 'fail', message: expect.stringMatching(/^Not reported: kl and rec\./) });
  });

  it('nowhere is unanswered; typed, a person compares it', async () => {
    expect(await verdict({})).toEqual(['fail', 2, 'unanswered', 'pass']);
    const typed = await judge({ answer: { kind: 'text', text: 'nelbo 100.2, kl 23.4, rec 76.9' } });
    expect(typed).toMatchObject({ outcome: 'awaiting-person', earned: 2 });
    expect(typed.answer).toBe('nelbo 100.2, kl 23.4, rec 76.9\n\nMeasured by elbow: nelbo 100.40, kl 23.35, and rec 77.05.');
  });

  it('with a function that is marked wrong, a person tells a wrong program from an invention', async () => {
    expect(await verdict({ metrics: metrics({ nelbo: 90, kl: 20, rec: 70 }), context: { wrongFunctions: ['negativeElboBound in vae.ts'] } })).toEqual(['awaiting-person', 2, 'awaiting-person', 'pass']);
  });

  it.each([
    ['no JSON', '{', 'metrics.json is not JSON.'],
    ['another format', '{"format": 2}', 'metrics.json'],
    ['a number that is text', metrics({ nelbo: '100' }), 'metrics.json'],
  ])('%s is named', async (_, text, words) => {
    const { checks } = await judge({ metrics: text });
    expect(checks[0]).toMatchObject({ outcome: 'unanswered', message: expect.stringContaining(words) });
  });

  it('and contradicts itself is said, whatever it costs', async () => {
    const rising = { nelbo: 100.4, iwae: { '1': 100.4, '10': 97, '100': 99.5, '1000': 95 } };
    expect((await judge({ weights: null, task: evaluated, metrics: metrics(rising) })).remarks).toEqual(['The bounds that are reported rise with m, which they cannot.']);
    expect((await judge({ weights: null, metrics: metrics({ nelbo: 95, kl: 23, rec: 77 }) })).remarks).toEqual(['The nelbo that is reported is not kl plus rec.']);
  });
});

describe('a checkpoint', () => {
  const bad = evaluation({ public: shifted(40), hidden: shifted(32) });
  const reported = metrics({ nelbo: 140.4, kl: 63.35, rec: 117.05 });

  it('that is not as good as right work costs its two thirds', async () => {
    const { checks } = await judge({ metrics: reported, evaluation: bad });
    expect(checks.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
    expect(checks[1]?.message).toBe('nelbo is 140.40 on the public test subset, where right work stays below 103.00.');
  });

  it('says how long it was trained, where that was too short', async () => {
    const { checks } = await judge({ metrics: metrics({ nelbo: 140.4, kl: 63.35, rec: 117.05 }, { iterations: 100 }), evaluation: bad });
    expect(checks[1]?.message).toMatch(/It was trained for 100 iterations; the handout asks for 20,000\.$/);
  });

  it('that a wrong function spoiled costs nothing again', async () => {
    const wrongFunctions = ['sampleGaussian in distributions.ts'];
    const { outcome, earned, checks } = await judge({ metrics: reported, evaluation: bad, context: { wrongFunctions } });
    expect([outcome, earned]).toEqual(['pass', 3]);
    expect(checks[1]?.message).toMatch(/sampleGaussian in distributions\.ts is marked wrong above, and a model trained with it cannot be as good: that is paid for there and costs nothing here\.$/);
  });

  it.each([
    ['unless the policy says so', reported, { wrongFunctions: ['f'], mistakePaidOnce: false }, 'fail'],
    ['unless it was trained too short', metrics({ nelbo: 140.4, kl: 63.35, rec: 117.05 }, { iterations: 19_999 }), { wrongFunctions: ['f'] }, 'fail'],
  ] as const)('%s', async (_, text, more, outcome) => {
    expect((await judge({ metrics: text, evaluation: bad, context: more })).checks[1]?.outcome).toBe(outcome);
  });

  it('is judged on hidden images: one that knows only the public ones is not in the band', async () => {
    expect(await verdict({ metrics: metrics(honest), evaluation: evaluation({ hidden: shifted(10) }) })).toEqual(['fail', 1, 'pass', 'fail']);
  });

  it('is not judged by how hard the hidden images happen to be', async () => {
    const hard = evaluation({ hidden: shifted(12), reference: { public: shifted(0.1), hidden: shifted(12.1) } });
    expect(await verdict({ metrics: metrics(honest), evaluation: hard })).toEqual(['pass', 3, 'pass', 'pass']);
  });

  it('that measures no number is beyond every band', async () => {
    const broken = { ...right, nelbo: { value: Number.NaN, error: Number.NaN, once: Number.NaN } };
    expect(await verdict({ metrics: metrics(honest), evaluation: evaluation({ public: broken, hidden: broken }) })).toEqual(['fail', 0, 'fail', 'fail']);
  });

  it('on images of which no band is known waits for a person', async () => {
    expect(await verdict({ metrics: metrics(honest, { dataSet: 'mnist' }) })).toEqual(['awaiting-person', 1, 'pass', 'awaiting-person']);
  });

  it('that the grader cannot measure costs nothing', async () => {
    expect(await verdict({ metrics: metrics(honest), evaluation: { kind: 'no-data', reason: 'the images of mnist are not here' } })).toEqual(['not-gradable', 0, 'not-gradable', 'not-gradable']);
  });
});

describe('without a checkpoint that can be used', () => {
  const huge = Buffer.concat([Buffer.from([0, 0, 0, 0x80, 2, 0, 0, 0]), Buffer.from('{}')]); // a header of ten gigabytes
  const nan = Uint8Array.from(weights);
  new DataView(nan.buffer).setFloat32(nan.length - 4, Number.NaN, true);

  it.each([
    ['a header of ten gigabytes', huge, 'the header claims to be larger than 1 MiB'],
    ['a file that is cut off', weights.subarray(0, 100_000), 'does not agree with its size'],
    ['another model', encodeSafetensors(initialWeights('gmvae', 1)), 'was it trained by other code?'],
    ['nothing in it', new Uint8Array(0), 'too short'],
  ])('%s: the reason is named, and a person marks what is reported', async (_, bytes, reason) => {
    const verdictOn = await judge({ weights: bytes, metrics: metrics(honest) });
    expect(verdictOn).toMatchObject({ outcome: 'awaiting-person', earned: 0, checks: [] });
    expect(verdictOn.message).toContain(reason);
    expect(verdictOn.answer).toContain('nelbo 100.2');
    // With nothing reported either there is nothing that a person could mark.
    expect(await verdict({ weights: bytes })).toEqual(['fail', 0, 'fail', 'fail']);
  });

  it('weights that are no numbers were never measured, whatever is reported', async () => {
    const verdictOn = await judge({ weights: nan, metrics: metrics(honest) });
    expect(verdictOn).toMatchObject({ outcome: 'fail', earned: 0, message: expect.stringContaining('has diverged: encoder.2.kernel holds NaN') });
  });

  it('what was typed, or a PDF, waits for a person; nothing at all is unanswered', async () => {
    expect(await verdict({ weights: null, answer: { kind: 'text', text: '101' } })).toEqual(['awaiting-person', 0]);
    const attachment = { name: 'paper.pdf', sha256: '0' };
    expect(await judge({ weights: null, answer: { kind: 'attachment', files: [attachment] } })).toMatchObject({ outcome: 'awaiting-person', attachments: [attachment] });
    expect(await verdict({ weights: null })).toEqual(['unanswered', 0]);
  });
});
