/** The door of scoring: outcomes to marks, and marks to a final mark by the rules of the term. */
export { gradeOf } from './grade-of.ts';
export { dueTimeOf, type Lateness, latenessOf, submittedAt } from './late.ts';
export { adjust, settle } from './policy.ts';
