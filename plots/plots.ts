/** The door: what `elbow plot` draws. */
export { decisionSurface, epochByEpoch, type FigureFile, type FigureOptions, hiddenUnit, transformations } from './figures.ts';
export { ACTIVATIONS, type Activation } from './network.ts';
