/** What a student is told of a step and of the whole, in plain words. */
import type { Step } from './chain.ts';
import type { Counterexample } from './counterexample.ts';
import type { DerivationResult } from './derivation.ts';
import type { Point } from './points.ts';
import { print } from './print.ts';
import type { Ground } from './task.ts';

const GROUNDS: Readonly<Record<Ground, string>> = {
  bayes: 'the product rule p(a, b) = p(a | b) p(b)',
  marg: 'marginalisation, p(x) = sum[z](p(x, z))',
  normq: 'q sums to 1',
  log: 'the rules of the logarithm',
  indep: 'the independence that the task declares',
  iid: 'every copy has the same law',
  model: 'what the task assumes of p(x | z)',
  density: 'the formula of the density',
  moments: 'the moments of the law',
  chain: 'the chain rule',
  path: 'how the variable is made from the noise',
  sigmoid: 'the derivative and the range of the sigmoid',
  norm: 'the rules of the norm',
  unit: 'the length that is given',
  lipschitz: 'the Lipschitz constant that is given',
  cdf: 'the distribution function that is given',
  limit: 'the limit',
  gap: 'the two differ',
  bound: 'a bound that holds for all numbers',
  jensen: 'Jensen’s inequality',
  gibbs: 'a KL is never negative',
};

export function groundWords(grounds: readonly Ground[]): string {
  return grounds.map((ground) => GROUNDS[ground]).join('; ');
}

export function stepSentences(step: Step): readonly string[] {
  switch (step.kind) {
    case 'holds':
      return [step.grounds.length === 0 ? 'by algebra or by definition' : `uses ${groundWords(step.grounds)}`];
    case 'too much':
      return step.restates
        ? ['This goes from one formula of the handout to another in one step, so nothing is shown yet. Write the steps between.', `They need ${groundWords(step.grounds)}.`]
        : [`True, but too much for one step. It hides ${groundWords(step.grounds)}: give each a line of its own.`];
    case 'no reason':
      return ['True wherever it was tried, but that is no proof. Use Jensen’s inequality, or drop a KL that is written in the line before.'];
    case 'unknown':
      return [step.why ?? 'Not checked: a line beside it cannot be read.'];
    case 'false':
      return counterexample(step.counterexample);
  }
}

function counterexample({ point, left, right, tables, weights }: Counterexample): readonly string[] {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return ['This does not follow: one side has no value (a division by zero, or the logarithm of something that is not positive).'];
  return [
    `This does not follow. A counterexample: ${where(point)} the line before is ${short(left)} and this line is ${short(right)}.`,
    ...tables.map(({ law, over, values }) => `There ${law} is ${values.map((value) => short(value)).join(', ')} over the outcomes of ${over}.`),
    ...(weights === undefined ? [] : [`These are densities: in a sum over ${weights.of} its outcomes weigh ${weights.values.map(short).join(', ')}.`]),
  ];
}

/** The model in words: which outcome, of how many, and the numbers. */
function where({ free, numbers, made: { bodies } }: Point): string {
  const parts = [...(bodies.size > 0 ? [] : [...free]).map(([name, value]) => `${name} is outcome ${value + 1}`), ...[...numbers].filter(([name]) => !HIDDEN.has(name)).map(([name, value]) => `${name} = ${short(value)}`)];
  if (bodies.size > 0) return `where ${parts.join(' and ')},`;
  return parts.length === 0 ? 'with random numbers,' : `for random tables p and q, where ${parts.join(' and ')},`;
}

/** Constants of nature and of normalisation. */
const HIDDEN: ReadonlySet<string> = new Set(['pi', 'PI', 'c']);

function short(value: number): string {
  return Number(value.toPrecision(6)).toString();
}

export function summary({ task, verdict, share, forPerson, claims, firstWrong, chains }: DerivationResult): readonly string[] {
  const percent = `${Math.round(100 * share)} %`;
  switch (verdict) {
    case 'shown':
      return ['All that was asked is shown.', ...praiseOf(task, chains), ...(task.granted === undefined ? [] : [task.granted])];
    case 'unanswered':
      return ['No derivation found: type it between two lines of three backticks, one step a line.'];
    case 'a person should look':
      return [`A person should look: ${forPerson ?? ''} The machine vouches for ${percent} so far.`];
    case 'wrong':
      return [`Line ${firstWrong?.number ?? '?'} is the first that does not follow. What stands before it earns ${percent}.`];
    case 'partly':
      return [`Every line is true, but not all is shown: ${percent}.`, ...claims.some(({ state }) => state === 'leap') ? ['Split the steps marked with ! into smaller ones.'] : ['The chain does not yet reach from the asked start to the asked end.']];
    case 'not shown':
      return [claims.some(({ state }) => state === 'restated') ? 'The lines restate what is to be shown; the steps between are missing.' : 'The lines are true, but they do not lead from the asked start to the asked end.'];
  }
}

function praiseOf({ praise }: DerivationResult['task'], chains: DerivationResult['chains']): readonly string[] {
  const ends = new Set((praise?.ends ?? []).map(print));
  const reached = chains.some((chain) => {
    const content = chain.at(-1)?.content;
    return content?.kind === 'read' && ends.has(print(content.line.expression));
  });
  return praise !== undefined && reached ? [praise.words] : [];
}
