/** The rows that run no code: derivations, answers in words, pictures. */
import type { DerivationTask, WrittenTask } from '../../contract/task.ts';

/** `kth-1b/cavi/log-joint` is typed in derivations/cavi-log-joint.md. */
export function derivation(id: string, title: string, points: number): DerivationTask {
  return { kind: 'derivation', id, title, points, bonus: false, file: derivationFile(id) };
}

function derivationFile(id: string): string {
  return `derivations/${id.split('/').slice(1).join('-')}.md`;
}

export function answer(id: string, title: string, points: number): WrittenTask {
  return { kind: 'written', id, title, points, bonus: false, answer: { kind: 'text', file: 'answers.md', heading: id } };
}

export function picture(id: string, title: string, points: number, file: string): WrittenTask {
  return { kind: 'written', id, title, points, bonus: false, answer: { kind: 'picture', file } };
}
