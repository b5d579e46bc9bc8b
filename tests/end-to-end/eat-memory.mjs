// Loaded into a grader by --import: once its first report is there, something takes all of its memory.
import { readdirSync } from 'node:fs';

const eaten = [];

setInterval(() => {
  if (reports().length === 0) return;
  for (;;) eaten.push(Array.from({ length: 100_000 }, () => eaten.length));
}, 5).unref();

function reports() {
  try {
    return readdirSync(process.env.ELBOW_REPORTS).filter((name) => name.endsWith('.html'));
  } catch {
    return [];
  }
}
