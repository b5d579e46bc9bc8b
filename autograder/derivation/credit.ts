/** What the chains show of a task's claims, and what that is worth. */
import type { Chain, Node } from './chain.ts';
import type { Relation } from './expression.ts';
import { type Checker, combined, differsWithout, firstDifference, isSame, isSameByDefinition, ownValues, type Sameness, samenessOf, type Values } from './lines.ts';
import { facts, type Fact } from './model.ts';
import type { Claim } from './task.ts';

export interface ClaimResult {
  readonly claim: Claim;
  /** `shown`; `large step`: a proof but for a step that is too large; `leap`: little but such a step; `unproved`: by a step without a reason; `partly`: some of the way. */
  readonly state: 'shown' | 'leap' | 'large step' | 'restated' | 'unproved' | 'partly' | 'open';
  /** Of the claim, 0 to 1. */
  readonly earned: number;
}

/** The first half of an inequality is the inequality itself, then come identities. */
const BOUND_REACHED = 0.5;
/** With so many proper steps about it, a step that is too large is for a person to judge. */
const ENOUGH_STEPS = 2;
/** Facts shown without reaching the end earn at most this. */
const MOST_WITHOUT_END = 0.7;

export function judgeClaim(claim: Claim, chains: readonly Chain[], checker: Checker): ClaimResult {
  const ends = [claim, ...claim.also].map((pair) => [ownValues(pair.left, checker), ownValues(pair.right, checker)] as const);
  const results = ends.flatMap(([left, right]) => chains.flatMap((chain) => joinedParts(chain).map((part) => withFalseLines(judgePart(part, claim, left, right, checker), chain, checker))));
  const best = results.toSorted((a, b) => b.earned - a.earned || rank(b.state) - rank(a.state))[0];
  return { claim, ...(best ?? { state: 'open', earned: 0 }) };
}

type Judged = Omit<ClaimResult, 'claim'>;

/** A chain that reaches the end and goes on to something false has not ended well. */
function withFalseLines(judged: Judged, chain: Chain, { task }: Checker): Judged {
  if (judged.state !== 'shown' || task.claims.length > 1 || chain.every(({ step }) => step?.kind !== 'false')) return judged;
  return { state: 'partly', earned: MOST_WITHOUT_END };
}

function rank(state: ClaimResult['state']): number {
  return ['open', 'partly', 'restated', 'leap', 'large step', 'unproved', 'shown'].indexOf(state);
}

/** A chain cut where a line is false or cannot be read: what comes after stands on nothing. */
function joinedParts(chain: Chain): readonly (readonly Read[])[] {
  const parts: Read[][] = [];
  for (const node of chain) {
    if (!isRead(node)) parts.push([]);
    else if (parts.length === 0 || node.step === undefined || node.step.kind === 'false' || node.step.kind === 'unknown') parts.push([node]);
    else parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0);
}

type Read = Node & { readonly content: { readonly kind: 'read' } };

function isRead(node: Node): node is Read {
  return node.content.kind === 'read';
}

function judgePart(part: readonly Read[], claim: Claim, left: Values, right: Values, checker: Checker): Judged {
  const sameness = samenessOf(claim.relation);
  const matches = (values: Values): readonly number[] => part.flatMap((node, index) => (isSameByDefinition(node.content.line.values, values, checker, sameness) ? [index] : []));
  const [starts, ends] = [matches(left), matches(right)];
  const spans = [...pairs(starts, ends), ...(claim.relation === '!=' ? [] : rearranged(part, left, right, checker))];
  const joined = spans.filter((span) => proves(part, span, claim));
  const isEndPrinted = checker.printed.flat().some((printed) => isSame(printed, right, checker));
  // Hundreds of lines that are all the same make tens of thousands of spans: what they share is worked out once.
  const onTheWay = once(() => Math.max(progress(part, claim, left, right, starts, ends, checker).earned, backwards(part, claim, left, right, starts, ends, checker)));
  const repeats = once(() => repeatsIn(part, checker));
  const judgedSpans = joined.map(({ from, to }) => judgePath(part, from, to, repeats(), isEndPrinted ? onTheWay : undefined, checker));
  const best = judgedSpans.toSorted((a, b) => b.earned - a.earned || rank(b.state) - rank(a.state))[0];
  return best ?? progress(part, claim, left, right, starts, ends, checker);
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Whether the span's first line stands for the claim's left side. */
  readonly isForward: boolean;
}

