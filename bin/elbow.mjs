#!/usr/bin/env node
// The elbow command. Written so that very old Node versions can still read it and say what is wrong.
import { existsSync } from 'fs';

const bundle = new URL('../dist/cli.mjs', import.meta.url);

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error('elbow needs Node 20 or later; this is ' + process.version + '.');
  process.exitCode = 1;
} else if (existsSync(bundle)) {
  import(bundle.href);
} else {
  console.error('elbow is not set up yet: run "node scripts/setup.mjs" in the project folder first.');
  process.exitCode = 1;
}
