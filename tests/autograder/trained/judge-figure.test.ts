/** What a grid of samples gets: the machine passes and fails what is sure, and a person looks at the rest. */
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { judgeFigure, openTrainedWork } from '../../../autograder/trained/trained.ts';
import type { Evaluation, PicturesEvaluated } from '../../../contract/evaluation.ts';
import { tasksOf } from '../../../contract/rubric.ts';
import { encodeSafetensors } from '../../../contract/safetensors.ts';
import type { Attachment, Submission } from '../../../contract/submission.ts';
import type { FigureTask } from '../../../contract/task.ts';
import { initialWeights } from '../../../training/initial-weights.ts';

const figures = tasksOf(assignment).filter((task): task is FigureTask => task.kind === 'figure');

function figureNamed(id: string): FigureTask {
  const found = figures.find((task) => task.id === `cs236-hw2/${id}`);
  if (found === undefined) throw new Error(`no task ${id}`);
  return found;
}

const samples = Uint8Array.from({ length: 560 * 280 }, (_, index) => ((index * 2654435761) >>> 24) & 255);
const grid = encode({ width: 560, height: 280, channels: 1, data: samples });
const drawn: PicturesEvaluated = { drawn: samples, difference: 0.2, nelbo: { given: 117, own: 117 }, classes: null };

interface Given {
  readonly id?: string;
  readonly pictures?: Readonly<Record<string, Uint8Array>>;
  readonly attachments?: readonly string[];
  readonly hasWeights?: boolean;
  readonly evaluated?: PicturesEvaluated;
}

function judge({ id = 'vae/samples', pictures = {}, attachments = [], hasWeights = true, evaluated = drawn }: Given) {
  const task = figureNamed(id);
  const weights = { path: `checkpoints/${task.run}.safetensors`, content: { kind: 'bytes', bytes: encodeSafetensors(initialWeights(task.run === 'fsvae' ? 'fsvae' : 'vae', 1)) } } as const;
  const results: Submission['results'] = [
    ...Object.entries(pictures).map(([path, bytes]) => ({ path, content: { kind: 'bytes', bytes } as const })),
    ...(hasWeights ? [weights] : []),
  ];
  const named: readonly Attachment[] = [...Object.keys(pictures), ...attachments].map((name) => ({ name, sha256: name }));
  const submission: Submission = { student: { id: 's1' }, source: 's1', code: [], written: [], attachments: named, results, notes: [] };
  const evaluation: Evaluation = { kind: 'evaluated', public: {}, hidden: null, reference: null, pictures: evaluated };
  const work = openTrainedWork(submission, { evaluator: { evaluate: () => Promise.resolve(evaluation), close: () => undefined }, dataSet: {}, figures });
  return judgeFigure(task, work);
}

async function verdict(given: Given) {
  const { outcome, earned, checks } = await judge(given);
  return [outcome, Math.round(100 * earned) / 100, ...checks.map((check) => check.outcome)];
}

