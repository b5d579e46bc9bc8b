// npm packages, exactly as package-lock.json lists them.
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { lastLine, run, seconds } from './run-command.mjs';

export async function installDependencies({ root, cache, say }) {
  if (isInstalled(root)) return 'dependencies';
  say('dependencies: installing with npm ci (163 MB when npm has none of them cached)');
  const { command, first, shell } = npm();
  const env = homeIsWritable() ? process.env : { npm_config_cache: join(cache, 'npm'), ...process.env };
  // The lock file holds a hash of every package, so npm's cache needs no second opinion: without this, a
  // full cache and no network take 150 s of retries instead of 15 s.
  const installed = await run(command, [...first, 'ci', '--no-progress', '--prefer-offline'], { cwd: root, env, shell });
  if (!installed.ok) throw new Error(`npm ci failed: ${npmComplaint(installed.output)}\nNext: look at "npm ci" in ${root}, then run this again.`);
  stamp(root);
  say(`dependencies: installed in ${seconds(installed.milliseconds)}`);
  return 'dependencies';
}

// True when the stamp fits, or when npm's own record of what it installed says the same as the lock file
// (somebody ran npm by hand, or an edit to package-lock.json changed no package).
function isInstalled(root) {
  if (!existsSync(record(root))) return false;
  try {
    if (readFileSync(stampFile(root), 'utf8') === stateOf(root)) return true;
  } catch {
    // No stamp yet.
  }
  if (!recordFitsLock(root)) return false;
  stamp(root);
  return true;
}

function recordFitsLock(root) {
  let locked, installed;
  try {
    locked = packagesIn(join(root, 'package-lock.json'));
    installed = packagesIn(record(root));
  } catch {
    return false; // a lock file with merge conflicts, say: npm explains that best
  }
  const unwanted = Object.keys(installed).some((path) => !Object.hasOwn(locked, path));
  const missing = Object.entries(locked).some(([path, { version, optional }]) =>
    Object.hasOwn(installed, path) ? installed[path].version !== version : !optional);
  return !unwanted && !missing;
}

function packagesIn(file) {
  const { '': _project, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages;
  return packages;
}

// Both files: a lock file put back to an older state would fit a stamp made from it alone, although
// node_modules has moved on in between.
function stateOf(root) {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(readFileSync(record(root))).digest('hex');
}

function stamp(root) {
  writeFileSync(stampFile(root), stateOf(root));
}

// npm writes it last, so a killed npm leaves none.
function record(root) {
  return join(root, 'node_modules/.package-lock.json');
}

function stampFile(root) {
  return join(root, 'node_modules/.elbow-lock');
}

// The npm that started us, if one did: it is the one the user chose, and on Windows npm.cmd needs a shell.
function npm() {
  const cli = process.env.npm_execpath ?? '';
  if (basename(cli) === 'npm-cli.js') return { command: process.execPath, first: [cli], shell: false };
  return { command: 'npm', first: [], shell: process.platform === 'win32' };
}

function homeIsWritable() {
  try {
    accessSync(homedir(), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

// npm ends with where its log lies; what went wrong stands before that.
function npmComplaint(output) {
  const complaints = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line) && !/log of this run|\.log$/.test(line));
  return complaints.slice(0, 4).join('\n') || lastLine(output);
}
