/** The four figures of a network that learns to tell two classes apart. The same options give the same bytes. */
import { randomFor } from '../data/random.ts';
import { modelCode } from './model-code.ts';
import { type Activation, activationsOf, type Architecture, type Network, probabilityFrom } from './network.ts';
import { legendAt, MARGIN, type Panel, panelAt, type Range, scaleAt } from './panel.ts';
import { element, picture, type Svg, words } from './svg.ts';
import { accuracyOf, trainNetwork, type Training } from './train-network.ts';
import { type Curve, generatingCurves, INPUT_RANGE, type Point, twoArms } from './two-arms.ts';

export interface FigureOptions {
  readonly activation: Activation;
  readonly layers: number;
  readonly units: number;
  readonly seed: number;
  readonly epochs: number;
}

export interface FigureFile {
  readonly name: string;
  readonly text: string;
}

const TRAINING = { batchSize: 20, learningRate: 0.03 } as const;

/** Slow enough that one sees the classes come apart. */
const SLOW = { batchSize: 20, learningRate: 0.1 } as const;

/** Of all points on the right side: the noise of a few may reach across. */
const SEPARATED = 0.97;
const ATTEMPTS = 12;

const SIZE = 300;
const FULL_WIDTH = MARGIN.left + SIZE + MARGIN.right;
const FULL_HEIGHT = MARGIN.top + SIZE + MARGIN.bottom;
const LEGEND_HEIGHT = 26;
const SCALE_WIDTH = 52;

/** What the trained network makes of every input. */
export function decisionSurface(options: FigureOptions): readonly FigureFile[] {
  const { points, network } = trained(options);
  const panel = inputPanel(points, (x, y) => probabilityFrom(network, 0, [x, y]), `${sizeWords(options)}, seed ${options.seed}`);
  return [{ name: `decision-surface-${fileWords(options)}.svg`, text: single(panel, `Decision surface of a network with ${sizeWords(options)}`, ['0', '1'], 'probability of class 1') }];
}

/** What one hidden unit returns for every input; layers and units count from 1. */
export function hiddenUnit(options: FigureOptions, layer: number, unit: number): readonly FigureFile[] {
  const { points, network } = trained(options);
  const activation = (x: number, y: number): number => activationsOf(network, [x, y])[layer]?.[unit - 1] ?? 0;
  const corners = grid(INPUT_RANGE, 40).flatMap((x) => grid(INPUT_RANGE, 40).map((y) => activation(x, y)));
  const [low, high] = [Math.min(...corners), Math.max(...corners)];
  const panel = inputPanel(points, (x, y) => (high === low ? 0.5 : (activation(x, y) - low) / (high - low)), `Unit ${unit} of hidden layer ${layer} (${options.activation}), seed ${options.seed}`);
  const name = `hidden-unit-${fileWords(options)}-layer-${layer}-unit-${unit}.svg`;
  return [{ name, text: single({ ...panel, hasBorder: false }, `Activation of hidden unit ${unit} in layer ${layer} over the inputs`, [shown(low), shown(high)], 'activation') }];
}

/** What two hidden layers of two units make of the data, in a model that succeeds and in one that fails; and the code of both. */
export function transformations({ seed, epochs }: Pick<FigureOptions, 'seed' | 'epochs'>): readonly FigureFile[] {
  const points = twoArms(randomFor('plots', 'data', seed));
  const training = { ...TRAINING, epochs };
  const successful = separating(seed, { activation: 'sigmoid', layers: 2, units: 2, initialWeights: 'random' }, points, training);
  // Everything but the first weights is the same.
  const failing: Architecture = { ...successful.architecture, initialWeights: 'constant' };
  const failed = { architecture: failing, history: trainNetwork(successful.seed, failing, points, training) };
  const models = [{ ...successful, outcome: 'successful' }, { ...failed, outcome: 'failed' }].map(({ architecture, history, outcome }) => ({ architecture, outcome, panels: layerPanels(last(history), points, [0, 1, 2]) }));
  const rows = models.map(({ outcome, panels }, row) => {
    const top = 26 + row * (FULL_HEIGHT + 30);
    const title = words(`${outcome === 'failed' ? 'Failed' : 'Successful'} model`, { x: 12, y: top, 'font-size': 15, 'font-weight': 'bold', fill: '#222222' });
    return [title, ...panels.map((panel, column) => panelAt(column * FULL_WIDTH, top + 6, SIZE, panel))].join('');
  });
  const [width, height] = [3 * FULL_WIDTH + SCALE_WIDTH, 2 * (FULL_HEIGHT + 30) + LEGEND_HEIGHT];
  const scale = scaleAt(3 * FULL_WIDTH, 32 + MARGIN.top, SIZE, ['0', '1'], 'probability of class 1');
  const legend = legendAt(MARGIN.left, height - 16, ['class 0', 'class 1', 'curve 0', 'curve 1', 'border']);
  const text = picture(width, height, 'What two hidden layers make of the data in a successful and in a failed model', ...rows, scale, legend);
  const code = models.map(({ outcome, architecture }) => ({ name: `transformations-${outcome}.ts`, text: modelCode(architecture, training, { data: seed, training: successful.seed }) }));
  return [{ name: `transformations-seed-${seed}.svg`, text }, ...code];
}