describe('a grid', () => {
  it('that comes out of its checkpoint again gets all marks, and is shown beside it', async () => {
    expect(await verdict({ pictures: { 'vae-samples.png': grid } })).toEqual(['pass', 3, 'pass', 'pass']);
    const { figures: shown, picture } = await judge({ pictures: { 'vae-samples.png': grid } });
    expect(shown?.map(({ caption }) => caption)).toEqual(['Handed in as vae-samples.png', 'Drawn by elbow from your checkpoint']);
    expect(picture?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('drawn with other noise is as good, as long as its model finds it likely', async () => {
    const likely = { ...drawn, difference: 40, nelbo: { given: 125, own: 117 } };
    expect(await verdict({ pictures: { 'vae-samples.png': grid }, evaluated: likely })).toEqual(['pass', 3, 'pass', 'pass']);
  });

  it('is no better for a model that draws nothing, and so finds all pictures alike', async () => {
    const blank = { ...drawn, drawn: new Uint8Array(200 * 784), difference: 40, nelbo: { given: 543, own: 543 } };
    expect(await verdict({ pictures: { 'vae-samples.png': grid }, evaluated: blank })).toEqual(['awaiting-person', 1, 'pass', 'awaiting-person']);
  });

  it.each([['less likely', 300], ['sharper', 60], ['no number', Number.NaN]])('that is %s to its model than its own goes to a person', async (_, given) => {
    const foreign = { ...drawn, difference: 40, nelbo: { given, own: 117 } };
    expect(await verdict({ pictures: { 'vae-samples.png': grid }, evaluated: foreign })).toEqual(['awaiting-person', 1, 'pass', 'awaiting-person']);
  });

  it('without a checkpoint has its shape, and a person looks at it', async () => {
    expect(await verdict({ pictures: { 'vae-samples.png': grid }, hasWeights: false })).toEqual(['awaiting-person', 1, 'pass', 'awaiting-person']);
  });

  it('that is blank, or one picture again and again, gets nothing', async () => {
    const blank = encode({ width: 560, height: 280, channels: 1, data: new Uint8Array(560 * 280) });
    expect(await verdict({ pictures: { 'vae-samples.png': blank } })).toEqual(['fail', 0, 'fail', 'fail']);
    const tile = Uint8Array.from({ length: 560 * 280 }, (_, index) => ((index % 28) * (Math.floor(index / 560) % 28)) % 256);
    const { message } = await judge({ pictures: { 'vae-samples.png': encode({ width: 560, height: 280, channels: 1, data: tile }) } });
    expect(message).toBe('200 of its 200 tiles are the same picture, not samples of their own.');
  });
});

describe('what the machine cannot take apart goes to a person', () => {
  it('a picture of another size, which is shown', async () => {
    const { outcome, message, figures: shown } = await judge({ pictures: { 'vae-samples.png': encode({ width: 180, height: 90, channels: 1, data: samples.slice(0, 180 * 90) }) }, hasWeights: false });
    expect([outcome, message]).toEqual(['awaiting-person', 'vae-samples.png is 180 x 90 pixels; 10 x 20 pictures of 28 x 28 pixels, side by side, make 560 x 280. So a person looks at it.']);
    expect(shown).toHaveLength(1);
  });

  it('what is no picture at all', async () => {
    expect((await judge({ pictures: { 'vae-samples.png': Buffer.from('<svg onload=alert(1)>') } })).message).toBe('vae-samples.png could not be read: it is no PNG. A person looks at it.');
  });

  it('a PDF, or a picture under another name, but not that of another task', async () => {
    expect((await judge({ attachments: ['paper.pdf'] })).message).toBe('A person marks this from paper.pdf.');
    expect((await judge({ attachments: ['my grid.jpg'] })).outcome).toBe('awaiting-person');
    expect(await verdict({ pictures: { 'gmvae-samples.png': grid } })).toEqual(['unanswered', 0]);
    expect(await verdict({})).toEqual(['unanswered', 0]);
  });
});

describe('rows that are classes', () => {
  const coloured = encode({ width: 640, height: 320, channels: 3, data: Uint8Array.from({ length: 640 * 320 * 3 }, (_, index) => ((index * 2654435761) >>> 24) & 255) });
  const rows = (right: number) => Array.from({ length: 200 }, (_, index) => (Math.floor(index / 20) < right ? Math.floor(index / 20) : 9 - Math.floor(index / 20)));

  it.each([
    [10, ['pass', 2, 'pass', 'pass']],
    [6, ['awaiting-person', 1, 'pass', 'awaiting-person']],
  ])('are counted by our classifier: %d of 10', async (right, expected) => {
    expect(await verdict({ id: 'fsvae/samples', pictures: { 'fsvae-samples.png': coloured }, evaluated: { ...drawn, drawn: new Uint8Array(200 * 3072), nelbo: null, classes: rows(right) } })).toEqual(expected);
  });

  it('of images that it does not know are a person’s', async () => {
    expect(await verdict({ id: 'fsvae/samples', pictures: { 'fsvae-samples.png': coloured }, evaluated: { ...drawn, drawn: new Uint8Array(200 * 3072), nelbo: null } })).toEqual(['awaiting-person', 1, 'pass', 'awaiting-person']);
  });
});
