import type { Question } from '../../contract/rubric.ts';
import { lossTask, reconstructTask, trainTask } from '../ualberta-a4-2022/model-tasks.ts';
import { derivation, withPlots } from '../ualberta-a4-2022/written-tasks.ts';

const assignment = 'ualberta-a4-2025';

/** Question 3: the conditional variational autoencoder. The handout says 40 marks; its parts add up to 45. */
export const cvae: Question = {
  id: 'cvae',
  title: 'Conditional variational autoencoder',
  tasks: [
    derivation(`${assignment}/cvae/celbo-derivation`, 'Derivation of equation (2)', 12),
    derivation(`${assignment}/cvae/celbo-statement`, 'The CELBO in one formula', 3),
    reconstructTask({ assignment, points: 8 }, 'cvae'),
    lossTask({ assignment, points: 9 }, 'cvae'),
    trainTask({ assignment, points: 8 }, 'cvae'),
    withPlots(`${assignment}/cvae/hardest-digit`, 'The digits that are hardest to generate', 5),
  ],
};
