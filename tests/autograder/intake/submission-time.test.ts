/** When a hand-in came: from a name, from a Gradescope export, from a list; and what is late by a second through each of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/nyu-hw4/assignment.ts';
import { timesOf } from '../../../autograder/commands/term-file.ts';
import { findHandIns } from '../../../autograder/intake/intake.ts';
import { instantOf, timeInName } from '../../../autograder/intake/submission-time.ts';
import { dueTimeOf, latenessOf, submittedAt } from '../../../autograder/score/score.ts';
import type { Term } from '../../../contract/term.ts';

const term: Term = { assignment: 'nyu-hw4', name: 'fall 2020', due: '2020-11-13T23:55', zone: 'America/New_York', timeInName: true };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'elbow-times-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The times of what lies in the folder, by student. */
async function timesIn(of: Term | null, listed: ReadonlyMap<string, string> = new Map()): Promise<Readonly<Record<string, string>>> {
  const { handIns } = await findHandIns([folder], { rules: assignment.handIn });
  return Object.fromEntries(timesOf(handIns, listed, of));
}

function put(file: string, text = ''): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

const late = (time: string) => latenessOf(dueTimeOf(term, 's'), submittedAt(time, term.zone ?? 'UTC'), { kind: 'none-accepted', graceMinutes: 0 }).kind;

describe('a name', () => {
  it.each([
    ['hw4_jd1234_attempt_2020-11-13-23-54-07_doe.zip', '2020-11-13T23:54:07'],
    ['jd1234 2020-11-13T23:54.zip', '2020-11-13T23:54:00'],
    ['20201113_235407_jd1234.zip', '2020-11-13T23:54:07'],
    ['jd1234_2020.11.13_23.54.zip', '2020-11-13T23:54:00'],
    ['jd1234-2020-11-14T04:54:07Z.zip', '2020-11-14T04:54:07Z'],
    ['jd1234-hw4.zip', null],
    ['jd1234-2020-11-13.zip', null],
    ['jd1234-2020-02-31-10-00-00.zip', null],
    ['jd1234-2020-13-01-10-00-00.zip', null],
    ['jd1234-2020-11-13-24-00-00.zip', null],
    ['120201113_2354071.zip', null],
    ['2020-11-13-23-54-07 and 2020-11-12-10-00-00.zip', null],
    ['2020-11-13-23-54-07 and 2020-11-13-23-54-07.zip', '2020-11-13T23:54:07'],
  ])('%s says %s', (name, time) => {
    expect(timeInName(name)).toBe(time);
  });

  it('is believed where the term says so, and not because a student chose it', async () => {
    put('hw4_jd1234_attempt_2020-11-13-23-54-07_doe.zip');
    expect(Object.values(await timesIn(term))).toEqual(['2020-11-13T23:54:07']);
    const { timeInName: _, ...silent } = term;
    expect(await timesIn(silent)).toEqual({});
    expect(await timesIn(null)).toEqual({});
  });
});

describe('a Gradescope export', () => {
  it.each([
    ['2025-11-03 23:58:11.123456000 Z', '2025-11-03T23:58:11Z'],
    ['2025-11-03 15:58:11 -08:00', '2025-11-03T15:58:11-08:00'],
    ['2025-11-03T23:58:11.5Z', '2025-11-03T23:58:11Z'],
    ['2025-11-03 23:58:11 UTC', '2025-11-03T23:58:11Z'],
    ['2025-11-03 23:58:11', null],
    ['yesterday', null],
  ])('writes %s', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it('says when each submission came, to the second, and a list says otherwise where it does', async () => {
    const block = (number: number, sid: string, time: string): string => `submission_${number}:\n  :submitters:\n  - :name: ${sid}\n    :sid: ${sid}\n  :created_at: ${time}\n  :score: 0.0\n`;
    put('submission_metadata.yml', block(1, 'aa1', '2020-11-14 04:55:59.900000000 Z') + block(2, 'bb2', '2020-11-14 04:56:00.000000000 Z') + block(3, 'cc3', 'never'));
    for (const number of [1, 2, 3]) put(`submission_${number}/conv-vae.ts`, '// as it is');
    const times = await timesIn(term);
    expect(times).toEqual({ aa1: '2020-11-14T04:55:59Z', bb2: '2020-11-14T04:56:00Z' });
    expect([late(times['aa1'] ?? ''), late(times['bb2'] ?? '')]).toEqual(['on-time', 'too-late']);
    expect(await timesIn(term, new Map([['bb2', '2020-11-13T23:55']]))).toEqual({ aa1: '2020-11-14T04:55:59Z', bb2: '2020-11-13T23:55' });
  });
});
