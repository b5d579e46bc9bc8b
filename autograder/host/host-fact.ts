import { join } from 'node:path';

/** One thing this machine has or lacks. */
export type HostFact = {
  readonly name: string;
  /** Broken: it is there and does not work, which asks for another cure than its absence. */
  readonly status: 'present' | 'missing' | 'broken';
  readonly detail: string;
  /** Whether grading other people's submissions is possible without it. */
  readonly needed: boolean;
  /** What its absence costs. */
  readonly cost: string;
  /** The exact command or sentence that mends it; empty when there is nothing to mend. */
  readonly cure: string;
};

/** What a look at one thing found; name, need and cost are the same whatever it finds. */
export type Finding = Pick<HostFact, 'status' | 'detail' | 'cure'>;

export function present(detail: string): Finding {
  return { status: 'present', detail, cure: '' };
}

/** Where to look; only tests look anywhere else than at this project and this PATH. */
export type HostView = { readonly root: string; readonly path: string };

/** Whole path, so that it can be pasted from any folder. */
export function setupCommand({ root }: HostView): string {
  return `node ${join(root, 'scripts/setup.mjs')}`;
}
