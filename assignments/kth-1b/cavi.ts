import type { Question } from '../../contract/rubric.ts';
import type { Check, FunctionTask } from '../../contract/task.ts';
import { derivation, picture } from './rows.ts';

/** Section 1: coordinate ascent for the earthquakes, 34 marks. The functions are practice: the handout has no code here. */
export const cavi: Question = {
  id: 'cavi',
  title: 'CAVI for earthquakes',
  tasks: [
    picture('kth-1b/cavi/graphical-model', 'The directed graphical model', 4, 'graphical-model.png'),
    derivation('kth-1b/cavi/log-joint', 'The log joint and the densities it is made of', 6),
    derivation('kth-1b/cavi/optimal-z', 'q*(Z)', 6),
    derivation('kth-1b/cavi/optimal-lambda', 'q*(λ)', 6),
    derivation('kth-1b/cavi/optimal-mu', 'q*(μ)', 6),
    derivation('kth-1b/cavi/expectations', 'The expectations that q*(Z) needs', 6),
    practice('update-z', 'The update of q(Z)', 'section 1.3.2', 'updateZ', [
      {
        id: 'probabilities',
        title: 'q(Z) of every quake',
        kind: 'value',
        points: 0,
        hint: 'The formula for log q* holds up to a constant: exponentiate and normalise over the classes. A squared distance to a centre that is itself uncertain is larger than that to its mean.',
      },
      { id: 'stability', title: 'Quakes far from every centre', kind: 'stability', points: 0, hint: 'Far out every weight is 0 in a 32-bit number. Subtract the largest logarithm before exp, or let a softmax of the library do it.' },
    ]),
    practice('update-lambda', 'The update of q(λ)', 'section 1.3.3', 'updateLambda', [
      { id: 'alpha', title: 'alpha', kind: 'value', components: ['alpha'], points: 0, hint: 'A Gamma prior meets Poisson counts: the shape grows by the strengths, each weighted by q(Z).' },
      { id: 'beta', title: 'beta', kind: 'value', components: ['beta'], points: 0, hint: 'The rate grows by the number of quakes that belong to the class, in expectation.' },
    ]),
    practice('update-mu', 'The update of q(μ)', 'section 1.3.4', 'updateMu', [
      { id: 'mu', title: 'mu', kind: 'value', components: ['mu'], points: 0, hint: 'An average of the prior mean and the places, weighted by precisions; divide by the new precision at the end.' },
      { id: 'rho', title: 'rho', kind: 'value', components: ['rho'], points: 0, hint: 'Precisions add up: that of the prior, and one tau for every quake of the class, in expectation.' },
    ]),
    practice('elbo', 'The ELBO', 'section 1.3', 'elbo', [
      {
        id: 'elbo',
        title: 'ELBO',
        kind: 'value',
        points: 0,
        hint: 'Five expected log densities and three entropies, with all their constants. Gaussians are two-dimensional here, and beta is a rate.',
      },
    ]),
    {
      ...practice('coordinate-ascent', 'Rounds of coordinate ascent', 'section 1.3.5', 'coordinateAscent', [
        { id: 'elbo', title: 'The ELBO after each round', kind: 'value', components: ['elbo'], points: 0, hint: 'It must never fall. The order in a round is Z, lambda, mu, and the ELBO is taken at its end.' },
        { id: 'factors', title: 'The factors at the end', kind: 'value', components: ['pi', 'alpha', 'beta', 'mu', 'rho'], points: 0, hint: 'Each update uses the newest of the others.' },
      ]),
      buildsOn: ['update-z', 'update-lambda', 'update-mu', 'elbo'].map((name) => `kth-1b/cavi/${name}`),
    },
  ],
};

function practice(name: string, title: string, handoutName: string, called: string, checks: readonly Check[]): FunctionTask {
  return { kind: 'function', id: `kth-1b/cavi/${name}`, title: `Practice: ${title}`, handoutName, points: 0, bonus: false, module: 'cavi.ts', function: called, checks: [...checks] };
}
