/** What every language adapter must keep, whatever its language. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LanguageAdapter } from '../../../autograder/languages/adapter.ts';
import { languages } from '../../../autograder/languages/languages.ts';

/** A right file, one that cannot be made loadable, an empty one. */
const FILES: Readonly<Record<string, readonly (readonly [path: string, text: string])[]>> = {
  typescript: [['a.ts', 'export const a = 1;'], ['b.ts', 'export const b = ;'], ['deep/c.ts', '']],
  // A module is compiled in the child; a notebook that is none is found out here.
  python: [['a.py', 'a = 1'], ['b.ipynb', '{'], ['deep/c.py', '']],
};

describe.each<[string, LanguageAdapter]>(Object.entries(languages))('%s', (name, adapter) => {
  afterEach(() => vi.unstubAllEnvs());

  it('goes by the name it is found under', () => {
    expect(adapter.id).toBe(name);
  });

  it('makes each file loadable by itself and in order, and says what cannot be', async () => {
    const files = (FILES[name] ?? []).map(([path, text]) => ({ path, text }));
    const prepared = await adapter.prepare(files);
    expect(prepared.files.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    expect(prepared.files.map(({ code, broken }) => [typeof code, typeof broken])).toEqual([
      ['string', 'undefined'],
      ['undefined', 'string'],
      ['string', 'undefined'],
    ]);
  });

  it('runs on plain cpu, with no variable of this machine’s environment', () => {
    const launch = adapter.launch('cpu');
    if (launch === null) return;
    expect(launch.program).toMatch(/^\//);
    const canary = 'a value of this machine';
    // A value that happens to be the same (/usr) was not taken from here: only one that nobody would write tells.
    const names = Object.keys(launch.environment);
    for (const variable of [...names, 'ELBOW_CANARY']) vi.stubEnv(variable, canary);
    const environment = adapter.launch('cpu')?.environment ?? {};
    expect(Object.keys(environment)).toEqual(names);
    expect(JSON.stringify(environment)).not.toContain(canary);
  });
});
