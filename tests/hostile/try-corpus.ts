/**
 * Runs the corpus the way a class is graded, and judges each attack by what it earned, touched and left behind.
 * Each tier has a test file of its own: they share nothing, and each counts what is left in its own process.
 */
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox, isolationTier } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { buildStaleChildren } from '../autograder/session/stale-children.ts';
import { type Attack, type Places } from './corpus.ts';
import { gradeHandIns, gradingWith, SMALL_LIMITS } from './grade-hostile.ts';
import { deserved, printedIn, verdictOn } from './judged-tasks.ts';
import { LARGE_TEXTS } from './large-texts.ts';
import { leftSince, type Machine, machineNow } from './leftovers.ts';
import { shownAnswers } from './shown-answers.ts';
import { setTripwires, type Tripwires } from './tripwires.ts';

const box = await inspectBox();

export interface Corpus {
  readonly title: string;
  readonly read: (places: Places) => readonly Attack[];
  /** Why it cannot be tried on this machine; null where it can. */
  readonly lacks?: string | null;
}

/** At tier 1 boxes have control groups, where the machine lets us make some; tier 2 does without on every machine. */
export function tryCorpus(corpus: Corpus, { tier }: { readonly tier: 1 | 2 }): void {
  if (tier === 2) process.env['ELBOW_CONTROL_GROUPS'] = 'off';
  describe.skipIf(box.status !== 'present' || (corpus.lacks ?? null) !== null)(`${corpus.title} at tier ${tier}`, () => {
    corpusTests(corpus.read, tier);
  });
}

function corpusTests(read: Corpus['read'], tier: 1 | 2): void {
  const names = read({}).map(({ name }) => name);
  let tripwires: Tripwires;
  let corpus: ReadonlyMap<string, Attack>;
  let results: ReadonlyMap<string, SubmissionResult>;
  let before: Machine;
  let after: Awaited<ReturnType<typeof leftSince>>;
  const ownTemporary = mkdtempSync(path.join(tmpdir(), 'hostile-'));

  beforeAll(async () => {
    await buildStaleChildren();
    process.env['TMPDIR'] = ownTemporary;
    tripwires = await setTripwires();
    corpus = new Map(read({ ...tripwires.places, ...(await shownAnswers()), ...LARGE_TEXTS }).map((attack) => [attack.name, attack]));
    before = machineNow();
    const grading = await gradingWith(SMALL_LIMITS);
    const attacks = [...corpus.values()].filter(chosen);
    // Those that wait need no processor: beside the others they take no time.
    const [computing, waiting] = await Promise.all([
      gradeHandIns(attacks.filter(({ waits }) => waits !== true), grading, 2),
      gradeHandIns(attacks.filter(({ waits }) => waits === true), grading, 8),
    ]);
    results = new Map([...computing, ...waiting]);
    after = await leftSince(before);
  }, 600_000);

  afterAll(async () => {
    await tripwires.remove();
    delete process.env['TMPDIR'];
    rmSync(ownTemporary, { recursive: true, force: true });
  });

  const attackNamed = (name: string): Attack => corpus.get(name) ?? expect.fail(`no attack ${name}`);
  const resultOf = (name: string): SubmissionResult => results.get(name) ?? expect.fail(`${name} was not graded`);

  describe.each(names.filter((name) => chosen({ name })))('%s', (name) => {
    it('earns what its answers are worth, and no other task loses', () => {
      const attack = attackNamed(name);
      expect(Object.keys(deserved(attack).others).length).toBeGreaterThan(0);
      expect(verdictOn(attack, resultOf(name))).toEqual(deserved(attack));
    });

    it('finds nothing, and says what it should', () => {
      const { console: expected } = attackNamed(name);
      const printed = printedIn(resultOf(name));
      for (const text of expected?.has ?? []) expect(printed).toContain(inPlace(text));
      for (const text of expected?.lacks ?? []) expect(printed).not.toContain(inPlace(text));
    });
  });

  const inPlace = (text: string): string =>
    text.replaceAll(/__([A-Z_]+)__/g, (whole, place: string) => (place === 'SECRET' ? tripwires.secret : (tripwires.places[place] ?? whole)));

  it('reach no listener outside the box', () => {
    expect(tripwires.touched()).toEqual([]);
  });

  it('find no secret', () => {
    const everything = JSON.stringify([...results.values()]);
    expect(everything).not.toContain(tripwires.secret);
  });

  it('leave nothing behind', () => {
    expect(after).toEqual({ processes: [], mounts: [], temporary: [], groups: [] });
  });

  it.runIf(tier === 2)('were graded without control groups, and elbow says why', async () => {
    expect(await isolationTier()).toMatchObject({ tier: 2, why: [expect.any(String), expect.stringContaining('ELBOW_CONTROL_GROUPS=off')] });
  });
}

/** HOSTILE=name,name runs only those: for work on one attack. */
function chosen({ name }: { readonly name: string }): boolean {
  const only = process.env['HOSTILE']?.split(',');
  return only === undefined || only.includes(name);
}
