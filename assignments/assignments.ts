/** The homeworks elbow holds, by id. */
import type { Assignment } from '../contract/rubric.ts';
import { assignment as cs236Hw2 } from './cs236-hw2/assignment.ts';
import { assignment as kth1b } from './kth-1b/assignment.ts';
import { assignment as nyuHw4 } from './nyu-hw4/assignment.ts';
import { assignment as ualbertaA42022 } from './ualberta-a4-2022/assignment.ts';
import { assignment as ualbertaA42025 } from './ualberta-a4-2025/assignment.ts';

export const assignments: ReadonlyMap<string, Assignment> = new Map([cs236Hw2, kth1b, nyuHw4, ualbertaA42022, ualbertaA42025].map((assignment) => [assignment.id, assignment]));
