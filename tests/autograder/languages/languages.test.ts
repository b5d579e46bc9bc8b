/** What every language adapter must keep, whatever its language. */
import { describe, expect, it } from 'vitest';
import { languages } from '../../../autograder/languages/languages.ts';

describe.each(Object.entries(languages))('%s', (name, adapter) => {
  it('goes by the name it is found under', () => {
    expect(adapter.id).toBe(name);
  });

  it('makes each file loadable by itself and in order, and says what cannot be', async () => {
    const files = [
      { path: 'a.ts', text: 'export const a = 1;' },
      { path: 'b.ts', text: 'export const b = ;' },
      { path: 'deep/c.ts', text: '' },
    ];
    const prepared = await adapter.prepare(files);
    expect(prepared.files.map(({ path }) => path)).toEqual(['a.ts', 'b.ts', 'deep/c.ts']);
    expect(prepared.files.map(({ code, broken }) => [typeof code, typeof broken])).toEqual([
      ['string', 'undefined'],
      ['undefined', 'string'],
      ['string', 'undefined'],
    ]);
  });

  it('can always run on plain cpu, with no variable of this machine’s environment', () => {
    const launch = adapter.launch('cpu');
    expect(launch?.environment).toEqual({});
    expect(launch?.program).toMatch(/^\//);
  });
});
