import type { Question } from '../../contract/rubric.ts';
import type { DerivationTask, WrittenTask } from '../../contract/task.ts';

/** Part 1: theory, 60 marks and 8 of bonus. The handout gives no split within it: ours. */
export const theory: Question = {
  id: 'theory',
  title: 'Variational autoencoders',
  tasks: [
    derivation('elbo-plus-kl', '1.1: log p(x) = ELBO + KL(q(z|x) || p(z|x))', 9),
    answer('lower-bound', '1.2: Why this is a lower bound, and when it is tight', 5),
    derivation('reconstruction-minus-kl', '2.1: The ELBO as reconstruction minus KL', 9),
    answer('roles-of-the-terms', '2.2: The roles of the two terms', 6),
    derivation('joint-plus-entropy', '2.3: The ELBO as joint plus entropy', 5, true),
    derivation('bernoulli-cross-entropy', '3.1: Bernoulli pixels give the binary cross-entropy', 9),
    derivation('gaussian-squared-error', '3.2: Gaussian pixels give the squared error', 9),
    answer('reparameterization', '4.1: A reason for reparameterization', 4),
    answer('overlapping-latents', '4.2: Overlapping latents', 4),
    answer('missing-labels', '4.3: Missing labels', 5),
    answer('discrete-latents', '4.4: Discrete latent variables', 3, true),
  ],
};

function derivation(name: string, title: string, points: number, bonus = false): DerivationTask {
  return { kind: 'derivation', id: `nyu-hw4/theory/${name}`, title, points, bonus, file: `derivations/theory-${name}.md` };
}

/** The handout grades these generously: any answer that agrees with what was taught, in a sentence or two. */
function answer(name: string, title: string, points: number, bonus = false): WrittenTask {
  const id = `nyu-hw4/theory/${name}`;
  return { kind: 'written', id, title, points, bonus, answer: { kind: 'text', file: 'answers.md', heading: id } };
}
