/** Single steps by the clock, for benchmarks. */
import { trainingRuns } from '../../../contract/model-layout.ts';
import { freshState } from '../../../training/adam.ts';
import { initialWeights } from '../../../training/initial-weights.ts';
import { createTrainer, type StepPart } from '../../../training/train.ts';
import type { StepTime, TrainingEvent, TrainingJob } from '../job.ts';
import { loadBounds } from './load-bounds.ts';
import { openData, seedNoise } from './train-job.ts';

/** The first steps compile, allocate and fill caches. */
const WARM_UP = 5;

export async function timeSteps(job: TrainingJob, count: number, tell: (event: TrainingEvent) => void): Promise<void> {
  const { family } = trainingRuns[job.run];
  const { data } = await openData(job, tell);
  let [since, parts]: [number, Record<StepPart, number>] = [0, { batch: 0, gradients: 0, adam: 0 }];
  const onPart = (part: StepPart): void => {
    const now = performance.now();
    parts[part] = (now - since) / 1000;
    since = now;
  };
  const trainer = createTrainer({ family, ...job.plan }, data, loadBounds(job.code, family), freshState(initialWeights(family, job.plan.seed)), { seedNoise, onPart });
  for (let step = 0; step < WARM_UP; step += 1) trainer.step();
  const steps: StepTime[] = [];
  while (steps.length < count) {
    const [cpu, started] = [process.cpuUsage(), performance.now()];
    [since, parts] = [started, { batch: 0, gradients: 0, adam: 0 }];
    trainer.step();
    const used = process.cpuUsage(cpu);
    steps.push({ seconds: (performance.now() - started) / 1000, cpuSeconds: (used.user + used.system) / 1e6, parts });
  }
  tell({ kind: 'timed', steps });
}
