/** Tasks that are answered in words, formulas and plots. */
import type { DerivationTask, WrittenTask } from '../../contract/task.ts';

/** `ualberta-a4-2022/cvae/celbo-derivation` stands in derivations/cvae-celbo-derivation.md. */
export function derivation(id: string, title: string, points: number): DerivationTask {
  return { kind: 'derivation', id, title, points, bonus: false, file: `derivations/${id.split('/').slice(1).join('-')}.md` };
}

export function inWords(id: string, title: string, points: number): WrittenTask {
  return { kind: 'written', id, title, points, bonus: false, answer: { kind: 'text', file: 'answers.md', heading: id } };
}

/** A person judges the words by the plots beside them. */
export function withPlots(id: string, title: string, points: number): WrittenTask {
  return { kind: 'written', id, title, points, bonus: false, answer: { kind: 'text', file: 'answers.md', heading: id, pictures: true } };
}
