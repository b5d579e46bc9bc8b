// Where large things live that must outlast `npm ci`, which deletes node_modules.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

export function cacheFolder(root, env = process.env) {
  if (env.ELBOW_CACHE) return makeWritable(resolve(env.ELBOW_CACHE)) ?? join(root, '.cache');
  // A relative XDG_CACHE_HOME must be ignored (the specification says so), and HOME may be empty.
  const base = isAbsolute(env.XDG_CACHE_HOME ?? '') ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return (isAbsolute(base) && makeWritable(join(base, 'elbow'))) || join(root, '.cache');
}

function makeWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return undefined;
  }
}
