/** Pages that try to earn marks without a derivation: none earns any, none crashes, none is slow without end. */
import { describe, expect, it } from 'vitest';
import { checkDerivation } from '../../../autograder/derivation/derivation.ts';
import { taskNamed } from './task-named.ts';

const page = (...lines: readonly string[]): string => ['```', ...lines, '```'].join('\n');
const equality = taskNamed('nyu-hw4/theory/elbo-plus-kl');
const bound = taskNamed('cs236-hw2/fsvae/elbo-derivation');
const rewrite = taskNamed('nyu-hw4/theory/joint-plus-entropy');
const goal = 'ELBO + KL(q(z|x) || p(z|x))';

describe('log p = ELBO + KL', () => {
  it.each([
    ['the same line again', ['log p(x)', '= log p(x)', '= log p(x)', '= log p(x)']],
    ['nothing is nothing', ['0', '= 0']],
    ['added and taken away', ['log p(x)', `= log p(x) + ${goal} - (${goal})`, '= log p(x)']],
    ['one jump', ['log p(x)', `= ${goal}`]],
    ['one jump after zeros', ['log p(x) + 0', `= (${goal}) * 1`]],
    ['one jump from the handout’s own line', ['log p(x)', '= sum[z](q(z|x) * log p(x))', `= ${goal}`]],
    ['another start', ['ELBO', '= ELBO', '= E[q(z|x)](log(p(x, z) / q(z|x)))']],
    ['an easier identity', ['p(x, z)', '= p(x|z) * p(z)']],
    ['another identity', ['sum[z](p(x, z))', '= p(x)']],
    ['a sum multiplied in and undone', ['log p(x)', '= sum[z](q(z|x)) * log p(x)', '= log p(x)']],
    ['a factor in the log and out', ['log p(x)', '= log(2 * p(x)) - log 2', '= log p(x)']],
    ['a normalisation that helps nothing', ['log p(x)', '= log p(x) + sum[z](q(z|x)) - 1']],
    ['Bayes that helps nothing', ['log p(x)', "= log p(x) + sum[z](p(x, z) - p(x|z) * p(z))"]],
    ['a name given anew', ['let ELBO = log p(x) - KL(q(z|x) || p(z|x))', 'log p(x)', `= ${goal}`]],
    ['a law given anew', ['let p = 1', 'log p(x)', `= ${goal}`]],
    ['a function given anew', ['let log = 1', 'log p(x)', `= ${goal}`]],
    ['a name for the difference', ['let c = log p(x) - ELBO', 'log p(x)', '= ELBO + c', `= ${goal}`]],
    ['a name without a law', ['let c = 0', 'log p(x)', '= log p(x) + c']],
    ['nothing over nothing', ['log p(x)', '= log p(x) * 0 / 0', `= ${goal}`]],
    ['no number on either side', ['log(0 - 1)', '= log(0 - 1)', `= ${goal}`]],
    ['infinite on either side', ['log p(x)', '= 1 / 0', `= 1 / 0 + ${goal}`]],
    ['a small term', ['log p(x)', '= log p(x) + 0.0001', `= ${goal}`]],
    ['a smaller term', ['log p(x)', '= log p(x) + 0.001 * 0.001', `= ${goal}`]],
    ['a small term hidden by large ones', ['log p(x)', '= log p(x) + 0.001 + 1000000 * 1000000 - 1000000 * 1000000', `= ${goal}`]],
    ['a small term hidden by an exponential', ['log p(x)', '= log p(x) + 0.001 + exp(30) - exp(30)', `= ${goal}`]],
    ['halfway by interpolation', ['log p(x)', `= 0.5 * log p(x) + 0.5 * (${goal})`, `= ${goal}`]],
    ['small steps beside a jump', ['log p(x)', '= log p(x) + sum[z](p(x, z) - p(x|z) * p(z))', `= ${goal}`]],
    ['an inequality for an equality', ['log p(x)', '>= ELBO', `<= ${goal}`]],
    ['look-alike letters', ['log р(x)', '= log р(x)']],
    ['a letter of another width', ['log ｐ(x)']],
    ['an invisible letter', ['log p(x\u200b)', '= log p(x)']],
    ['text turned round', ['log p(x)\u202e', `= ${goal}`]],
    ['brackets without end', ['('.repeat(3000)]],
    ['a tower of powers', ['9^9^9^9', '= 9^9^9^9']],
    ['functions of another language', ['evaluate("1")', '= parse("1")', '= createUnit("a")', '= zeros(100000, 100000)']],
    ['a definition by itself', ['let f = f', 'log p(x)', '= f']],
    ['names of objects', ['constructor', '= __proto__', '= toString']],
    ['sums within sums', [`${Array.from({ length: 14 }, (_, at) => `sum[z${at}](`).join('')}1${')'.repeat(14)}`, '= 1']],
    ['a long range', ['sum[i=1..1000000](i)', '= 1']],
    ['ranges within ranges', [`${'abcefgh'.split('').map((index) => `sum[${index}=1..30](`).join('')}1${')'.repeat(7)}`, '= 1']],
  ])('%s', (_, lines) => {
    const { share, verdict } = checkDerivation(page(...lines), equality);
    expect(share).toBe(0);
    expect(verdict).not.toBe('shown');
  });

  it('in one jump among small steps is worth its part and no more', () => {
    const { share, claims } = checkDerivation(page('log p(x)', '= E[q(z|x)](log p(x) + 1 - 1)', `= ${goal} + 0 * ELBO`), equality);
    expect(claims.map(({ state }) => state)).not.toContain('shown');
    expect(share).toBeLessThanOrEqual(equality.leapShare);
  });
});

describe('a true chain with one step that is too large', () => {
  it('among proper steps goes to a person', () => {
    const { verdict, share } = checkDerivation(
      page(
        'log p(x)',
        '= E[q(z|x)](log p(x, z) - log q(z|x) + log q(z|x) - log p(z|x))',
        '= E[q(z|x)](log(p(x, z) / q(z|x)) + log q(z|x) - log p(z|x))',
        '= E[q(z|x)](log(p(x, z) / q(z|x))) + E[q(z|x)](log(q(z|x) / p(z|x)))',
        `= ${goal}`,
      ),
      equality,
    );
    expect(verdict).toBe('a person should look');
    expect(share).toBeLessThanOrEqual(equality.leapShare);
  });

  it('whose other steps lead nowhere goes to a person, and earns nothing by itself', () => {
    const { verdict, share } = checkDerivation(
      page('log p(x)', '= log p(x) + sum[z](p(x, z) - p(x|z) * p(z))', '= log(2 * p(x)) - log 2 + sum[z](p(x, z) - p(x|z) * p(z))', `= ${goal}`),
      equality,
    );
    expect({ verdict, share }).toEqual({ verdict: 'a person should look', share: 0 });
  });
});

describe('a bound', () => {
  it.each([
    ['an entropy lost', [`log p(x|y)`, '= log(sum[z](p(x, z | y)))', '>= E[q(z|x, y)](log p(x, z | y))']],
    ['a false term that ordinary models do not refute', ['log p(x|y)', '>= log p(x|y) + 0.01 * (p(x|y) - 100)']],
    ['true but useless', ['log p(x|y)', '>= log p(x|y) - 1']],
    ['Jensen beside the way', ['log p(x|y)', '>= log p(x|y) + E[p(z)](log p(x|y, z)) - log(E[p(z)](p(x|y, z)))']],
    ['a square dropped', ['log p(x|y)', '>= log p(x|y) - p(x)^2']],
    ['up and down', ['log p(x|y)', '<= log p(x|y) + KL(q(z|x, y) || p(z))', '>= E[q(z|x, y)](log p(x|y, z)) - KL(q(z|x, y) || p(z))']],
  ])('%s', (_, lines) => {
    const { share, verdict } = checkDerivation(page(...lines), bound);
    expect(share).toBe(0);
    expect(verdict).not.toBe('shown');
  });

  it('in one jump is a leap, and says what it hides', () => {
    const { chains, share } = checkDerivation(page('log p(x|y)', '>= E[q(z|x, y)](log p(x|y, z)) - KL(q(z|x, y) || p(z))'), bound);
    expect(share).toBe(bound.leapShare);
    expect(chains.flat().map(({ step }) => step?.kind)).toEqual([undefined, 'too much']);
  });
});

describe('a rewriting of one fact', () => {
  it.each([
    ['restated', ['ELBO', '= E[q(z|x)](log p(x, z)) + H[q(z|x)]']],
    ['restated with zeros', ['ELBO + 0', '= ELBO * 1', '= E[q(z|x)](log p(x, z)) + H[q(z|x)] + 0']],
    ['restated from the printed definition', ['ELBO', '= E[q(z|x)](log(p(x, z) / q(z|x)))', '= E[q(z|x)](log p(x, z)) + H[q(z|x)]']],
  ])('%s', (_, lines) => {
    expect(checkDerivation(page(...lines), rewrite)).toMatchObject({ share: 0, verdict: 'not shown' });
  });
});

describe('a page', () => {
  it.each([
    ['of nothing', '', 'unanswered'],
    ['of prose', 'It follows from Bayes.', 'unanswered'],
    ['too long', 'x'.repeat(100_000), 'a person should look'],
    ['that cannot be read', page('By Jensen we are done'), 'a person should look'],
  ])('%s', (_, text, verdict) => {
    expect(checkDerivation(text, equality)).toMatchObject({ verdict, share: 0 });
  });
});
