// Loaded into a grader by --import: what lives in it, after a full collection of garbage, line by line into a file.
import { appendFileSync } from 'node:fs';

const MEGABYTE = 1 << 20;
const { SAMPLES_FILE, SAMPLE_EVERY } = process.env;
// The grader's own children must see nothing of it.
delete process.env.SAMPLES_FILE;
delete process.env.SAMPLE_EVERY;

setInterval(() => {
  const before = process.memoryUsage();
  globalThis.gc();
  const after = process.memoryUsage();
  const sample = { live: after.heapUsed + after.arrayBuffers, resident: before.rss, garbage: before.heapUsed + before.arrayBuffers - after.heapUsed - after.arrayBuffers };
  const megabytes = Object.fromEntries(Object.entries(sample).map(([name, bytes]) => [name, Math.round((10 * bytes) / MEGABYTE) / 10]));
  appendFileSync(SAMPLES_FILE, `${JSON.stringify({ second: Math.round(performance.now() / 1000), ...megabytes })}\n`);
}, Number(SAMPLE_EVERY)).unref();
