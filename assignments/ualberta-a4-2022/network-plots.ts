import type { Question } from '../../contract/rubric.ts';
import { inWords, withPlots } from './written-tasks.ts';

const id = (task: string): string => `ualberta-a4-2022/network-plots/${task}`;

/** Question 3: what networks do, seen in plots, 25 marks. `elbow plot` draws them; a person marks what is seen. */
export const networkPlots: Question = {
  id: 'network-plots',
  title: 'Looking into neural networks',
  tasks: [
    inWords(id('a-1'), 'The decision surface with the identity activation', 3),
    inWords(id('a-2'), 'More layers and units with relu', 2),
    withPlots(id('b'), 'What a hidden unit represents', 5),
    inWords(id('c-1'), 'The failed against the successful model', 4),
    inWords(id('c-2'), 'The one difference in the code, and why it matters', 4),
    withPlots(id('d'), 'The epoch from which the classes are told apart', 7),
  ],
};
