import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { present, setupCommand, type Finding, type HostView } from './host-fact.ts';

export function lookAtBundles(view: HostView): Finding {
  const missing = ['dist/cli.mjs', 'dist/child'].filter((path) => !existsSync(join(view.root, path)));
  if (missing.length === 0) return present('dist/cli.mjs and dist/child');
  return { status: 'missing', detail: `no ${missing.join(', no ')}`, cure: setupCommand(view) };
}

/** A set of fixtures is a folder with a manifest in it: the recipe and the known mistakes live beside the sets. */
export function lookAtFixtures({ root }: HostView): Finding {
  const folder = join(root, 'fixtures');
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const sets = entries.filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'manifest.json'))).map(({ name }) => name);
  if (sets.length > 0) return present(sets.toSorted().join(', '));
  return { status: 'missing', detail: `no cases in ${folder}`, cure: 'elbow fixtures generate' };
}
