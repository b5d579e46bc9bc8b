// Batches of hand-ins for elbow, and what grading one of them takes.
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { measure, plainEnvironment } from './measure.mjs';

const root = path.dirname(import.meta.dirname);
const assignment = 'cs236-hw2';
const rightHandIn = path.join(root, 'examples', assignment, 'ada-perfect');
const template = path.join(root, 'student-template', assignment);
const codeFiles = ['distributions.ts', 'vae.ts', 'gmvae.ts', 'ssvae.ts', 'fsvae.ts'];

/**
 * What a batch hands in: every function right, only the five of distributions.ts and vae.ts with the
 * rest of the template, or the template as it stands.
 */
export const kinds = {
  whole: codeFiles,
  five: ['distributions.ts', 'vae.ts'],
  template: [],
};

/** Makes a batch and returns what measures one grading of it, per submission. */
export function elbowBatch(scratch, kind, submissions) {
  const batch = path.join(scratch, `elbow-${kind}`);
  for (let copy = 1; copy <= submissions; copy += 1) {
    const folder = path.join(batch, `student${String(copy).padStart(4, '0')}`);
    // Without what was trained: the other graders measure no checkpoints.
    cpSync(kind === 'whole' ? rightHandIn : template, folder, { recursive: true, filter: (file) => !/checkpoints|metrics\.json/.test(file) });
    for (const file of kinds[kind]) cpSync(path.join(rightHandIn, file), path.join(folder, file));
  }
  return (parameters) => {
    makeNew(batch, submissions);
    const out = path.join(scratch, 'elbow-out');
    rmSync(out, { recursive: true, force: true });
    const command = [process.execPath, path.join(root, 'bin', 'elbow.mjs'), 'grade', batch, '--assignment', assignment, '--out', out, ...parameters];
    const { wall, cpu } = measure(command, { cwd: scratch, environment: plainEnvironment() });
    const passed = passedTasks(path.join(out, 'staff', 'grades.json'), kind, submissions);
    return { wall: wall / submissions, cpu: cpu / submissions, passed };
  };
}

let run = 0;

/** A comment that no copy and no run shares, so that an answer remembered from another one is of no use. */
function makeNew(batch, submissions) {
  run += 1;
  for (let copy = 1; copy <= submissions; copy += 1) {
    const folder = path.join(batch, `student${String(copy).padStart(4, '0')}`);
    for (const file of codeFiles) appendFileSync(path.join(folder, file), `// copy ${copy}, run ${run} of ${process.pid}.${Date.now()}\n`);
  }
}

/** The ids of what passed. That must be every function handed in, or the figures would be those of some other work. */
function passedTasks(file, kind, submissions) {
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const tasks = results.flatMap(({ questions }) => questions.flatMap((question) => question.tasks)).filter(({ checks }) => checks.length > 0);
  const wanted = ({ where }) => (kinds[kind].includes(where.split(' in ').at(-1)) ? 'pass' : 'unanswered');
  const wrong = tasks.filter((task) => task.outcome !== wanted(task)).map(({ task, outcome }) => `${task}: ${outcome}`);
  if (wrong.length > 0) throw new Error(`elbow was to pass exactly what is handed in; it did not with these:\n${[...new Set(wrong)].join('\n')}`);
  if (results.length !== submissions) throw new Error(`elbow graded ${results.length} hand-ins of ${submissions}`);
  return [...new Set(tasks.filter(({ outcome }) => outcome === 'pass').map(({ task }) => task))];
}

/** How many cases of the fixtures these tasks are asked. */
export function casesOf(taskIds) {
  const questions = [...new Set(taskIds.map((id) => id.split('/')[1]))];
  const files = questions.map((question) => JSON.parse(readFileSync(path.join(root, 'fixtures', assignment, `${question}.json`), 'utf8')));
  return files.flatMap(({ tasks }) => Object.entries(tasks)).reduce((sum, [id, cases]) => sum + (taskIds.includes(id) ? cases.length : 0), 0);
}

export function expectHandIns() {
  for (const folder of [rightHandIn, template]) if (!existsSync(folder)) throw new Error(`missing: ${path.relative(root, folder)}`);
}
