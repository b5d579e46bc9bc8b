/**
 * A task: one thing a student is asked for. Its id is the same everywhere: in the command line, the
 * report, the CSV, fixtures and tests (for example `cs236-hw2/vae/negative-elbo-bound`).
 */
import { BandQuantity } from './band.ts';
import { type Draw, Through } from './messages.ts';
import { type Static, Type } from './schema.ts';
import { type DataSetId, TRAINING_IMAGES } from './training-metrics.ts';

const strict = { additionalProperties: false } as const;

/** How one named part of a task is judged; its points are a share of the task's. */
export const Check = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    kind: Type.Union([
      // The returned numbers, under injected noise where the function draws any.
      Type.Literal('value'),
      // As `value`, on inputs that break a numerically careless implementation.
      Type.Literal('stability'),
      // d component / d parameters, module by module.
      Type.Literal('gradient'),
      // The number of operations does not grow with batch, samples or labels.
      Type.Literal('vectorised'),
      // A small model is trained with the function, and must become as good as with a right one. Without points it
      // explains what training comes to where a gradient is wrong, and is else not asked.
      Type.Literal('training'),
    ]),
    points: Type.Number({ minimum: 0 }),
    /** Which returned components are compared; absent: the returned tensor itself. */
    components: Type.Optional(Type.Array(Type.String())),
    /** Of a training: the given function that trains with this one, where cases ask for it alone. */
    through: Type.Optional(Through),
    /** What to look at when this check fails: points to the idea, never gives the answer. */
    hint: Type.String(),
  },
  strict,
);
export type Check = Static<typeof Check>;

const common = {
  id: Type.String({ pattern: '^[a-z0-9-]+(/[a-z0-9-]+){2}$' }),
  title: Type.String(),
  points: Type.Number({ minimum: 0 }),
  bonus: Type.Boolean(),
};

export const FunctionTask = Type.Object(
  {
    ...common,
    kind: Type.Literal('function'),
    /** The name the handout uses, shown beside the template's. */
    handoutName: Type.String(),
    module: Type.String(),
    function: Type.String(),
    /**
     * A given function that is called with this one as its first argument, where this one takes or returns what
     * a child can neither build nor send: it makes the one out of a task's arguments and the other into tensors.
     */
    through: Type.Optional(Through),
    /**
     * Ids of tasks whose functions this one calls when it is written as the handout suggests. Where one of
     * them is wrong, this task is judged again with a right one in its place.
     */
    buildsOn: Type.Optional(Type.Array(Type.String())),
    /** True: a column [n, 1] is as good as the vector [n], where the handout asks for one and its own code returns the other. */
    columnsAreVectors: Type.Optional(Type.Boolean()),
    /** It puts data into a random order: the uniform numbers that takes are no noise of its result. */
    shuffles: Type.Optional(Type.Boolean()),
    checks: Type.Array(Check, { minItems: 1 }),
  },
  strict,
);
export type FunctionTask = Static<typeof FunctionTask>;

/** Text in a file: under a heading, or the whole file. `pictures`: it speaks of plots, which a person opens beside it. */
const TextAnswer = Type.Object({ kind: Type.Literal('text'), file: Type.String(), heading: Type.Optional(Type.String()), pictures: Type.Optional(Type.Boolean()) }, strict);

/** A picture, under the name the template asks for or, as most courses collect them, in a PDF or under names of the student's. */
const PictureAnswer = Type.Object({ kind: Type.Literal('picture'), file: Type.Optional(Type.String()) }, strict);

/** A task a person marks: the answer is shown to them, never judged by the machine. */
export const WrittenTask = Type.Object(
  {
    ...common,
    kind: Type.Literal('written'),
    answer: Type.Union([TextAnswer, PictureAnswer]),
  },
  strict,
);
export type WrittenTask = Static<typeof WrittenTask>;

/**
 * A derivation that is typed: the machine checks it line by line against the task of the same id, and leaves to a
 * person what it cannot judge.
 */
export const DerivationTask = Type.Object({ ...common, kind: Type.Literal('derivation'), file: Type.String() }, strict);
export type DerivationTask = Static<typeof DerivationTask>;

/** One part of a task that rests on what training made; its points are a share of the task's. */
const resultCheck = <Kind extends Parameters<typeof Type.Array>[0]>(kind: Kind) =>
  Type.Object({ id: Type.String(), title: Type.String(), kind, points: Type.Number({ minimum: 0 }), hint: Type.String() }, strict);

/** The trainings of contract/model-layout.ts, by name. */
const Run = Type.Union([Type.Literal('vae'), Type.Literal('gmvae'), Type.Literal('ssvae'), Type.Literal('ssvae-gw0'), Type.Literal('fsvae'), Type.Literal('kth-vae')]);

export type Quantity = BandQuantity;

/** How long a handout asks to train. */
const TrainingLength = Type.Union([Type.Object({ iterations: Type.Integer({ minimum: 1 }) }, strict), Type.Object({ epochs: Type.Integer({ minimum: 1 }) }, strict)]);