function pairs(starts: readonly number[], ends: readonly number[]): readonly Span[] {
  return starts.flatMap((a) => ends.flatMap((b) => (a === b ? [] : [{ from: Math.min(a, b), to: Math.max(a, b), isForward: a < b }])));
}

/** A and B prove L and R when L - R and A - B are the same or opposite by algebra: a proof may start at the KL. */
function rearranged(part: readonly Read[], left: Values, right: Values, checker: Checker): readonly Span[] {
  const first = part[0];
  if (first === undefined) return [];
  const gap = combined(left, right, -1);
  return part.slice(1).flatMap((node, index): readonly Span[] => {
    const own = combined(first.content.line.values, node.content.line.values, -1);
    if (isSameByDefinition(gap, own, checker)) return [{ from: 0, to: index + 1, isForward: true }];
    return isZeroByDefinition(combined(gap, own, 1), checker) ? [{ from: 0, to: index + 1, isForward: false }] : [];
  });
}

function isZeroByDefinition(values: Values, checker: Checker): boolean {
  const zero = (list: Values['sound']): Values['sound'] => list.map(() => ({ value: 0, size: 0 }));
  return isSameByDefinition(values, { sound: zero(values.sound), broken: zero(values.broken) }, checker);
}

/** Whether the relations between the two ends say what the claim says. */
function proves(part: readonly Read[], { from, to, isForward }: Span, { relation }: Claim): boolean {
  const steps = part.slice(from + 1, to + 1).map((node) => node.relation ?? '=');
  if (relation === '!=') return steps.filter((step) => step === '!=').length === 1 && steps.every((step) => step === '=' || step === '!=');
  return steps.every((step) => leads(step, relation, isForward));
}

/** Whether a step may stand in a proof of a claim with this relation. */
function leads(step: Relation | undefined, relation: Relation, isForward: boolean): boolean {
  if (step === '=') return true;
  if (relation === '>=' || relation === '<=') return step === (isForward ? relation : relation === '>=' ? '<=' : '>=');
  return step === relation || (step === '=+' && relation === '=~');
}

/**
 * Repeated lines are left out first: going round in a circle shows nothing and costs nothing. With a step that is
 * too large, only what small steps show on the way counts where the handout prints the end.
 */
function judgePath(part: readonly Read[], from: number, to: number, repeats: readonly number[], onTheWay: (() => number) | undefined, checker: Checker): Judged {
  const kinds = withoutCircles(part, from, to, repeats).map(({ step }) => step);
  if (kinds.some((step) => step?.kind === 'no reason')) return { state: 'unproved', earned: 0 };
  if (kinds.every((step) => step?.kind === 'holds')) return { state: 'shown', earned: 1 };
  const earned = Math.min(checker.task.leapShare, onTheWay === undefined ? 1 : onTheWay());
  const small = kinds.filter((step) => step?.kind === 'holds' && step.grounds.length > 0 && step.isGiven !== true);
  if (small.length >= ENOUGH_STEPS) return { state: 'large step', earned };
  return { state: earned === 0 ? 'restated' : 'leap', earned };
}

/** The nodes whose steps lead from one end to the other. */
function withoutCircles(part: readonly Read[], from: number, to: number, repeats: readonly number[]): readonly Read[] {
  const lastOf = new Map<number, number>();
  for (let at = from; at < to; at += 1) lastOf.set(repeats[at] ?? at, at);
  const path: Read[] = [];
  let at = from;
  while (at < to) {
    const last = lastOf.get(repeats[at] ?? at) ?? at;
    const next = part[last + 1];
    if (next !== undefined) path.push(next);
    at = last + 1;
  }
  return path;
}