/** Both hidden layers after every epoch: a file for each, and all of them on one sheet. */
export function epochByEpoch({ activation, seed, epochs }: Pick<FigureOptions, 'activation' | 'seed' | 'epochs'>): readonly FigureFile[] {
  const points = twoArms(randomFor('plots', 'data', seed));
  const { history } = separating(seed, { activation, layers: 2, units: 2, initialWeights: 'random' }, points, { ...SLOW, epochs });
  const frames = history.map((network, epoch) => {
    const panels = layerPanels(network, [], [1, 2]);
    const [width, height] = [2 * FULL_WIDTH + SCALE_WIDTH, 24 + FULL_HEIGHT + LEGEND_HEIGHT];
    const text = picture(
      width,
      height,
      `Hidden layers after epoch ${epoch}`,
      words(epoch === 0 ? 'Before training' : `After epoch ${epoch}`, { x: 12, y: 20, 'font-size': 15, 'font-weight': 'bold', fill: '#222222' }),
      ...panels.map((panel, column) => panelAt(column * FULL_WIDTH, 24, SIZE, panel)),
      scaleAt(2 * FULL_WIDTH, 24 + MARGIN.top, SIZE, ['0', '1'], 'probability of class 1'),
      legendAt(MARGIN.left, height - 14, ['curve 0', 'curve 1', 'border']),
    );
    return { name: `epochs-${activation}-seed-${seed}/epoch-${String(epoch).padStart(String(epochs).length, '0')}.svg`, text };
  });
  return [...frames, { name: `epochs-${activation}-seed-${seed}.svg`, text: contactSheet(history) }];
}

/** The second hidden layer after every epoch, small. */
function contactSheet(history: readonly Network[]): Svg {
  const [size, columns] = [120, 6];
  const [width, height] = [MARGIN.left + size + MARGIN.right, MARGIN.top + size + MARGIN.bottom];
  const cells = history.map((network, epoch) => {
    const [panel] = layerPanels(network, [], [2]);
    if (panel === undefined) throw new Error('a network without a second hidden layer');
    return panelAt((epoch % columns) * width, Math.floor(epoch / columns) * height, size, { ...panel, title: epoch === 0 ? 'before training' : `epoch ${epoch}` });
  });
  const rows = Math.ceil(history.length / columns);
  return picture(columns * width, rows * height + LEGEND_HEIGHT, 'The second hidden layer after every epoch', ...cells, legendAt(MARGIN.left, rows * height + 8, ['curve 0', 'curve 1', 'border']));
}

/**
 * The first training from this seed on that tells the classes apart; where none does (an identity activation never
 * can), that of the seed itself. Two units a layer fail from about a third of all first weights.
 */
function separating(seed: number, architecture: Architecture, points: readonly Point[], training: Training) {
  const attempts = Array.from({ length: ATTEMPTS }, (_, attempt) => seed + 1000 * attempt);
  for (const attempt of architecture.activation === 'identity' ? [] : attempts) {
    const history = trainNetwork(attempt, architecture, points, training);
    if (accuracyOf(last(history), points) >= SEPARATED) return { seed: attempt, architecture, history };
  }
  return { seed, architecture, history: trainNetwork(seed, architecture, points, training) };
}

