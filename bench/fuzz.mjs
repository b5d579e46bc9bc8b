// A million generated inputs and more against the two doors that students' bytes come through: the frame
// decoder and the zip reader. Prints what became of them; a crash, a broken limit or a slow input is a failure.
import { parseArgs } from 'node:util';
import { fuzzFrames } from './fuzz-frames.mjs';
import { fuzzZips } from './fuzz-zips.mjs';

const usage = `Usage: node bench/fuzz.mjs [--frames N] [--zips N] [--seed N]

  --frames N  streams for the frame decoder (default 1000000)
  --zips N    zips for intake (default 1000000)
  --seed N    what everything is drawn from (default: the time; it is printed)`;

/** No input of these sizes may take more; a collection of garbage may come between. CPU time, for the sake of busy machines. */
const SLOW_MILLISECONDS = 1000;

/** Node itself with a whole assignment takes a quarter of it, and an answer may have 64 MiB. */
const MOST_MEBIBYTES = 512;

const { values: options } = parseArgs({
  options: {
    frames: { type: 'string', default: '1000000' },
    zips: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) {
  console.log(usage);
} else {
  const random = generator(Number(options.seed));
  console.log(`seed ${options.seed}, Node ${process.versions.node}`);
  const failures = [await run('frames', Number(options.frames), await fuzzFrames(random)), await run('zips', Number(options.zips), await fuzzZips(random))];
  process.exitCode = failures.some((count) => count > 0) ? 1 : 0;
}

/** `one` makes an input, feeds it, and says in a word what became of it; whatever it throws is a crash. */
async function run(what, count, one) {
  const outcomes = new Map();
  const crashes = [];
  let highest = 0;
  let slowest = 0;
  const started = performance.now();
  for (let index = 0; index < count; index += 1) {
    const before = process.cpuUsage();
    let outcome;
    try {
      outcome = await one();
    } catch (error) {
      outcome = 'CRASH';
      crashes.push(error);
      if (crashes.length <= 5) console.error(error);
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const { user, system } = process.cpuUsage(before);
    const took = (user + system) / 1000;
    if (took > SLOW_MILLISECONDS) crashes.push(new Error(`an input took ${Math.round(took)} ms`));
    slowest = Math.max(slowest, took);
    if (index % 1000 === 0) highest = Math.max(highest, process.memoryUsage().rss);
  }
  const mebibytes = Math.round(highest / 2 ** 20);
  if (mebibytes > MOST_MEBIBYTES) crashes.push(new Error(`${mebibytes} MiB of memory`));
  const seconds = (performance.now() - started) / 1000;
  const counts = [...outcomes].toSorted(([, a], [, b]) => b - a).map(([outcome, times]) => `${outcome} ${times}`);
  console.log(`${what}: ${count} in ${seconds.toFixed(0)} s; ${counts.join(', ')}`);
  console.log(`${what}: ${crashes.length} failures; slowest ${slowest.toFixed(0)} ms of CPU time; memory at most ${mebibytes} MiB`);
  return crashes.length;
}

/** Uniforms, integers and choices from one seed (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { below, pick: (list) => list[below(list.length)], bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))) };
}
