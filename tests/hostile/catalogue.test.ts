/** Every known attack is accounted for: run here, tried by another test, or pending with a reason. So are the cases that other judges test themselves with. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../autograder/paths.ts';
import catalogue from './catalogue.json' with { type: 'json' };
import { readCorpus } from './corpus.ts';
import { hostileDerivations } from './derivations.ts';
import elsewhere from './elsewhere.json' with { type: 'json' };
import otherJudges from './other-judges.json' with { type: 'json' };
import { packages } from './packages.ts';
import { readPythonCorpus } from './python-corpus.ts';
import pending from './pending.json' with { type: 'json' };

interface Place {
  readonly file: string;
  readonly test: string;
}

const corpus = readCorpus({});
/** What is tried elsewhere is tried in Python besides. */
const inPython = readPythonCorpus({}).flatMap(({ attacks }) => attacks).map(String).filter((number) => !Object.hasOwn(elsewhere, number));
const run = new Set([...[...corpus, ...packages, ...hostileDerivations].flatMap(({ attacks }) => attacks).map(String), ...inPython]);

/** A test that is renamed or removed must be named anew. */
function isThere({ file, test }: Place): boolean {
  const place = path.join(projectRoot, file);
  return existsSync(place) && readFileSync(place, 'utf8').includes(test);
}

describe('the catalogue', () => {
  it('numbers its attacks without a gap', () => {
    expect(Object.keys(catalogue)).toEqual(Array.from({ length: 133 }, (_, index) => String(index + 1)));
  });

  it.each(Object.entries(catalogue))('%s: %s', (number) => {
    const places = [run.has(number), Object.hasOwn(elsewhere, number), Object.hasOwn(pending, number)];
    expect(places.filter((is) => is)).toHaveLength(1);
  });

  it('is the only source of numbers', () => {
    const used = [...run, ...Object.keys(elsewhere), ...Object.keys(pending)];
    expect(used.filter((number) => !Object.hasOwn(catalogue, number))).toEqual([]);
  });

  it('names tests that are there, where another test tries an attack', () => {
    expect(Object.entries(elsewhere).filter(([, place]) => !isThere(place))).toEqual([]);
  });

  it('is not all that is tried', () => {
    const beyond = corpus.flatMap((attack) => attack.beyond ?? []);
    expect(new Set(beyond).size).toBeGreaterThan(20);
    expect(corpus.filter(({ attacks, beyond: more }) => attacks.length === 0 && more === undefined).map(({ name }) => name)).toEqual([]);
  });
});

describe.each(Object.entries(otherJudges))('what %s tests itself with', (_, cases) => {
  const entries: readonly (readonly [string, Readonly<Record<string, string>>])[] = Object.entries(cases);

  it.each(entries)('%s', (_name, { attack, file, test, not }) => {
    const isTried = attack !== undefined && corpus.some(({ name }) => name === attack);
    const isTriedElsewhere = file !== undefined && test !== undefined && isThere({ file, test });
    expect(isTried || isTriedElsewhere || not !== undefined).toBe(true);
  });
});