/** An epoch is longer where there are more images. */
export function iterationsOf(length: Static<typeof TrainingLength>, { dataSet, batch }: { readonly dataSet: DataSetId; readonly batch: number }): number {
  return 'epochs' in length ? length.epochs * Math.max(1, Math.floor(TRAINING_IMAGES[dataSet] / batch)) : length.iterations;
}

/** A model that was trained: its weights are measured. Where none are handed in, a person marks what is reported. */
export const TrainedTask = Type.Object(
  {
    ...common,
    kind: Type.Literal('trained'),
    run: Run,
    /** What the handout asks to report, in its order. */
    reported: Type.Array(BandQuantity, { minItems: 1 }),
    /** What must be as good as right work makes it. */
    banded: Type.Array(BandQuantity, { minItems: 1 }),
    /** The handout's: with fewer iterations, a missed band is nobody else's fault. */
    length: TrainingLength,
    /** Ids of the tasks whose functions are trained or evaluated with. */
    buildsOn: Type.Array(Type.String()),
    /** `agreement`: what is reported is what we measure. `band`: what we measure is as good as right work. */
    checks: Type.Array(resultCheck(Type.Union([Type.Literal('agreement'), Type.Literal('band')])), { minItems: 1 }),
    answer: TextAnswer,
  },
  strict,
);
export type TrainedTask = Static<typeof TrainedTask>;

/** A grid of pictures that a trained model drew. */
export const FigureTask = Type.Object(
  {
    ...common,
    kind: Type.Literal('figure'),
    run: Run,
    picture: Type.String(),
    grid: Type.Object(
      {
        rows: Type.Integer({ minimum: 1 }),
        columns: Type.Integer({ minimum: 1 }),
        /** Of one picture in it. */
        height: Type.Integer({ minimum: 1 }),
        width: Type.Integer({ minimum: 1 }),
        channels: Type.Union([Type.Literal(1), Type.Literal(3)]),
      },
      strict,
    ),
    /**
     * `grid`: it is one, not blank, not the same again and again. `drawn`: the checkpoint draws such pictures. `classes`: row i
     * shows class i. `reconstructed`: every second picture is what the checkpoint makes of the one before it.
     */
    checks: Type.Array(resultCheck(Type.Union([Type.Literal('grid'), Type.Literal('drawn'), Type.Literal('classes'), Type.Literal('reconstructed')])), { minItems: 1 }),
  },
  strict,
);
export type FigureTask = Static<typeof FigureTask>;

const Place = Type.Object({ module: Type.String(), function: Type.String() }, strict);

/** Networks whose layers are the student's choice: they are built and trained in the box for a while, and what they have become is measured outside. */
export const NetworksTask = Type.Object(
  {
    ...common,
    kind: Type.Literal('networks'),
    /** The student's: both build a network from the number of latent dimensions, and the loss is what they are trained with. */
    encoder: Place,
    decoder: Place,
    negativeElbo: Place,
    /** Both networks take a class beside image or code. */
    isConditional: Type.Boolean(),
    /** Where the given functions are that train and ask such networks. */
    given: Type.String(),
    /** Ids of the tasks whose functions they are and are trained with: where one is wrong, nothing is to be learned from a training. */
    buildsOn: Type.Array(Type.String()),
    /** `elbo`: of images that no training saw. `recognised`: pictures from the prior show the class that was asked for. */
    checks: Type.Array(resultCheck(Type.Union([Type.Literal('elbo'), Type.Literal('recognised')])), { minItems: 1 }),
    /** What a person reads where no machine can tell. */
    answer: Type.Union([TextAnswer, PictureAnswer]),
  },
  strict,
);
export type NetworksTask = Static<typeof NetworksTask>;

export const Task = Type.Union([FunctionTask, WrittenTask, DerivationTask, TrainedTask, FigureTask, NetworksTask]);
export type Task = Static<typeof Task>;

/** A grid of images beside their reconstructions. */
export function showsPairs({ checks }: FigureTask): boolean {
  return checks.some(({ kind }) => kind === 'reconstructed');
}

/** What of a function's random numbers can show in its result. */
export function noiseOf({ shuffles = false }: FunctionTask, draws: readonly Draw[]): readonly Draw[] {
  return shuffles ? draws.filter(({ law, seeded }) => law !== 'uniform' || seeded) : draws;
}

/** What a task's question calls. */
export function calledBy({ module, function: name, through }: FunctionTask): Pick<FunctionTask, 'module' | 'function' | 'through'> {
  return { module, function: name, ...(through === undefined ? {} : { through }) };
}

/** What a training with it calls. */
export function trainedBy(task: FunctionTask): Pick<FunctionTask, 'module' | 'function' | 'through'> {
  const through = task.checks.find(({ kind }) => kind === 'training')?.through;
  return { ...calledBy(task), ...(through === undefined ? {} : { through }) };
}

/** The handout's order of a result's components: a tuple in that order is as good as an object. */
export function componentOrder(task: FunctionTask): readonly string[] {
  return [...new Set(task.checks.flatMap((check) => check.components ?? []))];
}
