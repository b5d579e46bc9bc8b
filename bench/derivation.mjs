// The derivation checker by the numbers: what the reference derivations of every task get and cost, 100,000 random lines
// for the parser, true forms that must be accepted and single edits of them that must not be unless an oracle of its own
// finds them equal.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';
import { rewritten } from './rewritings.mjs';

const usage = `Usage: node bench/derivation.mjs [--lines N] [--forms N] [--mutants N] [--seed N]

  --lines N    random lines for the parser (default 100000)
  --forms N    true forms that must be accepted (default 100000)
  --mutants N  single edits that must be refused, unless they are true (default 20000)
  --seed N     what everything is drawn from (default 1)`;

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '100000' },
    forms: { type: 'string', default: '100000' },
    mutants: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

const root = path.dirname(import.meta.dirname);
/** The claims of this task are between names that the oracle knows. */
const TASK = 'nyu-hw4/theory/reconstruction-minus-kl';
const TRUE_LINES = [
  'E[q(z|x)](log(p(x, z) / q(z|x)))',
  'E[q(z|x)](log(p(x|z) * p(z) / q(z|x)))',
  'sum[z](q(z|x) * log p(x, z)) - sum[z](q(z|x) * log q(z|x))',
  'E[q(z|x)](log p(x|z)) + E[q(z|x)](log(p(z) / q(z|x)))',
  'E[q(z|x)](log p(x|z)) - KL(q(z|x) || p(z))',
  'E[q(z|x)](log p(x, z)) + H[q(z|x)]',
  'log p(x) - KL(q(z|x) || p(z|x))',
];
const TEN_LINES = `\`\`\`
log p(x) = sum[z](q(z|x) * log p(x))
= sum[z](q(z|x) * log(p(x, z) / p(z|x)))
= E[q(z|x)](log(p(x, z) / p(z|x)))
= E[q(z|x)](log(p(x, z) / q(z|x) * q(z|x) / p(z|x)))
= E[q(z|x)](log(p(x, z) / q(z|x)) + log(q(z|x) / p(z|x)))
= E[q(z|x)](log(p(x, z) / q(z|x))) + E[q(z|x)](log(q(z|x) / p(z|x)))
= E[q(z|x)](log p(x, z) - log q(z|x)) + E[q(z|x)](log(q(z|x) / p(z|x)))
= E[q(z|x)](log(p(x, z) / q(z|x))) + KL(q(z|x) || p(z|x))
= ELBO + KL(q(z|x) || p(z|x))
\`\`\``;

if (options.help) {
  console.log(usage);
} else {
  const loaded = await loadTypeScript({
    './autograder/derivation/derivation.ts': ['checkDerivation', 'derivationTasks'],
    './autograder/derivation/lines.ts': ['firstDifference', 'openChecker', 'valuesOf'],
    './autograder/derivation/parse.ts': ['parseExpression', 'parseLine'],
    './autograder/derivation/print.ts': ['print'],
    './autograder/derivation/reading-error.ts': ['ReadingError'],
    './tests/autograder/derivation/mutants.ts': ['mutantsOf'],
    './tests/autograder/derivation/oracle.ts': ['oracleModel', 'oracleValue'],
  });
  const random = generator(Number(options.seed));
  console.log(`seed ${options.seed}, Node ${process.versions.node}`);
  const failures = [referenceTable(loaded), fuzz(loaded, random, Number(options.lines)), ...forms(loaded, random, Number(options.forms), Number(options.mutants))];
  process.exitCode = failures.some((count) => count > 0) ? 1 : 0;
}