/** For each line the first one that says the same. */
function repeatsIn(part: readonly Read[], checker: Checker): readonly number[] {
  const firsts: number[] = [];
  for (const [at, { content }] of part.entries()) firsts.push(firsts.find((first, earlier) => first === earlier && isSame(part[first]?.content.line.values ?? content.line.values, content.line.values, checker)) ?? at);
  return firsts;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** How far a chain got from one end: the facts that the rest of the way no longer needs. */
function progress(part: readonly Read[], claim: Claim, left: Values, right: Values, starts: readonly number[], ends: readonly number[], checker: Checker): Judged {
  const reached = [...starts.map((start) => ({ start, target: right, isForward: true })), ...ends.map((start) => ({ start, target: left, isForward: false }))].map(({ start, target, isForward }) => {
    const last = lastSound(part, start, claim, isForward);
    const node = part[last];
    return node === undefined || !hasOwnStep(part.slice(start + 1, last + 1)) ? 0 : share(claim, left, right, node.content.line.values, target, checker);
  });
  const earned = Math.max(0, ...reached);
  return earned > 0 ? { state: 'partly', earned } : { state: 'open', earned: 0 };
}

/** What the handout itself says is a step that nobody showed. */
function hasOwnStep(nodes: readonly Read[]): boolean {
  return nodes.some(({ step }) => step?.kind === 'holds' && step.isGiven !== true);
}

/** As progress, from a node that is one end back to the node that small steps begin at. */
function backwards(part: readonly Read[], claim: Claim, left: Values, right: Values, starts: readonly number[], ends: readonly number[], checker: Checker): number {
  const reached = [...ends.map((end) => ({ end, target: left })), ...starts.map((end) => ({ end, target: right }))].map(({ end, target }) => {
    let first = end;
    while (first > 0 && part[first]?.step?.kind === 'holds') first -= 1;
    const node = part[first];
    return node === undefined || first === end ? 0 : share(claim, left, right, node.content.line.values, target, checker);
  });
  return Math.max(0, ...reached);
}

/** The last node that small, proved steps in the claim's direction lead to. */
function lastSound(part: readonly Read[], start: number, claim: Claim, isForward: boolean): number {
  let last = start;
  for (let at = start + 1; at < part.length; at += 1) {
    const node = part[at];
    if (node?.step?.kind !== 'holds' || !leads(node.relation, claim.relation, isForward)) break;
    last = at;
  }
  return last;
}

function share(claim: Claim, left: Values, right: Values, reached: Values, target: Values, checker: Checker): number {
  if (claim.relation === '!=') return 0;
  if (claim.relation === '>=' || claim.relation === '<=') return firstDifference(reached, target, checker) === undefined ? BOUND_REACHED : 0;
  const sameness = samenessOf(claim.relation);
  const between = (a: Values, b: Values): readonly Fact[] => factsBetween(a, b, checker, sameness);
  const all = between(left, right);
  const needed = claim.given === undefined ? all : between(ownValues(claim.given, checker), right);
  const open = between(reached, target);
  const shown = needed.filter((fact) => !open.includes(fact));
  // A detour that brings new facts into play is no way forward.
  const isDetour = open.some((fact) => !all.includes(fact)) || firstDifference(reached, target, checker, sameness) !== undefined;
  return isDetour || needed.length === 0 ? 0 : (MOST_WITHOUT_END * shown.length) / needed.length;
}

function factsBetween(a: Values, b: Values, checker: Checker, sameness: Sameness): readonly Fact[] {
  const needed = differsWithout(a, b, checker, sameness);
  return facts.filter((fact) => needed.has(fact));
}
