/** A grid of pictures: what is surely wrong fails, what its own model surely draws passes, and a person looks at the rest. */
import { createHash } from 'node:crypto';
import type { PicturesEvaluated } from '../../contract/evaluation.ts';
import { trainingRuns } from '../../contract/model-layout.ts';
import type { CheckResult, TaskResult } from '../../contract/outcome.ts';
import type { FigureTask } from '../../contract/task.ts';
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

/** The part of a grid's rows in which our classifier must see the row's class most often. */
const ROWS_RECOGNISED = 0.7;

type Part = FigureTask['checks'][number];

export async function judgeFigure(task: FigureTask, work: TrainedWork): Promise<Verdict> {
  const figure = work.figureOf(task);
  const drawn = await drawnBy(task, work);
  const figures = [...shownOf(figure, task), ...(drawn === null ? [] : [{ caption: 'Drawn by elbow from your checkpoint', png: encodeGrid(drawn.drawn, task.grid) }])];
  switch (figure.kind) {
    case 'none':
      return { outcome: 'unanswered', earned: 0, message: `No ${task.picture} was found, and no PDF or other picture.`, checks: [] };
    case 'for-a-person':
      return { outcome: 'awaiting-person', earned: 0, message: figure.why, checks: [], attachments: [...figure.attachments], figures };
    case 'grid':
      return { ...verdictOn(task, figure, drawn, figures), picture: pictureOf(figure.picture, work.metricsOf(task.run)?.seed) };
  }
}

/** Null where there are no weights to draw from. */
async function drawnBy(task: FigureTask, work: TrainedWork): Promise<PicturesEvaluated | null> {
  if (work.weightsOf(task.run).kind !== 'checkpoint') return null;
  const measured = await work.measured(task.run);
  return measured.kind === 'evaluated' ? measured.pictures : null;
}

function verdictOn(task: FigureTask, { tiles, attachments }: Extract<Figure, { readonly kind: 'grid' }>, drawn: PicturesEvaluated | null, figures: Verdict['figures'] & object): Verdict {
  const flaw = flawOf(tiles);
  const checks = task.checks.map((check) => {
    if (flaw !== null) return { ...result(check, 'fail', flaw), ...(check.kind === 'grid' ? { hint: check.hint } : {}) };
    switch (check.kind) {
      case 'grid':
        return result(check, 'pass', '');
      case 'drawn':
        return isDrawn(check, drawn);
      case 'classes':
        return areClasses(check, task, drawn);
    }
  });
  const outcome = (['awaiting-person', 'fail'] as const).find((kind) => checks.some((check) => check.outcome === kind)) ?? 'pass';
  const open = checks.find((check) => check.outcome === 'awaiting-person');
  const earned = checks.reduce((sum, check) => sum + check.earned, 0);
  return { outcome, earned, message: flaw ?? open?.message ?? '', checks, figures, ...(open === undefined ? {} : { attachments: [...attachments] }) };
}

function isDrawn(check: Part, drawn: PicturesEvaluated | null): CheckResult {
  if (drawn === null || drawn.nelbo === null) return result(check, 'awaiting-person', 'There is no checkpoint to draw from, so a person looks at the picture.');
  // With the seed that is told the same pictures come out again.
  if (drawn.difference !== null && drawn.difference < SAME) return result(check, 'pass', '');
  const { given, own } = drawn.nelbo;
  const evidence = [`negative ELBO of its pictures ${given}, of the checkpoint’s own ${own}`];
  if (given <= LOOSENESS * own && own <= LOOSENESS * given) return { ...result(check, 'pass', ''), evidence };
  return { ...result(check, 'awaiting-person', 'Your checkpoint does not draw pictures like these, so a person looks at both.'), evidence };
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