/** What each task's reference derivations get, and how long the dearest of the right ones takes once the models are made. */
function referenceTable({ checkDerivation, derivationTasks }) {
  console.log('| task | right, full marks | wrong at its line | worth nothing | otherwise | dearest: lines | ms | first ms |\n|---|---|---|---|---|---|---|---|');
  const totals = { right: 0, wrong: 0, nothing: 0, otherwise: 0 };
  let slowest = 0;
  for (const [id, task] of derivationTasks) {
    const counts = { right: 0, wrong: 0, nothing: 0, otherwise: 0 };
    const times = [];
    for (const { title, page, offset } of examplesOf(id)) {
      if (title.startsWith('right')) times.push(timeOf(page, task, checkDerivation));
      const kind = kindOf(title, offset, checkDerivation(page, task));
      if (kind === 'otherwise') console.error(`${id}: not as it says: ${title}`);
      counts[kind] += 1;
    }
    const dearest = times.toSorted((a, b) => b.median - a.median)[0];
    const first = Math.max(...times.map((time) => time.first));
    slowest = Math.max(slowest, dearest.median);
    console.log(tableRow(id, counts, dearest.lines, dearest.median.toFixed(0), first.toFixed(0)));
    for (const [kind, count] of Object.entries(counts)) totals[kind] += count;
  }
  console.log(tableRow(`all ${derivationTasks.size}`, totals, '', `at most ${slowest.toFixed(0)}`, ''));
  const ten = timeOf(TEN_LINES, derivationTasks.get('nyu-hw4/theory/elbo-plus-kl'), checkDerivation);
  console.log(`${ten.lines} lines of log p = ELBO + KL: ${ten.median.toFixed(0)} ms`);
  return totals.otherwise;
}

function tableRow(name, { right, wrong, nothing, otherwise }, ...costs) {
  return `| ${[name, right, wrong, nothing, otherwise, ...costs].join(' | ')} |`;
}

/** As the title says it must be judged, or `otherwise`. */
function kindOf(title, offset, { verdict, share, forPerson, firstWrong }) {
  if (title.startsWith('right')) return verdict === 'shown' && share === 1 && forPerson === undefined ? 'right' : 'otherwise';
  if (title.startsWith('nothing')) return verdict === 'not shown' && share === 0 ? 'nothing' : 'otherwise';
  const line = Number(/^wrong at line (\d+)/.exec(title)?.[1]);
  return verdict === 'wrong' && share < 1 && firstWrong.number - offset === line ? 'wrong' : 'otherwise';
}

