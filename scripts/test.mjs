/**
 * Runs every check of the project and adds them up: types, lint, the template, the fixtures, the tests.
 * `node scripts/test.mjs tests/autograder` runs only the tests below that path.
 */
import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const only = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

if (only.length === 0) {
  await besideEachOther([
    () => step('types', 'typescript/bin/tsc', ['--project', '.']),
    () => step('lint', 'oxlint/bin/oxlint', ['-c', '.oxlintrc.json', '.']),
    () => step('the template is in step with the reference', null, ['scripts/template.mjs', '--check']),
    ...assignmentsWithFixtures().map((id) => () => step(`the fixtures of ${id} are what the reference gives`, null, ['bin/elbow.mjs', 'fixtures', 'verify', '--assignment', id])),
  ]);
}
tests();

console.log('');
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function assignmentsWithFixtures() {
  const fixtures = path.join(root, 'fixtures');
  return fs.readdirSync(fixtures).filter((id) => fs.existsSync(path.join(fixtures, id, 'manifest.json')));
}

/** As many at once as there are cores: each step is nearly all one process. */
async function besideEachOther(steps) {
  const left = [...steps];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next();
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
}

async function step(name, program, args) {
  const started = Date.now();
  const command = program === null ? args : [path.join('node_modules', program), ...args];
  const { failed, output } = await run(command);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (failed) total.failed += 1;
  else total.passed += 1;
  console.log(failed ? `FAIL  ${name} (${seconds} s)\n${output}` : `ok    ${name} (${seconds} s)`);
}

function run(command) {
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root, maxBuffer: 1 << 26 }, (error, stdout, stderr) => resolve({ failed: error !== null, output: stdout + stderr }));
  });
}

function tests() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-tests-'));
  const report = path.join(folder, 'results.json');
  try {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    const results = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
    total.passed += results.numPassedTests;
    total.failed += results.numFailedTests;
    total.skipped += results.numPendingTests;
    // A file that does not load, an error outside every test, or no test at all fails no test by number.
    if ((status !== 0 || results.numPassedTests === 0) && results.numFailedTests === 0) total.failed += 1;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
