#!/usr/bin/env node
// Brings a fresh checkout to the point where elbow runs. Each step looks first whether there is anything to
// do, without starting a process, so that running this before every start and test costs next to nothing.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './setup/cache-folder.mjs';
import { installBubblewrap } from './setup/install-bubblewrap.mjs';
import { installDependencies } from './setup/install-dependencies.mjs';
import { installTensorFlow } from './setup/install-tensorflow.mjs';
import { linkCommand } from './setup/link-command.mjs';
import { seconds, stopRunning } from './setup/run-command.mjs';

const usage = `Usage: node scripts/setup.mjs [--quiet] [--retry-native] [--help]

Installs what elbow needs: npm packages, native TensorFlow, bubblewrap (when root on Debian or
Ubuntu), the bundles in dist/ and the elbow command. What is already there is left alone.

  --quiet         print only when something is done
  --retry-native  try native TensorFlow and bubblewrap again after a failure (else: after a day)

Environment:
  ELBOW_NATIVE=skip  leave native TensorFlow alone (the WebAssembly backend is used)
  ELBOW_CACHE        folder for large files; default $XDG_CACHE_HOME/elbow or ~/.cache/elbow`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = process.argv.slice(2);
const quiet = options.includes('--quiet');
const unknown = options.find((option) => !['--quiet', '--retry-native', '--help'].includes(option));

if (options.includes('--help')) {
  say(usage);
} else if (unknown) {
  console.error(`Unknown option ${unknown}\n\n${usage}`);
  process.exitCode = 64;
} else if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`elbow needs Node 20 or later; this is ${process.version}.`);
  process.exitCode = 1;
} else {
  // Ending through exit() runs the 'exit' listeners, which delete half-made folders.
  for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]]) {
    process.on(signal, async () => {
      say('Stopping, as soon as what runs now has put back what it began');
      await stopRunning();
      process.exit(128 + number);
    });
  }
  await setUp().catch((error) => {
    console.error(`Setup stopped: ${error.message}`);
    process.exitCode = 1;
  });
}

async function setUp() {
  const startedAt = performance.now();
  const note = quiet ? () => {} : say;
  const step = { root, cache: cacheFolder(root), say, note, retry: options.includes('--retry-native') };
  const parts = [
    await installDependencies(step),
    await installTensorFlow(step),
    await installBubblewrap(step),
    await buildBundles(),
  ];
  linkCommand(root);
  note(`elbow is set up: ${parts.join(', ')} (${seconds(performance.now() - startedAt)})`);
}

async function buildBundles() {
  const startedAt = performance.now();
  try {
    // Imported only now: it needs esbuild, which the first step may just have installed.
    const { bundle, isFresh } = await import('./bundle.mjs');
    if (isFresh()) return 'bundles';
    await bundle({ quiet: true });
  } catch (error) {
    throw new Error(`the bundles could not be built: ${error.message}\nNext: delete node_modules and run this again.`, { cause: error });
  }
  say(`bundles: built in ${seconds(performance.now() - startedAt)}`);
  return 'bundles';
}

function say(line) {
  console.log(line);
}
