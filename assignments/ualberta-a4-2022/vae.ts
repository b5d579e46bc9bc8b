import type { Question } from '../../contract/rubric.ts';
import { crossEntropyTask, klTask, lossTask, reconstructTask, trainTask } from './model-tasks.ts';

const assignment = 'ualberta-a4-2022';

/** Question 4: the variational autoencoder, 25 marks. */
export const vae: Question = {
  id: 'vae',
  title: 'Variational autoencoder',
  tasks: [
    reconstructTask({ assignment, points: 5 }, 'vae'),
    klTask({ assignment, points: 4 }),
    crossEntropyTask({ assignment, points: 4 }),
    lossTask({ assignment, points: 2 }, 'vae'),
    trainTask({ assignment, points: 10 }, 'vae'),
  ],
};
