/** Confinement comes first: a machine that cannot confine hand-ins runs none. */
import { isolationTier } from '../host/host.ts';
import { UsageError } from './console.ts';

/** How well hand-ins are confined here, for staff to read; null where Ctrl-C ended the boxes that were tried, which says nothing of the machine. */
export async function requireBox(signal: AbortSignal): Promise<string | null> {
  const { tier, why, cure } = await isolationTier();
  if (signal.aborted) return null;
  if (tier < 3) return `bubblewrap, tier ${tier} (${why.join('; ')})`;
  throw new UsageError(
    `Submissions cannot be confined on this machine: ${why.join('; ')}\n${cure}\nOr grade without protection, on a machine and with hand-ins you trust: --isolation none`,
  );
}
