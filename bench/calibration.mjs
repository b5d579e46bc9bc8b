// How often the statistical tests fail what is right, beside what their theory says, and how often they see an
// effect that a fixture set claims to see. On stand-ins that cost nothing, so that a million runs are minutes.
import { parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';
import { table } from './measure.mjs';

const usage = `Usage: node bench/calibration.mjs [--runs N] [--seed N]

  --runs N  null runs of each test (default 1000000); a tenth of them for detection
  --seed N  what everything is drawn from (default 1)`;

const SOURCES = {
  './fixtures/recipe/statistics/limits.ts': ['limitOf'],
  './autograder/compare/normal-sample.ts': ['testNormal', 'chiSquareAsNormal'],
};

/** Levels, both sides together, and where a normal variable is beyond them. */
const LEVELS = [
  [1e-2, 2.5758293],
  [1e-3, 3.2905267],
  [1e-4, 3.8905919],
];

/** As in the code: z for 1e-9 a check, and 3.1 more for a power of 0.999. */
const BAR = 6.7;
const POWER = 3.1;

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' }, help: { type: 'boolean', default: false } },
});

if (options.help) {
  console.log(usage);
} else {
  const { limitOf, testNormal, chiSquareAsNormal } = await loadTypeScript(SOURCES);
  const random = generator(Number(options.seed));
  const runs = Number(options.runs);
  console.log(`${runs} null runs each, seed ${options.seed}, Node ${process.versions.node}\n`);
  averages(random, limitOf, runs);
  sampler(random, testNormal, runs);
  spreadOfCalls(random, chiSquareAsNormal, runs);
}

/**
 * Averages of 256 rows. A KL at the sample is quadratic in its noise: the most skewed term there is, and a case
 * has 64 times as many rows.
 */
function averages(random, limitOf, runs) {
  const rows = 256;
  const terms = {
    'KL at the sample': { draw: klAtTheSample(random), moments: momentsOf(klAtTheSample(random)) },
    'reconstruction': { draw: reconstruction(random), moments: momentsOf(reconstruction(random)) },
  };
  const lines = [];
  const detection = [];
  for (const [name, { draw, moments }] of Object.entries(terms)) {
    const limits = LEVELS.map(([, z]) => limitOf(z, moments, rows));
    const beyond = LEVELS.map(() => [0, 0]);
    const claimed = limitOf(BAR, moments, rows) + POWER * Math.sqrt(moments.variance / rows);
    let seen = 0;
    for (let run = 0; run < runs; run += 1) {
      let sum = 0;
      for (let row = 0; row < rows; row += 1) sum += draw();
      const off = sum / rows - moments.mean;
      for (const [index, limit] of limits.entries()) {
        if (off > limit) beyond[index][0] += 1;
        if (off < -limit) beyond[index][1] += 1;
      }
      if (run % 10 === 0 && Math.abs(off + claimed) > limitOf(BAR, moments, rows)) seen += 1;
    }
    for (const [index, [level]] of LEVELS.entries()) lines.push([name, level, ...beyond[index].map((count) => rate(count, runs)), rate(beyond[index][0] + beyond[index][1], runs)]);
    detection.push([name, `${(claimed / Math.sqrt(moments.variance)).toFixed(3)} sd`, (seen / Math.ceil(runs / 10)).toFixed(5)]);
  }
  print(['average of', 'nominal', 'above', 'below', 'together'], lines);
  print(['average of', 'nearest claimed effect', 'seen at the 1e-9 bar'], detection);
}

/** Four calls of 64 rows and two dimensions: small, so that a million of them are quick. */
function sampler(random, testNormal, runs) {
  const [calls, rows, columns] = [4, 64, 2];
  const size = rows * columns;
  const given = { mean: Float64Array.from({ length: size }, (_, index) => (index % 3) - 1), variance: Float64Array.from({ length: size }, (_, index) => 2 + (index % 5) / 2) };
  const samples = Array.from({ length: calls }, () => new Float64Array(size));
  const beyond = new Map();
  for (let run = 0; run < runs; run += 1) {
    for (const sample of samples) for (let index = 0; index < size; index += 1) sample[index] = random.normal();
    for (const { name, statistic } of testNormal(samples, columns, given)) {
      const counts = beyond.get(name) ?? LEVELS.map(() => 0);
      beyond.set(name, counts);
      for (const [index, [level, z]] of LEVELS.entries()) if (statistic > (name.startsWith('Kolmogorov') ? Math.sqrt(Math.log(2 / level) / 2) : z)) counts[index] += 1;
    }
  }
  const lines = [...beyond].map(([name, counts]) => [name, ...counts.map((count) => rate(count, runs))]);
  print(['test of a sampler', ...LEVELS.map(([level]) => `nominal ${level}`)], lines);
}

/** The spread of eight calls, one-sided: half of each level. */
function spreadOfCalls(random, chiSquareAsNormal, runs) {
  const counts = LEVELS.map(() => 0);
  for (let run = 0; run < runs; run += 1) {
    const results = Array.from({ length: 8 }, () => random.normal());
    const average = results.reduce((sum, value) => sum + value, 0) / 8;
    const z = chiSquareAsNormal(results.reduce((sum, value) => sum + (value - average) ** 2, 0), 7);
    for (const [index, [, bar]] of LEVELS.entries()) if (z > bar) counts[index] += 1;
  }
  print(['spread of calls', ...LEVELS.map(([level]) => `nominal ${level / 2}`)], [['chi-square', ...counts.map((count) => rate(count, runs))]]);
}

/** log q - log p at z = 0.8 + sqrt(3) noise, less its constant. */
function klAtTheSample(random) {
  return (noise = random.normal()) => 0.5 * ((0.8 + Math.sqrt(3) * noise) ** 2 - noise * noise);
}

/** Three pixels of a decoder that is linear in the same z. */
function reconstruction(random) {
  const pixels = [[0.7, 0.4, 1], [-1.1, 0.2, 0], [0.5, -0.6, 0]];
  return (noise = random.normal()) => {
    const z = 0.8 + Math.sqrt(3) * noise;
    return pixels.reduce((sum, [slope, offset, x]) => sum + softplus(slope * z + offset) - x * (slope * z + offset), 0);
  };
}

function softplus(value) {
  return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
}

/** By the trapezoid rule. */
function momentsOf(term) {
  const nodes = Array.from({ length: 1801 }, (_, index) => (index - 900) / 100);
  const weights = nodes.map((node) => Math.exp(-0.5 * node * node));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const expectation = (of) => nodes.reduce((sum, node, index) => sum + (weights[index] / total) * of(term(node)), 0);
  const mean = expectation((value) => value);
  return { mean, variance: expectation((value) => (value - mean) ** 2), third: expectation((value) => Math.abs(value - mean) ** 3) };
}

function print(heads, lines) {
  console.log(`${table([heads, ...lines].map((line) => line.map(String)))}\n`);
}

function rate(count, runs) {
  return (count / runs).toPrecision(3);
}

/** sfc32 (Doty-Humphrey, PractRand): 96 bits of state and a counter. Normals by Marsaglia's polar method, two at a time. */
function generator(seed) {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const word = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 20; warm += 1) word();
  let spare = null;
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const x = word() / 2 ** 31 - 1;
      const y = word() / 2 ** 31 - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
  return { normal };
}
