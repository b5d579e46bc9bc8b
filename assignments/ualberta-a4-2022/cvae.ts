import type { Question } from '../../contract/rubric.ts';
import { lossTask, reconstructTask, trainTask } from './model-tasks.ts';
import { derivation, withPlots } from './written-tasks.ts';

const assignment = 'ualberta-a4-2022';

/** Question 5: the conditional variational autoencoder, 30 marks. */
export const cvae: Question = {
  id: 'cvae',
  title: 'Conditional variational autoencoder',
  tasks: [
    derivation(`${assignment}/cvae/celbo-derivation`, 'Derivation of equation (2)', 8),
    derivation(`${assignment}/cvae/celbo-statement`, 'The CELBO in one formula', 2),
    reconstructTask({ assignment, points: 5 }, 'cvae'),
    lossTask({ assignment, points: 5 }, 'cvae'),
    trainTask({ assignment, points: 5 }, 'cvae'),
    withPlots(`${assignment}/cvae/hardest-digit`, 'The digits that are hardest to generate', 5),
  ],
};
