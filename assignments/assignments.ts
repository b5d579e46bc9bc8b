/** The homeworks elbow holds, by id. */
import type { Assignment } from '../contract/rubric.ts';
import { assignment as cs236Hw2 } from './cs236-hw2/assignment.ts';
import { assignment as kth1b } from './kth-1b/assignment.ts';

export const assignments: ReadonlyMap<string, Assignment> = new Map([cs236Hw2, kth1b].map((assignment) => [assignment.id, assignment]));
