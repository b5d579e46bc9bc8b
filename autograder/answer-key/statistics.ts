/** Statistical cases through the answer key's two doors: calls for the child, expectations for compare. */
import type { FixtureTensor } from '../../contract/fixture.ts';
import type { Question } from '../../contract/question.ts';
import type { FixtureStatistics, StatisticalExpectation } from '../../contract/statistics.ts';
import type { TensorData } from '../../contract/values.ts';

/** The same call once for each seed; nothing is served from a stream. */
export function statisticalQuestions(question: Omit<Question, 'noise'>, { seeds }: FixtureStatistics): readonly Question[] {
  return seeds.map((seed) => ({ ...question, noise: { seed } }));
}

export function statisticalExpectation(entry: FixtureStatistics, tensor: (reference: FixtureTensor) => TensorData): StatisticalExpectation {
  const { judged, rows } = entry;
  if (judged.kind === 'sampler') {
    const named = (name: string): TensorData => {
      const found = entry.arguments.find((argument) => argument.kind === 'tensor' && argument.name === name);
      if (found?.kind !== 'tensor') throw new Error(`the statistical case of a sampler has no ${name}`);
      return tensor(found.tensor);
    };
    const weights = entry.gradients[0]?.weights;
    if (weights === undefined) throw new Error('the statistical case of a sampler has no weights');
    return { rows, judged: { kind: 'sampler', mean: named('mean'), variance: named('variance'), weights: tensor(weights) } };
  }
  if (judged.kind === 'law') {
    const { law, parameter } = judged;
    const weights = entry.gradients[0]?.weights;
    const differentiated = parameter === undefined || weights === undefined ? {} : { differentiated: { parameter, weights: tensor(weights) } };
    return { rows, judged: { kind: 'law', law, ...differentiated } };
  }
  const { values, gradients, extremes } = judged;
  return {
    rows,
    judged: {
      kind: 'averages',
      values: new Map(Object.entries(values)),
      gradients: mapped(gradients, (modules) => mapped(modules, (list) => list.map((along) => ({ ...along, direction: tensor(along.direction) })))),
      extremes: mapped(extremes, (components) => new Map(Object.entries(components))),
    },
  };
}

function mapped<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): ReadonlyMap<string, To> {
  return new Map(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
