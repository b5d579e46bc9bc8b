/**
 * Right functions for modules of the hand-in, loaded before any line of the student's, so that nothing the
 * student replaces is met by them. Each is handed out bound: a bound function tells nothing of its text.
 */
import type { Load } from '../../../../contract/messages.ts';
import { createModules, type Exports } from './modules.ts';

/** Not the prefix of student code: frames in these files are shown to nobody. */
const PREFIX = 'supplied:///';

export function loadSupplied(supplied: Load['supplied'], packages: ReadonlyMap<string, unknown>): ReadonlyMap<string, Exports> {
  if (supplied === undefined) return new Map();
  const right = createModules({ files: supplied.files, originals: [] }, { packages, prefix: PREFIX });
  const byModule = new Map<string, Record<string, unknown>>();
  for (const { module, function: name, source, called = name } of supplied.functions) {
    const found = right.load(source)[called];
    if (typeof found !== 'function') throw new Error(`${source} has no function ${called} to supply`);
    byModule.set(module, { ...byModule.get(module), [name]: found.bind(undefined) });
  }
  return byModule;
}
