import type { Question } from '../../contract/rubric.ts';
import { crossEntropyTask, klTask, lossTask, reconstructTask, trainTask } from '../ualberta-a4-2022/model-tasks.ts';

const assignment = 'ualberta-a4-2025';

/** Question 2: the variational autoencoder, 45 marks. */
export const vae: Question = {
  id: 'vae',
  title: 'Variational autoencoder',
  tasks: [
    reconstructTask({ assignment, points: 10 }, 'vae'),
    klTask({ assignment, points: 5 }),
    crossEntropyTask({ assignment, points: 5 }),
    lossTask({ assignment, points: 10 }, 'vae'),
    trainTask({ assignment, points: 15 }, 'vae'),
  ],
};
