/**
 * The rows that rest on a training run of the student's own networks. Their layers are free, so no grader can
 * load the weights and measure them: a person reads the numbers and looks at the pictures. What can be run is a training
 * of a small model with the student's loss: a check of the two negative ELBOs.
 */
import type { WrittenTask } from '../../contract/task.ts';

export function trainedTask(id: string, title: string, points: number): WrittenTask {
  return { kind: 'written', id, title, points, bonus: false, answer: { kind: 'text', file: 'answers.md', heading: id } };
}

/** Pictures of generated digits, a class in each row. */
export const recognisedTask: WrittenTask = {
  kind: 'written',
  id: 'nyu-hw4/conditional-vae/recognised',
  title: 'Generated digits are of the class asked for',
  points: 2,
  bonus: false,
  answer: { kind: 'picture' },
};
