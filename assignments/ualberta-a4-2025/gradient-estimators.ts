import type { Question } from '../../contract/rubric.ts';
import { estimatorTasks } from '../ualberta-a4-2022/model-tasks.ts';
import { derivation } from '../ualberta-a4-2022/written-tasks.ts';

const assignment = 'ualberta-a4-2025';

/** Question 1: estimating the gradient of an expectation, 15 marks. */
export const gradientEstimators: Question = {
  id: 'gradient-estimators',
  title: 'Gradient estimators',
  tasks: [
    derivation(`${assignment}/gradient-estimators/a`, 'Why the naive estimator is biased', 5),
    derivation(`${assignment}/gradient-estimators/b`, 'The reparameterised estimator', 10),
    ...estimatorTasks(assignment),
  ],
};