/** Layer 0 is the input; others are shown in the plane of their two units. */
function layerPanels(network: Network, points: readonly Point[], layers: readonly number[]): readonly Panel[] {
  return layers.map((layer): Panel => {
    const moved = (at: readonly [number, number]): readonly [number, number] => {
      const [a = 0, b = 0] = activationsOf(network, at)[layer] ?? [];
      return [a, b];
    };
    const curves = generatingCurves.map((curve): Curve => curve.map(moved));
    const movedPoints = points.map((point) => ({ ...point, at: moved(point.at) }));
    const [x, y] = layer === 0 ? [INPUT_RANGE, INPUT_RANGE] : ([0, 1] as const).map((axis) => rangeOf(network, layer, curves.flatMap((curve) => curve.map((at) => at[axis]))));
    return {
      title: layer === 0 ? 'Input' : `Hidden layer ${layer}`,
      xName: layer === 0 ? 'x₁' : `unit 1 of layer ${layer}`,
      yName: layer === 0 ? 'x₂' : `unit 2 of layer ${layer}`,
      x: x ?? INPUT_RANGE,
      y: y ?? INPUT_RANGE,
      shade: (a, b) => probabilityFrom(network, layer, [a, b]),
      hasBorder: true,
      points: movedPoints,
      curves: curves.map((curve, label) => [curve, label === 0 ? 0 : 1] as const),
    };
  });
}

/** The whole range of a bounded activation, so that epochs can be compared; else what the data needs. */
function rangeOf(network: Network, layer: number, values: readonly number[]): Range {
  const activation = network[layer - 1]?.activation;
  if (activation === 'sigmoid') return { from: 0, to: 1 };
  if (activation === 'tanh') return { from: -1, to: 1 };
  const [low, high] = [Math.min(...values, 0), Math.max(...values, 0.1)];
  const margin = 0.08 * (high - low);
  return { from: low - margin, to: high + margin };
}

function trained({ activation, layers, units, seed, epochs }: FigureOptions): { readonly points: readonly Point[]; readonly network: Network } {
  const points = twoArms(randomFor('plots', 'data', seed));
  const training: Training = { ...TRAINING, epochs };
  return { points, network: last(trainNetwork(seed, { activation, layers, units, initialWeights: 'random' }, points, training)) };
}

function inputPanel(points: readonly Point[], shade: Panel['shade'], title: string): Panel {
  return { title, xName: 'x₁', yName: 'x₂', x: INPUT_RANGE, y: INPUT_RANGE, shade, hasBorder: true, points, curves: [] };
}

function single(panel: Panel, description: string, ends: readonly [string, string], scaleName: string): Svg {
  const size = 420;
  const [width, height] = [MARGIN.left + size + MARGIN.right + SCALE_WIDTH, MARGIN.top + size + MARGIN.bottom + LEGEND_HEIGHT];
  return picture(
    width,
    height,
    description,
    element('g', {}, panelAt(0, 0, size, panel)),
    scaleAt(MARGIN.left + size + MARGIN.right, MARGIN.top, size, ends, scaleName),
    legendAt(MARGIN.left, height - 14, ['class 0', 'class 1', ...(panel.hasBorder ? (['border'] as const) : [])]),
  );
}

function sizeWords({ activation, layers, units }: FigureOptions): string {
  return `${activation}, ${layers} hidden ${layers === 1 ? 'layer' : 'layers'} of ${units} ${units === 1 ? 'unit' : 'units'}`;
}

function fileWords({ activation, layers, units, seed }: FigureOptions): string {
  return `${activation}-${layers}x${units}-seed-${seed}`;
}

function grid({ from, to }: Range, steps: number): readonly number[] {
  return Array.from({ length: steps + 1 }, (_, index) => from + ((to - from) * index) / steps);
}

function shown(value: number): string {
  return String(Number(value.toPrecision(2))).replace('-', '−');
}

function last<Item>(items: readonly Item[]): Item {
  const item = items.at(-1);
  if (item === undefined) throw new Error('a training without a network');
  return item;
}
