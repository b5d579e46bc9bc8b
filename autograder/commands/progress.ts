/** Progress over a batch: a bar with the time left for a person, a line each for a log. */
import { Presets, SingleBar } from 'cli-progress';
import type { Console } from './console.ts';

export interface Progress {
  readonly step: (label: string) => void;
  readonly stop: () => void;
}

export function startProgress(console: Console, total: number, verb: string): Progress {
  if (!console.interactive) return plainProgress(console, total, verb);
  const bar = new SingleBar(
    { format: `${verb} {bar} {value}/{total} · {eta_formatted} left · {label}`, hideCursor: true, clearOnComplete: false, etaBuffer: 50 },
    Presets.shades_classic,
  );
  bar.start(total, 0, { label: '' });
  return {
    step: (label) => bar.increment(1, { label }),
    stop: () => bar.stop(),
  };
}

function plainProgress(console: Console, total: number, verb: string): Progress {
  let done = 0;
  return {
    step: (label) => {
      done += 1;
      console.print(`${verb} ${done}/${total}: ${label}`);
    },
    stop: () => undefined,
  };
}
