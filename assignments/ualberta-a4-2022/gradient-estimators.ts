import type { Question } from '../../contract/rubric.ts';
import { estimatorTasks } from './model-tasks.ts';
import { derivation } from './written-tasks.ts';

const assignment = 'ualberta-a4-2022';

/** Question 2: estimating the gradient of an expectation, 10 marks. */
export const gradientEstimators: Question = {
  id: 'gradient-estimators',
  title: 'Gradient estimators',
  tasks: [
    derivation(`${assignment}/gradient-estimators/a`, 'Why the naive estimator is biased', 3),
    derivation(`${assignment}/gradient-estimators/b`, 'The reparameterised estimator', 7),
    ...estimatorTasks(assignment),
  ],
};
