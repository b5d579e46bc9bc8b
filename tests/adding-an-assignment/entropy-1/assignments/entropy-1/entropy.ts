import type { Question } from '../../contract/rubric.ts';

export const entropy: Question = {
  id: 'entropy',
  title: 'Entropy',
  tasks: [
    {
      kind: 'function',
      id: 'entropy-1/entropy/bernoulli-entropy',
      title: 'Entropy of a Bernoulli variable',
      handoutName: 'entropy',
      points: 5,
      bonus: false,
      module: 'entropy.ts',
      function: 'bernoulliEntropy',
      checks: [
        { id: 'entropy', title: 'Entropies in nats', kind: 'value', points: 3, hint: 'Both outcomes count, each with its own probability. The argument is a logit.' },
        { id: 'gradient', title: 'Gradients reach the logits', kind: 'gradient', points: 1, hint: 'Reading values back cuts the path.' },
        { id: 'stability', title: 'Extreme logits', kind: 'stability', points: 1, hint: 'A certain coin has entropy 0: write it in terms of the logit, without the log of a sigmoid.' },
      ],
    },
    { kind: 'derivation', id: 'entropy-1/entropy/cross-entropy-split', title: 'Cross-entropy is entropy plus KL', points: 3, bonus: false, file: 'derivations/entropy-cross-entropy-split.md' },
    {
      kind: 'written',
      id: 'entropy-1/entropy/meaning',
      title: 'What the cross-entropy of a wrong model costs',
      points: 2,
      bonus: false,
      answer: { kind: 'text', file: 'answers.md', heading: 'entropy-1/entropy/meaning' },
    },
  ],
};
