/** A grid of pictures: what is surely wrong fails, what its own model surely draws passes, and a person looks at the rest. */
import { createHash } from 'node:crypto';
import type { PairsEvaluated, PicturesEvaluated } from '../../contract/evaluation.ts';
import { trainingRuns } from '../../contract/model-layout.ts';
import type { CheckResult, TaskResult } from '../../contract/outcome.ts';
import { type FigureTask, showsPairs } from '../../contract/task.ts';
import type { Figure } from './figure.ts';
import type { Verdict } from './judge-trained.ts';
import { encodeGrid, encodePicture } from './picture-png.ts';
import { flawOf } from './tiles.ts';
import type { Picture } from './png.ts';
import type { TrainedWork } from './trained-work.ts';

/** Pictures cost a model as many nats as its own do, by this factor; those of another model cost more, or, sharper than its own, less. */
const LOOSENESS = 1.35;

/** Pixels of the same picture, drawn on another machine, differ by less on average, of 255. */
const SAME = 1;

/**
 * Reconstructions of one checkpoint differ from sample to sample, on average over a hundred images by the same; those of
 * another right model differ by a third more, and so do the images themselves, handed in as their own reconstructions.
 */
const SAMPLE_TO_SAMPLE = { factor: 1.1, more: 0.5 };

/** The part of a grid's rows in which our classifier must see the row's class most often. */
const ROWS_RECOGNISED = 0.7;

type Part = FigureTask['checks'][number];

export async function judgeFigure(task: FigureTask, work: TrainedWork): Promise<Verdict> {
  const figure = work.figureOf(task);
  const drawn = await drawnBy(task, work);
  const own = showsPairs(task) ? drawn?.pairs : drawn?.pictures;
  const figures = [...shownOf(figure, task), ...(own === undefined || own === null ? [] : [{ caption: 'Drawn by elbow from your checkpoint', png: encodeGrid(own.drawn, task.grid) }])];
  switch (figure.kind) {
    case 'none':
      return { outcome: 'unanswered', earned: 0, message: `No ${task.picture} was found, and no PDF or other picture.`, checks: [] };
    case 'for-a-person':
      return { outcome: 'awaiting-person', earned: 0, message: figure.why, checks: [], attachments: [...figure.attachments], figures };
    case 'grid':
      return { ...verdictOn(task, figure, drawn, figures), picture: pictureOf(figure.picture, work.metricsOf(task.run)?.seed) };
  }
}

interface Drawn {
  readonly pictures: PicturesEvaluated | null;
  readonly pairs?: PairsEvaluated;
}

/** Null where there are no weights to draw from. */
async function drawnBy(task: FigureTask, work: TrainedWork): Promise<Drawn | null> {
  if (work.weightsOf(task.run).kind !== 'checkpoint') return null;
  const measured = await work.measured(task.run);
  return measured.kind === 'evaluated' ? measured : null;
}

function verdictOn(task: FigureTask, { tiles, attachments }: Extract<Figure, { readonly kind: 'grid' }>, drawn: Drawn | null, figures: Verdict['figures'] & object): Verdict {
  const flaw = flawOf(tiles);
  const checks = task.checks.map((check) => {
    if (flaw !== null) return { ...result(check, 'fail', flaw), ...(check.kind === 'grid' ? { hint: check.hint } : {}) };
    switch (check.kind) {
      case 'grid':
        return result(check, 'pass', '');
      case 'drawn':
        return isDrawn(check, task, drawn?.pictures ?? null);
      case 'classes':
        return areClasses(check, task, drawn?.pictures ?? null);
      case 'reconstructed':
        return areReconstructed(check, drawn?.pairs?.difference ?? null);
    }
  });
  const outcome = (['awaiting-person', 'fail'] as const).find((kind) => checks.some((check) => check.outcome === kind)) ?? 'pass';
  const open = checks.find((check) => check.outcome === 'awaiting-person');
  const earned = checks.reduce((sum, check) => sum + check.earned, 0);
  return { outcome, earned, message: flaw ?? open?.message ?? '', checks, figures, ...(open === undefined ? {} : { attachments: [...attachments] }) };
}

