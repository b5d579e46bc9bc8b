/** Reads the blocks of a page into chains and judges every step of them. */
import { blocksOf, PageTooLarge, type TypedBlock, type TypedLine, withoutReason } from './document.ts';
import { answersName } from './asked.ts';
import type { Definition, Relation } from './expression.ts';
import { type Checker, isSame, ownValues, valuesOf } from './lines.ts';
import { parseExpression, parseLine, type ReadLine } from './parse.ts';
import { ReadingError } from './reading-error.ts';
import { judgeStep, type Lemma, type Line, type StepVerdict } from './step.ts';
import type { Ground } from './task.ts';
import { functions, spellings, type Vocabulary } from './vocabulary.ts';

/** One side of a chain. */
export interface Node {
  /** In the page, counted from 1. */
  readonly number: number;
  readonly source: string;
  readonly reason: string;
  /** What leads here from the node before; undefined at the start of a chain. */
  readonly relation: Relation | undefined;
  readonly remarks: readonly string[];
  readonly content: { readonly kind: 'read'; readonly line: Line } | { readonly kind: 'unread'; readonly error: ReadingError };
  readonly step: Step | undefined;
}

export type Step = StepVerdict | { readonly kind: 'too much'; readonly grounds: readonly Ground[]; readonly restates: boolean } | { readonly kind: 'unknown'; readonly why?: string };

export type Chain = readonly Node[];

type Unjudged = Omit<Node, 'step'>;

/** Many may stand in one line: a = a = a. */
const MOST_STEPS = 120;

/** Chains in the order of the page. A line without a relation begins a chain; one with goes on, over prose too. */
export function readChains(page: string, checker: Checker): readonly Chain[] {
  let vocabulary = checker.task.vocabulary;
  const chains: Unjudged[][] = [];
  for (const block of blocksOf(page)) {
    const { nodes, definitions } = readBlock(block, vocabulary, chains.flat().length, checker);
    vocabulary = { ...vocabulary, definitions: new Map([...vocabulary.definitions, ...definitions]) };
    for (const node of nodes) {
      if (node.relation === undefined) chains.push([node]);
      else if (chains.length === 0) chains.push([startOf(node.number, checker), node]);
      else chains.at(-1)?.push(node);
    }
  }
  const lemmas: Lemma[] = checker.task.known.map(({ left, right }) => ({ left: ownValues(left, checker), right: ownValues(right, checker) }));
  return chains.map((nodes) => judged(nodes, lemmas, checker));
}

/** A derivation that begins with `= ...` begins at the task's own start. */
function startOf(number: number, checker: Checker): Unjudged {
  const { claims, answers, vocabulary } = checker.task;
  const named = vocabulary.definitions.get(answers[0]?.forms[0]?.names[0] ?? '');
  const start = claims[0]?.left ?? (named === undefined ? undefined : { kind: 'defined' as const, definition: named });
  if (start === undefined) throw new TypeError(`${checker.task.id} asks for nothing`);
  const line = { expression: start, values: ownValues(start, checker) };
  return { number, source: '', reason: '', relation: undefined, remarks: ['The first line begins with a relation, so the chain starts at what the task starts from.'], content: { kind: 'read', line } };
}

function readBlock(block: TypedBlock, vocabulary: Vocabulary, before: number, checker: Checker): { readonly nodes: readonly Unjudged[]; readonly definitions: ReadonlyMap<string, Definition> } {
  const nodes: Unjudged[] = [];
  const definitions = new Map<string, Definition>();
  for (const typed of block) {
    const own = { ...vocabulary, definitions: new Map([...vocabulary.definitions, ...definitions]) };
    if (!/^let\s/.test(typed.text)) {
      nodes.push(...readNodes(typed, own, before + nodes.length, checker));
      continue;
    }
    try {
      const definition = readDefinition(typed.text, own);
      definitions.set(definition.name, definition);
    } catch (error) {
      if (!(error instanceof ReadingError)) throw error;
      nodes.push({ number: typed.number, source: typed.text, reason: '', relation: undefined, remarks: [], content: { kind: 'unread', error } });
    }
  }
  return { nodes, definitions };
}

function readNodes({ number, text }: TypedLine, vocabulary: Vocabulary, before: number, checker: Checker): readonly Unjudged[] {
  const { formula, reason } = withoutReason(text, (line) => read(line, vocabulary).kind === 'read');
  const result = read(formula, vocabulary);
  const failed = (error: ReadingError, relation: Relation | undefined): Unjudged => ({ number, source: formula, reason, relation, remarks: [], content: { kind: 'unread', error } });
  if (result.kind === 'unread') return [failed(result.error, leadingRelation(formula))];
  if (before + result.line.sides.length > MOST_STEPS) throw new PageTooLarge(`A derivation may hold ${MOST_STEPS} steps.`);
  return result.line.sides.map(({ relation, expression, source }) => {
    try {
      const line = { expression, values: valuesOf(expression, checker) };
      return { number, source, reason, relation, remarks: result.line.remarks, content: { kind: 'read', line } };
    } catch (error) {
      if (error instanceof ReadingError) return failed(error, relation);
      throw error;
    }
  });
}

