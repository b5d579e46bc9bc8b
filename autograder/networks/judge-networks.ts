/** What a training of a student's own networks comes to, as a verdict. Marks are lost only where nothing was learned; what is unclear, or could not be run, a person decides. */
import type { CheckResult, Outcome, TaskResult } from '../../contract/outcome.ts';
import type { NetworksTask } from '../../contract/task.ts';
import { describeEnding } from '../compare/ending-sentence.ts';
import { LIMIT, RECOGNISED, type Training } from './train-networks.ts';

export type NetworksVerdict = Pick<TaskResult, 'outcome' | 'earned' | 'message' | 'checks'>;

type Measured = Extract<Training, { readonly kind: 'measured' }>;
type NotMeasured = Exclude<Training, Measured>;
type Part = NetworksTask['checks'][number];

interface Finding {
  readonly outcome: Outcome;
  readonly message: string;
}

/**
 * Networks that end further off than this have not even come near the mean digit, which takes no z. In parts of what it costs. Right networks that
 * are slow to learn (sigmoids in every layer) end at 1.01 to 1.04 in the best of three trainings, those that cannot learn at 1.4 and more.
 */
const NOTHING_LEARNED = 1.2;

/** The share of digits that are recognised as asked for by luck: a tenth, and of 200 pictures six deviations more. */
const CHANCE = 0.23;

export function judgeNetworks(task: NetworksTask, training: Training): NetworksVerdict {
  const checks = task.checks.map((check) => (training.kind === 'measured' ? measuredCheck(check, training) : { ...result(check, withoutMeasure(training)), evidence: evidenceOf(training) }));
  const outcomes = new Set(checks.map(({ outcome }) => outcome));
  return {
    outcome: (['awaiting-person', 'fail'] as const).find((outcome) => outcomes.has(outcome)) ?? 'pass',
    earned: checks.reduce((sum, { earned }) => sum + earned, 0),
    message: '',
    checks,
  };
}

function measuredCheck(check: Part, training: Measured): CheckResult {
  const finding = check.kind === 'elbo' ? byElbo(training) : byClasses(training);
  const { attempts, digits } = training;
  return {
    ...result(check, finding),
    ...(finding.outcome === 'fail' ? { hint: check.hint } : {}),
    evidence: [
      ...attempts.map(({ learningRate, steps, nelbo, recognised }) => `rate ${learningRate}, ${steps} steps: negative ELBO ${nelbo.toFixed(1)} nats on images that no training saw${recognised === null ? '' : `; ${(100 * recognised).toFixed(1)} % of generated digits recognised as asked for`}`),
      `the mean digit costs ${digits.meanDigit.toFixed(1)}, right work stays below ${(LIMIT * digits.meanDigit).toFixed(1)}`,
    ],
  };
}

function byElbo({ attempts, best, digits }: Measured): Finding {
  const reached = `${attempts.length === 1 ? 'A training' : `The best of ${attempts.length} trainings`} of your networks ends at a test ELBO of ${shown(-best.nelbo)} nats`;
  const level = `a picture of the mean digit, which needs no network, has ${shown(-digits.meanDigit)}`;
  if (best.nelbo <= LIMIT * digits.meanDigit) return { outcome: 'pass', message: `${reached}; ${level}.` };
  if (best.nelbo > NOTHING_LEARNED * digits.meanDigit) return { outcome: 'fail', message: `${reached}, which is worse than no network at all: ${level}.` };
  return { outcome: 'awaiting-person', message: `${reached}, which is no better than, or hardly better than, no network at all: ${level}. Some networks need a longer training, so a person decides.` };
}

function byClasses({ attempts, best, digits }: Measured): Finding {
  const share = Math.max(...attempts.map(({ recognised }) => recognised ?? 0));
  const seen = `${Math.round(100 * share)} of 100 digits that your trained decoder makes of z from the prior are recognised as the class asked for`;
  if (share >= RECOGNISED) return { outcome: 'pass', message: `${seen}.` };
  if (best.nelbo > LIMIT * digits.meanDigit) return { outcome: 'awaiting-person', message: `${seen}: the training above did not come far enough to judge by it, so a person decides.` };
  if (share <= CHANCE) return { outcome: 'fail', message: `${seen}: by chance it is 10. What the decoder draws does not follow its class.` };
  return { outcome: 'awaiting-person', message: `${seen}: more than by chance, and fewer than expected, so a person decides.` };
}

/** Who asks too much of the box, or returns something else, may be right all the same. */
function withoutMeasure({ why }: NotMeasured): Finding {
  const person = (said: string): Finding => ({ outcome: 'awaiting-person', message: `${said} A person decides.` });
  switch (why.kind) {
    case 'ended':
      if (why.ending.kind === 'our-fault') return person('Your networks could not be trained on this machine, which is not your fault.');
      return person(`Your networks could not be trained to the end. ${describeEnding(why.ending)}`);
    case 'threw':
      // The words of an error could hold hidden images.
      return person('Your networks could not be trained to the end: an error ended it, although each function by itself returns.');
    case 'unanswered':
      return person('Your networks could not be trained: a function that training needs is not there.');
    case 'unsupported':
      return person(`Your networks could not be trained here: the operation ${why.kernel} is not available.`);
    case 'misfit':
      return person('Your networks could not be measured after their training: what they return has another form than before.');
  }
}

function evidenceOf({ while: stage, why }: NotMeasured): string[] {
  switch (why.kind) {
    case 'threw':
      return [`while ${stage}: ${why.error.name}: ${why.error.message}`];
    case 'ended':
      return [`while ${stage}: ${JSON.stringify(why.ending)}`];
    case 'unanswered':
      return [`while ${stage}: ${why.reason}`];
    case 'unsupported':
      return [`while ${stage}: no ${why.kernel}`];
    case 'misfit':
      return [`while ${stage}: ${why.problem}`];
  }
}

function result({ id, title, points }: Part, { outcome, message }: Finding): Omit<CheckResult, 'evidence'> {
  return { check: id, title, points, earned: outcome === 'pass' ? points : 0, outcome, message };
}

function shown(nats: number): string {
  return Number.isFinite(nats) ? nats.toFixed(0) : 'no number';
}
