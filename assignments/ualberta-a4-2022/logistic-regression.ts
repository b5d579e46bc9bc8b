import type { Question } from '../../contract/rubric.ts';
import { derivation } from './written-tasks.ts';

/** Question 1: Lipschitz constants, 10 marks. */
export const logisticRegression: Question = {
  id: 'logistic-regression',
  title: 'Convergence of logistic regression',
  tasks: [
    derivation('ualberta-a4-2022/logistic-regression/a', 'Lipschitz constant of the sigmoid', 5),
    derivation('ualberta-a4-2022/logistic-regression/b', 'Lipschitz constant with an l2 term', 3),
    derivation('ualberta-a4-2022/logistic-regression/c', 'Lipschitz constant with RBF features', 2),
  ],
};