/** Of a line that cannot be read: whether it goes on with the chain above. */
function leadingRelation(text: string): Relation | undefined {
  const sameness = /^=[+~]/.exec(text)?.[0];
  if (sameness === '=+' || sameness === '=~') return sameness;
  if (text.startsWith('=')) return '=';
  if (/^(?:!=|≠|\\neq?\b)/.test(text)) return '!=';
  const sign = /^(?:>=|≥|\\geq?\b)/.test(text) ? '>=' : undefined;
  return sign ?? (/^(?:<=|≤|\\leq?\b)/.test(text) ? '<=' : undefined);
}

function read(text: string, vocabulary: Vocabulary): { readonly kind: 'read'; readonly line: ReadLine } | { readonly kind: 'unread'; readonly error: ReadingError } {
  try {
    return { kind: 'read', line: parseLine(text, vocabulary) };
  } catch (error) {
    if (error instanceof ReadingError) return { kind: 'unread', error };
    throw error;
  }
}

/** `let w = ...`, `let w(z) = ...`, `let w[i] = ...`; names that mean something already are not given anew. */
function readDefinition(text: string, vocabulary: Vocabulary): Definition {
  const match = /^let\s+(?<name>[A-Za-z][A-Za-z0-9]*'*)\s*(?:\[(?<parameter>[a-z])\]|_(?<subscript>[a-z])|\((?<names>[^()]*)\))?\s*:?=(?<body>.*)$/.exec(text);
  const { name, parameter, subscript, body } = match?.groups ?? {};
  if (name === undefined || body === undefined) throw new ReadingError(4, 'A name is given like this: let w = p(x, z) / q(z|x), or let w[i] = p(x, z[i]) / q(z[i]|x).');
  const taken =
    vocabulary.definitions.has(name) || vocabulary.numbers.has(name) || vocabulary.variables.includes(name) || vocabulary.applied.has(name) || vocabulary.paths.has(name) || functions.has(name) || spellings.has(name) || /^(?:[pqEHDPTd]|KL|sum|prod|int|argmax|grad|lim|let|frac)$/.test(name);
  if (taken) throw new ReadingError(4, `${name} already has a meaning, and keeps it: choose another name.`);
  const index = parameter ?? subscript;
  const anything: readonly { readonly name: string; readonly bound: 'outcome' | 'copies' | 'index' }[] = [
    ...vocabulary.variables.map((variable) => ({ name: variable, bound: vocabulary.valued.get(variable)?.upTo !== undefined || (index !== undefined && !vocabulary.free.includes(variable)) ? ('copies' as const) : ('outcome' as const) })),
    ...(index === undefined ? [] : [{ name: index, bound: 'index' as const }]),
  ];
  return { name, ...(index === undefined ? {} : { parameter: index }), body: parseExpression(body, vocabulary, anything), isLocal: true };
}

function judged(nodes: readonly Unjudged[], lemmas: Lemma[], checker: Checker): Chain {
  const chain: Node[] = [];
  for (const node of nodes) {
    const before = chain.at(-1);
    chain.push({ ...node, step: before === undefined || node.relation === undefined ? undefined : stepBetween(before, node, node.relation, lemmas, checker) });
  }
  const [first, last] = [chain[0], chain.at(-1)];
  const isEquality = chain.length > 1 && chain.slice(1).every(({ relation, step }) => relation === '=' && step?.kind === 'holds');
  if (isEquality && first?.content.kind === 'read' && last?.content.kind === 'read') lemmas.push({ left: first.content.line.values, right: last.content.line.values });
  return chain;
}

function stepBetween(before: Node, node: Unjudged, relation: Relation, lemmas: readonly Lemma[], checker: Checker): Step {
  if (before.content.kind === 'unread' || node.content.kind === 'unread') return { kind: 'unknown' };
  const [left, right] = [before.content.line, node.content.line];
  const verdict = withinBudget(() => judgeStep(left, relation, right, lemmas, checker));
  if (verdict.kind === 'false' && relation === '=' && answersName(left.expression, right.values, checker)) return { kind: 'holds', grounds: [], meanings: ['defined'] };
  if (verdict.kind !== 'holds') return verdict;
  const isSmall = checker.task.oneStep.some((set) => verdict.grounds.every((ground) => set.includes(ground))) || verdict.grounds.length <= 1;
  const place = verdict.grounds.length > 0 ? placeAmongPrinted(left, right, checker) : 'elsewhere';
  if (place === 'given') return { ...verdict, isGiven: true };
  return isSmall && place === 'elsewhere' ? verdict : { kind: 'too much', grounds: verdict.grounds, restates: place === 'restated' };
}

/** An inequality is tried in more models than its lines are valued in, which may be more than there is time for. */
function withinBudget(judge: () => StepVerdict): StepVerdict | { readonly kind: 'unknown'; readonly why: string } {
  try {
    return judge();
  } catch (error) {
    if (error instanceof ReadingError) return { kind: 'unknown', why: error.message };
    throw error;
  }
}

/** `given`: the handout sets the two equal itself; `restated`: it prints both, and the step between is the task. */
function placeAmongPrinted(left: Line, right: Line, checker: Checker): 'given' | 'restated' | 'elsewhere' {
  // Also with + 0 or * 1 about it: equal by algebra alone.
  const has = (chain: readonly Line['values'][], line: Line): boolean => chain.some((values) => isSame(values, line.values, checker));
  if (checker.printed.some((chain) => has(chain, left) && has(chain, right))) return 'given';
  return [left, right].every((line) => has(checker.printed.flat(), line)) ? 'restated' : 'elsewhere';
}
