// Every derivation task against an oracle that shares no code with the checker: true rewritings of the lines of the
// reference derivations must be accepted, single edits of them must not be unless the oracle finds them equal.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';
import { rewritten } from './rewritings.mjs';

const usage = `Usage: node bench/derivation-mutants.mjs [--task TEXT] [--forms N] [--mutants N] [--seed N]

  --task TEXT  only tasks with this in their id
  --forms N    true forms that must be accepted, over all tasks (default 100000)
  --mutants N  distinct single edits that must be refused unless they are true, over all tasks (default 20000)
  --seed N     what everything is drawn from (default 1)`;

const { values: options } = parseArgs({
  options: { task: { type: 'string', default: '' }, forms: { type: 'string', default: '100000' }, mutants: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' }, help: { type: 'boolean', default: false } },
});
const root = path.dirname(import.meta.dirname);
/** To a person: rounding hides the value, or there are too many terms. Not judged: the oracle has no value there. */
const HEADING = `| task | true forms | refused | to a person | single edits | equal, accepted | accepted, not judged | accepted though false |
|---|---|---|---|---|---|---|---|`;

if (options.help) {
  console.log(usage);
} else {
  const loaded = await loadTypeScript({
    './autograder/derivation/derivation.ts': ['checkDerivation', 'derivationTasks'],
    './autograder/derivation/expression.ts': ['partsOf'],
    './autograder/derivation/lines.ts': ['firstDifference', 'openChecker', 'samenessOf', 'valuesOf'],
    './autograder/derivation/parse.ts': ['parseExpression'],
    './autograder/derivation/points.ts': ['agree', 'measureAt'],
    './autograder/derivation/print.ts': ['print'],
    './autograder/derivation/reading-error.ts': ['ReadingError'],
    './tests/autograder/derivation/formula-oracle.ts': ['oracleWorth'],
    './tests/autograder/derivation/mutants.ts': ['mutantsOf'],
    './tests/autograder/derivation/oracle-worlds.ts': ['oracleWorlds'],
  });
  const tasks = [...loaded.derivationTasks.values()].filter(({ id }) => id.includes(options.task));
  console.log(HEADING);
  const totals = { forms: 0, refused: 0, forPerson: 0, mutants: 0, equal: 0, unjudged: 0, falselyAccepted: 0 };
  for (const task of tasks) {
    const counts = benchTask(task, loaded, generator(Number(options.seed)), Math.ceil(Number(options.forms) / tasks.length), Math.ceil(Number(options.mutants) / tasks.length));
    for (const [name, count] of Object.entries(counts)) totals[name] += count;
    console.log(row(task.id, counts));
  }
  console.log(row(`all ${tasks.length}`, totals));
  process.exitCode = totals.refused + totals.falselyAccepted > 0 ? 1 : 0;
}

function row(name, { forms, refused, forPerson, mutants, equal, unjudged, falselyAccepted }) {
  return `| ${[name, forms, refused, forPerson, mutants, equal, unjudged, falselyAccepted].join(' | ')} |`;
}

function benchTask(task, loaded, random, formCount, mutantCount) {
  const { mutantsOf, oracleWorlds, print } = loaded;
  const pairs = equationsOf(task, loaded);
  const counts = { forms: 0, refused: 0, forPerson: 0, mutants: 0, equal: 0, unjudged: 0, falselyAccepted: 0 };
  if (pairs.length === 0) return counts;
  const worlds = oracleWorlds(task.id, random);
  const pick = () => pairs[Math.floor(random() * pairs.length)];
  const form = (line) => rewritten(line, random, 1 + Math.floor(random() * 4), task.vocabulary.hasVectors);
  for (; counts.forms < formCount; counts.forms += 1) {
    const pair = pick();
    const line = form(pair.line);
    if (accepted(pair, line, task, loaded, random)) continue;
    if (isForPerson(pair, line, task, loaded)) {
      counts.forPerson += 1;
      continue;
    }
    counts.refused += 1;
    if (counts.refused <= 3) console.error(`refused though true in ${task.id}: ${pair.relation} ${print(line)}`);
  }
  const seen = new Set();
  for (let idle = 0; counts.mutants < mutantCount && idle < 200; idle += 1) {
    const pair = pick();
    for (const mutant of mutantsOf(random() < 0.3 ? pair.line : form(pair.line))) {
      const text = `${pair.key} ${print(mutant)}`;
      if (seen.has(text) || counts.mutants >= mutantCount) continue;
      seen.add(text);
      idle = 0;
      counts.mutants += 1;
      if (!accepted(pair, mutant, task, loaded)) continue;
      // As it is read: q(z) may be a short form.
      const verdict = oracleVerdict(pair, pair.parse(mutant), worlds, loaded);
      counts[verdict] += 1;
      if (verdict !== 'equal' && counts[verdict] <= 3) console.error(`${verdict} in ${task.id}: ${print(pair.before)} ${pair.relation} ${print(mutant)}`);
    }
  }
  return counts;
}

/** Neighbouring lines of the right reference derivations that are equal, or equal up to a constant. */
function equationsOf(task, { checkDerivation, firstDifference, parseExpression, partsOf, print, openChecker, samenessOf, valuesOf }) {
  const text = readFileSync(path.join(root, 'reference/derivations', `${task.id}.md`), 'utf8');
  const pages = text.split(/^## /m).filter((section) => section.startsWith('right'));
  const isOwn = (expression) => (expression.kind === 'defined' && expression.definition.isLocal === true) || partsOf(expression).some(isOwn);
  const checker = openChecker(task);
  return pages.flatMap((page) => checkDerivation(page, task).chains.flatMap((chain) => chain.slice(1).flatMap((node, index) => {
    if (chain[index].content.kind !== 'read' || node.content.kind !== 'read') return [];
    const [before, line] = [chain[index].content.line.expression, node.content.line.expression];
    if (!['=', '=+', '=~'].includes(node.relation) || isOwn(before) || isOwn(line)) return [];
    const [sameness, values] = [samenessOf(node.relation), valuesOf(before, checker)];
    // A name that is asked for may be given another accepted form, which is no equation.
    if (firstDifference(values, valuesOf(line, checker), checker, sameness) !== undefined) return [];
    return [{ before, line, relation: node.relation, sameness, key: `${print(before)} ${node.relation}`, values, parse: (expression) => parseExpression(print(expression), task.vocabulary) }];
  })));
}

/** As the checker decides it, but no further than the first point that differs; with `random`, at one point or group of points. */
function accepted(pair, expression, task, { agree, firstDifference, measureAt, openChecker, ReadingError }, random) {
  const checker = openChecker(task);
  const pick = (count) => (random === undefined ? undefined : Math.floor(random() * count));
  try {
    const read = pair.parse(expression);
    const worth = (point) => measureAt(read, point, { left: 3_000_000 });
    if (pair.sameness === '=') {
      const only = pick(checker.sound.length);
      return checker.sound.every((point, at) => (only !== undefined && at !== only) || agree(pair.values.sound[at], worth(point), checker.natural.sound[at].size));
    }
    // A constant may differ from group to group.
    const groups = [...new Set(checker.sound.map(({ group }) => group))];
    const only = groups[pick(groups.length) ?? -1];
    const within = checker.sound.flatMap(({ group }, at) => (only === undefined || group === only ? [at] : []));
    const some = (list) => within.map((at) => list[at]);
    const subset = { ...checker, sound: some(checker.sound), natural: { sound: some(checker.natural.sound), broken: [] } };
    return firstDifference({ sound: some(pair.values.sound), broken: [] }, { sound: subset.sound.map(worth), broken: [] }, subset, pair.sameness) === undefined;
  } catch (error) {
    // What cannot be read or valued is not accepted; a fault of ours would be of another kind.
    if (error instanceof ReadingError || ['NoSuchLaw', 'WrongShape', 'TooCostly', 'UnboundCopy', 'NestedDerivative'].includes(error.name)) return false;
    throw error;
  }
}

/** Whether the checker says that it cannot tell, and asks a person: of log((p + 2) - 2) with a tiny p, or of too many terms. */
function isForPerson(pair, line, task, { openChecker, ReadingError, valuesOf }) {
  const read = pair.parse(line);
  try {
    valuesOf(read, openChecker(task));
    return false;
  } catch (error) {
    if (error instanceof ReadingError) return true;
    throw error;
  }
}

function oracleVerdict({ before, relation }, mutant, groups, { oracleWorth }) {
  if (groups.length === 0) return 'unjudged';
  for (const group of groups) {
    const sides = group.map((world) => [flat(oracleWorth(before, world)), flat(oracleWorth(mutant, world))]);
    if (sides.some(([a, b]) => [...a, ...b].some((value) => !Number.isFinite(value)))) return 'unjudged';
    if (!isEqual(sides, relation)) return 'falselyAccepted';
  }
  return 'equal';
}

function flat(value) {
  return typeof value === 'number' ? [value] : 'row' in value ? value.row : value;
}

function isEqual(sides, relation) {
  const gaps = sides.map(([a, b]) => Array.from({ length: Math.max(a.length, b.length) }, (_, at) => [a[a.length === 1 ? 0 : at], b[b.length === 1 ? 0 : at]]));
  const near = (x, y, size) => Math.abs(x - y) <= 2e-6 * (1 + size);
  if (relation === '=') return gaps.every((items) => items.every(([x, y]) => near(x, y, Math.abs(x) + Math.abs(y))));
  const points = gaps.map(([[x, y]]) => [x, y]);
  const [[x0, y0]] = points;
  if (relation === '=+') return points.every(([x, y]) => near(x - x0, y - y0, Math.abs(x) + Math.abs(y)));
  const [x1, y1] = points.toSorted((a, b) => Math.abs(b[1] - y0) - Math.abs(a[1] - y0))[0];
  const factor = (x1 - x0) / (y1 - y0);
  return factor > 0 && points.every(([x, y]) => near(x - x0, factor * (y - y0), Math.abs(x) + Math.abs(factor * y)));
}

function generator(seed) {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
