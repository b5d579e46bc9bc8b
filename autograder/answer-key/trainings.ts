/** Short trainings through the answer key's two doors: what the child trains on, and what compare measures it with. */
import type { FixtureTensor } from '../../contract/fixture.ts';
import type { Argument, Question } from '../../contract/question.ts';
import type { FixtureTraining, TrainingExpectation } from '../../contract/training-case.ts';
import type { TensorData } from '../../contract/values.ts';

type ToTensor = (reference: FixtureTensor) => TensorData;

/** `order`: of the components, where a tuple is returned. */
export function trainingQuestion(called: Omit<Question, 'noise'>, { component, rows, learningRate, seed }: FixtureTraining, order: readonly string[], tensor: ToTensor): Question {
  const position = order.indexOf(component);
  return { ...called, noise: { seed }, training: { component, ...(position < 0 ? {} : { position }), rows: tensor(rows), learningRate } };
}

export function trainingExpectation({ rows, heldOut, before, right, limit }: FixtureTraining, called: readonly Argument[], tensor: ToTensor): TrainingExpectation {
  const model = called.find((argument) => argument.kind === 'model');
  if (model === undefined) throw new Error('a training without a model');
  const { x, y, noise } = heldOut;
  return {
    steps: rows.shape[0] ?? 0,
    start: model.model,
    heldOut: { x: tensor(x), ...(y === undefined ? {} : { y: tensor(y) }), noise: tensor(noise) },
    before,
    right,
    limit,
  };
}