function isDrawn(check: Part, task: FigureTask, drawn: PicturesEvaluated | null): CheckResult {
  if (drawn === null || drawn.nelbo === null) return result(check, 'awaiting-person', 'There is no checkpoint to draw from, so a person looks at the picture.');
  // With the seed that is told the same pictures come out again.
  if (drawn.difference !== null && drawn.difference < SAME) return result(check, 'pass', '');
  // A model that draws nothing finds every picture as likely as its own.
  if (flawOf(singly(drawn.drawn, task)) !== null) return result(check, 'awaiting-person', 'Your checkpoint draws nothing that could be told apart, so a person looks at the picture.');
  const { given, own } = drawn.nelbo;
  const evidence = [`negative ELBO of its pictures ${given}, of the checkpoint’s own ${own}`];
  if (given <= LOOSENESS * own && own <= LOOSENESS * given) return { ...result(check, 'pass', ''), evidence };
  return { ...result(check, 'awaiting-person', 'Your checkpoint does not draw pictures like these, so a person looks at both.'), evidence };
}

function singly(pictures: Uint8Array, { grid }: FigureTask): readonly Uint8Array[] {
  const size = grid.height * grid.width * grid.channels;
  return Array.from({ length: grid.rows * grid.columns }, (_, index) => pictures.subarray(index * size, (index + 1) * size));
}

function areReconstructed(check: Part, difference: PairsEvaluated['difference']): CheckResult {
  if (difference === null) return result(check, 'awaiting-person', 'There is no checkpoint to reconstruct with, so a person looks at the picture.');
  const { given, own } = difference;
  const evidence = [`reconstructions differ by ${given} of 255 from the checkpoint’s, and those by ${own} from sample to sample`];
  if (given <= SAMPLE_TO_SAMPLE.factor * own + SAMPLE_TO_SAMPLE.more) return { ...result(check, 'pass', ''), evidence };
  return { ...result(check, 'awaiting-person', 'Your checkpoint makes other reconstructions of these images, so a person looks at both.'), evidence };
}

function areClasses(check: Part, { grid, run }: FigureTask, drawn: PicturesEvaluated | null): CheckResult {
  const classes = drawn?.classes ?? null;
  if (classes === null) return result(check, 'awaiting-person', `Without a checkpoint of the ${trainingRuns[run].family}, or for images that our classifier does not know, a person looks at the rows.`);
  const rows = Array.from({ length: grid.rows }, (_, row) => classes.slice(row * grid.columns, (row + 1) * grid.columns).filter((seen) => seen === row).length);
  const recognised = rows.filter((count) => 2 * count > grid.columns).length;
  const evidence = [`recognised in each row: ${rows.join(', ')} of ${grid.columns}`];
  if (recognised >= ROWS_RECOGNISED * grid.rows) return { ...result(check, 'pass', `Our classifier sees row i as class i in ${recognised} of ${grid.rows} rows.`), evidence };
  return { ...result(check, 'awaiting-person', `Our classifier sees row i as class i in ${recognised} of ${grid.rows} rows only, so a person looks at them.`), evidence };
}

/** Of the pixels: written again by another program, it is still the same picture. */
function pictureOf({ width, height, pixels }: Picture, seed: number | undefined): NonNullable<Verdict['picture']> {
  const sha256 = createHash('sha256').update(`${width} ${height}`).update(pixels).digest('hex');
  return { sha256, ...(seed === undefined ? {} : { seed }) };
}

function shownOf(figure: Figure, { picture: name }: FigureTask): Verdict['figures'] & object {
  if (figure.kind === 'none' || figure.picture === null) return [];
  const png = encodePicture(figure.picture);
  return png === null ? [] : [{ caption: `Handed in as ${name}`, png }];
}

function result({ id, title, points }: Part, outcome: TaskResult['outcome'], message: string): CheckResult {
  return { check: id, title, points, earned: outcome === 'pass' ? points : 0, outcome, message, evidence: [] };
}
