/** The door to what rests on training: numbers, checkpoints and pictures of a hand-in, judged without any code of the student's. */
export { judgeFigure } from './judge-figure.ts';
export { judgeTrained, type TrainedContext, type Verdict } from './judge-trained.ts';
export { type MeasuringOptions, openTrainedWork, type TrainedWork } from './trained-work.ts';