/** Of the processor; the first time also pays for the models and for code being compiled. */
function timeOf(page, task, checkDerivation) {
  let lines = 0;
  const [first, ...rest] = Array.from({ length: 12 }, () => {
    const before = process.cpuUsage();
    lines = checkDerivation(page, task).chains.flat().length;
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return { lines, first, median: rest.toSorted((a, b) => a - b)[5] };
}

/** `## right: ...`, `## wrong at line 3: ...`, `## nothing: ...`; lines are counted within the first block. */
function examplesOf(id) {
  const text = readFileSync(path.join(root, 'reference/derivations', `${id}.md`), 'utf8');
  return text.split(/^## /m).slice(1).map((section) => {
    const [title, ...lines] = section.split('\n');
    return { title, page: lines.join('\n'), offset: lines.findIndex((line) => /^(```|\$\$)/.test(line)) + 1 };
  });
}

function fuzz({ parseLine, derivationTasks, ReadingError }, random, count) {
  // In turn, so that every branch of the grammar is met: tables, vectors, derivatives, names with copies.
  const vocabularies = [...derivationTasks.values()].map(({ vocabulary }) => vocabulary);
  const plain = ['log ', 'p(x)', 'p(x, z)', 'q(z|x)', 'E[q(z|x)]', 'E_', '(', ')', '[', ']', '{', '}', '+', '-', '*', '/', '^', '=', '>=', '=+', '=~', '!=', '|', '||', 'KL', 'H', 'sum[z]', 'sum', 'i=1..m', '_', 'z', 'x', "z'", 'ELBO', 'L_m', '2', '0.5', ',', ';', '..', '...', '~', '!', ' ', '\u200b', 'θ', '∑', 'р', '$'];
  const valued = ['D[phi]', 'd[phi]', 'grad', 't(eps, phi)', 'lim[tau]', 'argmax', 'prod[d=1..D]', 'N(', 'Gamma(', 'Z[n]', 'mu[k]', 'q*(', 'q(-Z[n])', 'X^T', 'norm', 'dot', 'ind(', 'F^-1(', 'x[d]', 'w1', 'psi(', 'let '];
  const latex = ['\\frac', '\\frac12', '\\log', '\\int', ' dz', '\\mathbb{E}', '\\left', '\\right', '\\operatorname{', '\\mathrm{', '\\text{', '\\underbrace{', '\\stackrel{', '\\overset{+}{=}', '\\mathcal{N}', '\\lVert', '\\|', '\\sim', '\\cdot', '\\in \\mathcal{Z}', '\\sum_{', '\\hat{x}', 'z^{(i)}', '\\dots', '\\mid', '\\,', '&', '\\{', '\\'];
  const pieces = [...plain, ...valued, ...latex];
  let [read, refused, crashed, slowest] = [0, 0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    // Also lines that could be meant: short ones.
    const length = Math.floor(random() ** 4 * 400);
    const line = Array.from({ length }, () => (random() < 0.05 ? String.fromCodePoint(Math.floor(random() * 0xd7ff)) : pieces[Math.floor(random() * pieces.length)])).join('');
    const before = performance.now();
    try {
      parseLine(line, vocabularies[index % vocabularies.length]);
      read += 1;
    } catch (error) {
      if (error instanceof ReadingError) refused += 1;
      else {
        crashed += 1;
        if (crashed <= 3) console.error(JSON.stringify(line), error);
      }
    }
    slowest = Math.max(slowest, performance.now() - before);
  }
  console.log(`parser: ${count} lines, ${read} read, ${refused} refused, ${crashed} crashed; slowest ${slowest.toFixed(1)} ms`);
  return crashed;
}

function forms({ derivationTasks, firstDifference, mutantsOf, openChecker, oracleModel, oracleValue, parseExpression, print, ReadingError, valuesOf }, random, formCount, mutantCount) {
  const task = derivationTasks.get(TASK);
  const { vocabulary } = task;
  const models = Array.from({ length: 5 }, () => oracleModel(random));
  const elbo = parseExpression('ELBO', vocabulary);
  const asked = valuesOf(elbo, openChecker(task));
  const accepted = (expression) => {
    try {
      const checker = openChecker(task);
      return firstDifference(asked, valuesOf(parseExpression(print(expression), vocabulary), checker), checker) === undefined;
    } catch (error) {
      if (error instanceof ReadingError) return false;
      throw error;
    }
  };
  const isTrue = (expression) =>
    models.every((model) =>
      [0, 2, 4].every((x) => {
        const [a, b] = [oracleValue(elbo, model, { x }), oracleValue(expression, model, { x })];
        return Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b));
      }),
    );
  const lines = TRUE_LINES.map((text) => parseExpression(text, vocabulary));
  const draw = () => rewritten(lines[Math.floor(random() * lines.length)], random, 1 + Math.floor(random() * 5));

  let refused = 0;
  const seen = new Set();
  for (let index = 0; index < formCount; index += 1) {
    const form = draw();
    seen.add(print(form));
    if (accepted(form)) continue;
    refused += 1;
    if (refused <= 5) console.error(`refused though true: ${print(form)} (oracle: ${isTrue(form)})`);
  }
  console.log(`true forms: ${formCount} checked, ${seen.size} distinct, ${refused} refused`);

  const mutants = new Map();
  while (mutants.size < mutantCount) for (const mutant of mutantsOf(draw())) if (mutants.size < mutantCount) mutants.set(print(mutant), mutant);
  let [equal, falselyAccepted] = [0, 0];
  for (const [text, mutant] of mutants) {
    if (!accepted(mutant)) continue;
    if (isTrue(mutant)) equal += 1;
    else {
      falselyAccepted += 1;
      if (falselyAccepted <= 5) console.error(`accepted though false: ${text}`);
    }
  }
  console.log(`mutants: ${mutants.size} distinct, ${equal} accepted and equal by the oracle, ${falselyAccepted} accepted though false`);
  return [refused, falselyAccepted];
}

function generator(seed) {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
