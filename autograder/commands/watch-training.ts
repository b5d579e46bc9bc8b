/** A run as it goes on: a bar with loss, time left and the curve so far for a person, a line now and then for a log. */
import { Presets, SingleBar } from 'cli-progress';
import type { TrainingEvent, TrainingJob } from '../trainer/trainer.ts';
import type { Console } from './console.ts';
import { sparkline } from './sparkline.ts';

export interface TrainingWatch {
  readonly onEvent: (event: TrainingEvent) => void;
  readonly close: () => void;
}

const CURVE_WIDTH = 24;

/** A log gets so many lines of a whole run. */
const LOG_LINES = 20;

export function watchTraining({ run, plan, backend, data }: TrainingJob, console: Console): TrainingWatch {
  const whole = plan.iterations.toLocaleString('en');
  console.print(`Training ${run}: ${whole} iterations of ${plan.batch} images, learning rate ${plan.learningRate}, seed ${plan.seed}, ${backend}, ${data.folder ?? 'drawn images'}.`);
  const losses: number[] = [];
  const bar = console.interactive ? new SingleBar({ format: '{bar} {value}/{total} · {left} left · loss {loss} {curve}', hideCursor: true, barsize: 20 }, Presets.shades_classic) : undefined;
  let [started, first, last, logged] = [0, 0, 0, 0];

  const left = (step: number): string => {
    const taken = step - first;
    return taken < 1 ? '?' : duration(((performance.now() - started) / 1000 / taken) * (plan.iterations - step));
  };
  const progress = (step: number, loss: number): void => {
    // From the first step on: reading the data is no part of a step.
    if (losses.length === 0) [started, first] = [performance.now(), step];
    losses.push(loss);
    last = step;
    const shown = { left: left(step), loss: loss.toFixed(1), curve: sparkline(losses, CURVE_WIDTH) };
    if (bar !== undefined) {
      if (!bar.isActive) bar.start(plan.iterations, step, shown);
      bar.update(step, shown);
    } else if (step === plan.iterations || step - logged >= plan.iterations / LOG_LINES) {
      logged = step;
      console.print(`${step.toLocaleString('en')}/${whole} · ${shown.left} left · loss ${shown.loss} ${shown.curve}`);
    }
  };
  // A bar that is drawn over itself must stop before a line is printed.
  const say = (line: string): void => {
    bar?.stop();
    console.print(line);
  };

  return {
    onEvent: (event) => {
      switch (event.kind) {
        case 'waiting':
          say(`${event.what} ...`);
          break;
        case 'resumed':
          say(`Going on from iteration ${event.step.toLocaleString('en')} of an unfinished run. (--fresh begins again.)`);
          logged = event.step;
          break;
        case 'measured':
          say(`${(event.secondsPerStep * 1000).toFixed(1)} ms an iteration: about ${timeLeft(event.secondsPerStep * (plan.iterations - event.step), backend)} to go. Ctrl-C stops and saves.`);
          break;
        case 'progress':
          if (event.step > last) progress(event.step, event.loss);
          break;
        case 'epoch':
          say(`Epoch ${event.epoch}: average loss ${event.loss.toFixed(2)} an image${inNotebook(event)}`);
          break;
        case 'unreached':
          if (!(run === 'ssvae-gw0')) say(`No gradient reaches ${event.networks.join(' and ')}: it will stay as it was drawn. Is a sample drawn without the reparameterisation trick, or a value read back with dataSync or arraySync?`);
          break;
        case 'printed':
          if (event.text !== '') say(`  your code printed: ${event.text}`);
          break;
        case 'evaluating':
          say('Measuring the trained model ...');
          break;
        case 'timed':
        case 'done':
        case 'stopped':
        case 'refused':
          break;
      }
    },
    close: () => bar?.stop(),
  };
}

/** The notebook divides by one batch less than there are. */
function inNotebook({ loss, steps }: Extract<TrainingEvent, { readonly kind: 'epoch' }>): string {
  return steps < 2 ? '' : ` (${((loss * steps) / (steps - 1)).toFixed(2)} as the notebook divides)`;
}

/** What of a step's time on WebAssembly native TensorFlow takes: bench/training-step. */
const NATIVE_SHARE = 0.3;

function timeLeft(seconds: number, backend: TrainingJob['backend']): string {
  return backend === 'native' ? duration(seconds) : `${duration(seconds)} (native TensorFlow: ${duration(seconds * NATIVE_SHARE)})`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
