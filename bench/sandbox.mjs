// What the box costs a hand-in: a child in the box against a bare one, started when it is asked for (cold) or
// ahead of need (warm). Each figure is a whole life: ready, hand-in taken, one question answered, all gone.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';
import { median, table } from './measure.mjs';

const usage = `Usage: node bench/sandbox.mjs [--rounds N] [--backends cpu,wasm,native]

  --rounds N       lives of each kind, side by side (default 50)
  --backends LIST  children that are measured (default: all that this machine has)`;

const SOURCES = {
  './autograder/session/session.ts': ['Session'],
  './autograder/languages/languages.ts': ['languages'],
  './autograder/sandbox/sandbox.ts': ['missingControlGroups'],
  './assignments/cs236-hw2/assignment.ts': ['assignment'],
};

const HAND_IN = [{ path: 'answer.ts', text: 'export function run() { return 7; }' }];
const QUESTION = { module: 'answer.ts', function: 'run', arguments: [], noise: { seed: 1 }, gradients: [] };
const GOAL_MILLISECONDS = 15;

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, backends: { type: 'string', default: 'cpu,wasm,native' }, help: { type: 'boolean', default: false } },
});

if (options.help) console.log(usage);
else await run(Number(options.rounds), options.backends.split(','));

async function run(rounds, backends) {
  const { Session, languages, missingControlGroups, assignment } = await loadTypeScript(SOURCES);
  const { typescript } = languages;
  const { files } = await typescript.prepare(HAND_IN);
  const missing = missingControlGroups();
  console.log(`Node ${process.versions.node}, ${rounds} rounds, ${missing === null ? 'control groups' : `no control groups: ${missing}`}`);

  const start = async (launch, isolation) => {
    const session = await Session.start(launch, isolation, assignment.limits, 1);
    if (!(session instanceof Session)) throw new Error(`a child did not start: ${JSON.stringify(session)}`);
    return session;
  };
  const use = async (session) => {
    session.load({ files: [...files], originals: [] });
    session.startTask();
    const reply = await session.ask(QUESTION);
    await session.close();
    if (reply.kind !== 'returned') throw new Error(`no answer: ${JSON.stringify(reply)}`);
  };
  const timed = async (what) => {
    const before = performance.now();
    await what();
    return performance.now() - before;
  };
  const lives = {
    'bare, cold': (launch) => timed(async () => use(await start(launch, 'none'))),
    'box, cold': (launch) => timed(async () => use(await start(launch, 'bubblewrap'))),
    'bare, warm': async (launch) => {
      const session = await start(launch, 'none');
      return timed(() => use(session));
    },
    'box, warm': async (launch) => {
      const session = await start(launch, 'bubblewrap');
      return timed(() => use(session));
    },
  };

  for (const backend of backends) {
    const launch = typescript.launch(backend);
    if (launch === null) continue;
    const times = Object.fromEntries(Object.keys(lives).map((kind) => [kind, []]));
    // The first of each kind finds cold caches, and measures what is measured once a run.
    for (let round = -2; round < rounds; round += 1) {
      for (const [kind, life] of Object.entries(lives)) {
        const took = await life(launch);
        if (round >= 0) times[kind].push(took);
        // What the last one left to the kernel must not count against the next.
        await sleep(20);
      }
    }
    show(backend, times);
  }
}

function show(backend, times) {
  const milliseconds = (value) => value.toFixed(1);
  const quantile = (all, share) => milliseconds(all.toSorted((a, b) => a - b)[Math.floor(all.length * share)]);
  const rows = Object.entries(times).map(([kind, all]) => [kind, milliseconds(median(all)), quantile(all, 0.1), quantile(all, 0.9)]);
  console.log(`\n${table([[backend, 'median ms', 'p10 ms', 'p90 ms'], ...rows])}`);
  for (const kind of ['cold', 'warm']) {
    const differences = times[`box, ${kind}`].map((took, round) => took - times[`bare, ${kind}`][round]);
    const cost = median(differences);
    console.log(`the box costs ${milliseconds(cost)} ms ${kind} (median of the differences)${kind === 'cold' ? `, goal ${GOAL_MILLISECONDS}: ${cost <= GOAL_MILLISECONDS ? 'met' : 'MISSED'}` : ''}`);
  }
}
