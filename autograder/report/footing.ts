/** What the marks stand on: the fixtures they were compared with, and what kept the code apart. */
import type { SubmissionResult } from '../../contract/result.ts';

export interface Footing {
  readonly fixtures: readonly string[];
  readonly isolation: readonly string[];
}

/** Several entries mean that results of different runs were put together; the page then shows them all. */
export function footingOf(results: readonly SubmissionResult[]): Footing {
  return {
    fixtures: distinct(results.map(({ fixtures }) => fixturesText(fixtures))),
    isolation: distinct(results.map(({ isolation }) => isolation)),
  };
}

function fixturesText({ term, hash, publicOnly }: SubmissionResult['fixtures']): string {
  return `${term}, ${hash.slice(0, 12)}${publicOnly ? ', public cases only' : ''}`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '').toSorted();
}
