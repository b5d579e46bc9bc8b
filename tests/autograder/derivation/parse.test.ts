/** The formula language: what is read, as what, and what a student is told where nothing can be read. */
import { describe, expect, it } from 'vitest';
import { derivationTasks } from '../../../autograder/derivation/derivation.ts';
import { parseExpression, parseLine } from '../../../autograder/derivation/parse.ts';
import { print } from '../../../autograder/derivation/print.ts';
import { caretLines, ReadingError } from '../../../autograder/derivation/reading-error.ts';
import { taskNamed } from './task-named.ts';

const { vocabulary } = taskNamed('nyu-hw4/theory/elbo-plus-kl');
const iwae = taskNamed('cs236-hw2/iwae/lower-bound-proof').vocabulary;
const anyZ = [{ name: 'z', bound: 'outcome' as const }];

describe('an expression', () => {
  it.each([
    ['log p(x)', 'log(p(x))'],
    ['ln p(x)', 'log(p(x))'],
    ['log p(x) + 2*3', 'log(p(x)) + 2 * 3'],
    ['1 - (2 - 3)', '1 - (2 - 3)'],
    ['1 - 2 - 3', '1 - 2 - 3'],
    ['1 / (2 * 3)', '1 / (2 * 3)'],
    ['-2^2', '-2^2'],
    ['(-2)^2', '(-2)^2'],
    ['2^3^2', '2^3^2'],
    ['(2^3)^2', '(2^3)^2'],
    ['.5', '0.5'],
    ['E[q(z|x)](log(p(x, z) / q(z|x)))', 'E[q(z | x)](log(p(x, z) / q(z | x)))'],
    ['E_q(z|x)[log p(x, z)]', 'E[q(z | x)](log(p(x, z)))'],
    ['E_{q(z|x)}[log p(x, z)]', 'E[q(z | x)](log(p(x, z)))'],
    ['E_{z ~ q(z|x)}[log p(x, z)]', 'E[q(z | x)](log(p(x, z)))'],
    ['E_q[log p(x, z)]', 'E[q(z | x)](log(p(x, z)))'],
    ['E[q(z)](log p(x, z))', 'E[q(z | x)](log(p(x, z)))'],
    ['E[q(z|x) q(z\'|x)](log(p(x, z) / p(x, z\')))', "E[q(z | x) q(z' | x)](log(p(x, z) / p(x, z')))"],
    ['KL(q(z|x) || p(z))', 'KL(q(z | x) || p(z))'],
    ['KL[q(z|x), p(z)]', 'KL(q(z | x) || p(z))'],
    ['D_KL(q_phi(z|x) || p_theta(z))', 'KL(q(z | x) || p(z))'],
    ['H[q(z|x)]', 'H[q(z | x)]'],
    ['sum[z](p(x, z))', 'sum[z](p(x, z))'],
    ["sum[z, z'](p(x, z) * p(x, z'))", "sum[z, z'](p(x, z) * p(x, z'))"],
    ['sum[i=1..3](i^2)', 'sum[i=1..3](i^2)'],
    ['prod[i=1..3](i)', 'prod[i=1..3](i)'],
    ['int[z](p(x, z))', 'sum[z](p(x, z))'],
    ['p_theta(x)', 'p(x)'],
    ['p(x; theta)', 'p(x)'],
    ['ELBO(theta, phi; x)', 'ELBO'],
    ['∑_z p(x, z)', 'sum[z](p(x, z))'],
    ['log p_θ(x) − 1', 'log(p(x)) - 1'],
  ])('%s is %s', (text, printed) => {
    expect(print(parseExpression(text, vocabulary))).toBe(printed);
  });

  it.each([
    ['\\log p_\\theta(\\mathbf{x})', 'log(p(x))'],
    ['\\frac{1}{2} \\log p(x)', '1 / 2 * log(p(x))'],
    ['\\int q(z \\mid x) \\log p(x, z) dz', 'sum[z](q(z | x) * log(p(x, z)))'],
    ['\\int q(z|x) \\log p(x, z) \\, \\mathrm{d}z + 1', 'sum[z](q(z | x) * log(p(x, z))) + 1'],
    ['\\sum_z q(z|x) p(x, z) + 1', 'sum[z](q(z | x) * p(x, z)) + 1'],
    ['\\sum_{z} p(x, z)', 'sum[z](p(x, z))'],
    ['\\mathbb{E}_{q_{\\phi}(z \\mid x)}\\left[ \\log p(x, z) \\right]', 'E[q(z | x)](log(p(x, z)))'],
    ['D_{KL}(q(z|x) \\| p(z))', 'KL(q(z | x) || p(z))'],
    ['\\text{KL}\\left( q(z|x) \\,\\Vert\\, p(z) \\right)', 'KL(q(z | x) || p(z))'],
    ['\\mathbb{H}\\left[q(z|x)\\right]', 'H[q(z | x)]'],
    ['$\\log p(x)$', 'log(p(x))'],
    ['\\operatorname{\\mathbb{E}}_{q(z|x)}\\Bigl[\\ln p(x,z)\\Bigr]', 'E[q(z | x)](log(p(x, z)))'],
    ['\\mathbb{E}_{z\\sim q(\\cdot|x)}[\\log{p(x,z)}]', 'E[q(z | x)](log(p(x, z)))'],
    ['\\mathcal{L}(\\theta,\\phi;x) + D_{\\mathrm{KL}}\\left(q(z|x) \\parallel p(z|x)\\right)', 'ELBO + KL(q(z | x) || p(z | x))'],
    ['\\mathrm{D_{KL}}(q(z|x) \\,\\lVert\\, p(z|x))', 'KL(q(z | x) || p(z | x))'],
    ['\\underbrace{\\mathbb{E}_q[\\log p(x,z)]}_{\\text{the joint}} + \\mathcal{H}(q(z|x))', 'E[q(z | x)](log(p(x, z))) + H[q(z | x)]'],
    ['\\sum_{z \\in \\mathcal{Z}} q(z|x) + \\int_{\\mathcal{Z}} p(x, z) dz', 'sum[z](q(z | x)) + sum[z](p(x, z))'],
    ['\\log p(x) \\int q(z|x) dz', 'log(p(x)) * sum[z](q(z | x))'],
    ['\\frac12 \\log p\\big(x\\big)', '1 / 2 * log(p(x))'],
  ])('in LaTeX: %s is %s', (text, printed) => {
    expect(print(parseExpression(text, vocabulary))).toBe(printed);
  });

  it.each([
    ['L[m]', 'L[m]'],
    ['L_m', 'L[m]'],
    ['L_{m}(x)', 'L[m]'],
    ['E[q(z[1..m]|x)](sum[i=1..m](p(x, z[i])))', 'E[q(z[1..m] | x)](sum[i=1..m](p(x, z[i])))'],
    ['E[q(z[1], ..., z[m]|x)](p(x, z[1]))', 'E[q(z[1..m] | x)](p(x, z[1]))'],
    ['E_{q(z_1, \\dots, z_m|x)}[p(x, z_1)]', 'E[q(z[1..m] | x)](p(x, z[1]))'],
    ['\\mathbb{E}_{q(z^{(1)}, \\ldots, z^{(m)} \\mid x)}\\left[ \\log \\left( \\frac{1}{m} \\sum_{i=1}^m p(x, z^{(i)}) \\right) \\right]', 'E[q(z[1..m] | x)](log(1 / m * sum[i=1..m](p(x, z[i]))))'],
    ['\\mathbb{E}_{z_{1:m} \\sim q(z|x)}[p(x, z_1)]', 'E[q(z[1..m] | x)](p(x, z[1]))'],
    ['\\mathbb{E}_{z^{(1)}, \\dots, z^{(m)} \\overset{\\text{iid}}{\\sim} q(z|x)}[p(x, z^{(1)})]', 'E[q(z[1..m] | x)](p(x, z[1]))'],
  ])('with copies: %s is %s', (text, printed) => {
    expect(print(parseExpression(text, iwae))).toBe(printed);
  });

  it.each([...derivationTasks.values()])('of $id reads back as it is printed', ({ claims, printed, nonNegative, vocabulary: words }) => {
    for (const expression of [...claims.flatMap(({ left, right }) => [left, right]), ...printed.flat(), ...nonNegative]) {
      expect(print(parseExpression(print(expression), words))).toBe(print(expression));
    }
  });

  it.each(['\\stackrel{(a)}{=}', '\\overset{\\text{Bayes}}{=}'])('follows a relation with something over it: %s', (relation) => {
    expect(parseLine(`${relation} \\log p(x)`, vocabulary).sides.map((side) => side.relation)).toEqual(['=']);
  });

  it('tells what a log without brackets takes', () => {
    const { remarks, sides } = parseLine('log p(x) / p(x)', vocabulary);
    expect(remarks).toEqual(['A log or exp without brackets takes only what follows it at once: `log a / b` is read as `(log a) / b`.']);
    expect(sides.map(({ expression }) => print(expression))).toEqual(['log(p(x)) / p(x)']);
  });

  it('may be a chain on one line', () => {
    const { sides } = parseLine('= log p(x) >= ELBO = ELBO', vocabulary);
    expect(sides.map(({ relation, expression }) => `${relation} ${print(expression)}`)).toEqual(['= log(p(x))', '>= ELBO', '= ELBO']);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['2 p(x)', 2, 'Write * explicitly before p'],
    ['log p(x) log p(x)', 9, 'Write * explicitly before log'],
    ['p(x', 3, 'comes ) or a bar'],
    ['(1 + 2', 0, 'never closed'],
    ['1 + 2)', 5, 'no open bracket'],
    ['1 +', 3, 'ends where something is still missing'],
    ['p(x, z)', 0, 'z is not bound here'],
    ['sum[z](p(z)) + p(z)', 15, 'z is not bound here'],
    ['p(w)', 0, 'needs at least one variable'],
    ['p(v)', 2, 'v is not a variable of this task: they are x, z'],
    ['p(x, x)', 0, 'stands twice'],
    ['p(x | x)', 0, 'stands twice'],
    ['p(x, z | z)', 0, 'stands twice'],
    ['E_φ', 2, 'needs its law'],
    ['p(x || z)', 4, 'One bar conditions'],
    ['x + 1', 0, 'x is a random variable'],
    ['elbo', 0, 'Is “ELBO” meant?'],
    ['exq(1)', 0, 'Is “exp” meant?'],
    ['E[log p(x)]', 1, 'Say under which law'],
    ['E_z[log p(x)]', 2, 'needs its law'],
    ['KL(q(z|x), p(x))', 2, 'over the same variables'],
    ['KL(q(z|x) p(z))', 10, 'stands ||'],
    ['sum(p(x))', 3, 'Say over what'],
    ['sum[z] p(x, z)', 7, 'stands in brackets'],
    ['sum[i=1](i)', 8, 'Say how far i runs'],
    ['sum[x=1..2](1)', 4, 'x already has a meaning'],
    ['\\int p(x) dx + \\int p(x)', 15, 'End the integral'],
    ['\\foo{x}', 0, 'I do not know the LaTeX command \\foo'],
    ['1 + \\langle 2', 4, 'An expectation is typed E[q(z|x)]'],
    ['\\operatorname{foo}(x)', 0, 'I do not know “foo”'],
    ['\\mathrm{p_{\\foo}}(x)', 11, 'I do not know the LaTeX command \\foo'],
    ['\\log p(x) p(x)', 10, 'Put brackets round all that log takes'],
    ['log p(x)^2', 8, 'log(x^2) or (log x)^2'],
    ['0.00001 * p(x)', 0, 'between 0.0001 and 1000000'],
    ['10000000', 0, 'between 0.0001 and 1000000'],
    ['log р(x)', 4, 'only looks like the Latin p'],
    ['|1|', 0, 'abs(x)'],
    ['1 || 2', 2, 'Two bars stand only inside KL'],
    ['log(1, 2)', 3, 'takes 1 argument'],
    ['p(x) @ 2', 5, 'U+0040'],
    ['∇ p(x)', 0, 'grad[theta]'],
    ['E[q(z|x)] + 1', 1, 'Say under which law'],
    ['ELBO[1]', 7, 'takes no index'],
  ])('%s: at %i, %s', (text, start, message) => {
    const error = refusalOf(text);
    expect(error.message).toContain(message);
    expect(error.start).toBe(start);
  });

  it('is shown with a caret under the place', () => {
    const error = refusalOf('log p(x) + 2 p(x)');
    expect(caretLines('log p(x) + 2 p(x)', error)).toEqual(['log p(x) + 2 p(x)', '             ^', 'Write * explicitly before p.']);
  });

  it('is shown cut where the line is long', () => {
    const line = `${'1 + '.repeat(300)}?`;
    const [shown = '', caret = ''] = caretLines(line, refusalOf(line));
    expect(shown.length).toBeLessThanOrEqual(100);
    expect(shown[caret.length - 1]).toBe('?');
  });

  it.each([
    ['open brackets', '('.repeat(3900)],
    ['brackets that close', `${'('.repeat(1900)}1${')'.repeat(1900)}`],
    ['minus signs', '-'.repeat(3900)],
    ['powers', '9^'.repeat(1900)],
    ['logs', `${'log '.repeat(900)}p(x)`],
    ['a line without end', '1+'.repeat(100_000)],
    ['many terms', '1+'.repeat(1900)],
    ['nested sums', 'sum[z]('.repeat(500)],
    ['nested fractions', '\\frac{'.repeat(600)],
    ['subscripts', 'p_'.repeat(1900)],
  ])('as a bomb ends in a sentence: %s', (_, text) => {
    expect(refusalOf(text).message.length).toBeGreaterThan(10);
  });
});

function refusalOf(text: string): ReadingError {
  try {
    parseExpression(text, vocabulary, text.startsWith('KL') ? anyZ : []);
  } catch (error) {
    if (error instanceof ReadingError) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}
