/** What came back from a child, checked and in memory: an answer, or why there is none. */
import type { Draw, Thrown } from './messages.ts';
import type { TensorData, Value } from './values.ts';

export type Limit = 'cpu-time' | 'wall-time' | 'memory' | 'output' | 'answer';

export type Ending =
  /** It ended by itself, or was killed by something inside the box, before it answered. */
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null }
  /** It passed a limit: the grader ended it, or the kernel did. */
  | { readonly kind: 'limit'; readonly limit: Limit; readonly allowed: number }
  /** It said something that is not the protocol. */
  | { readonly kind: 'protocol'; readonly problem: string }
  /** It never became ready: the box or the machine is at fault, never the student. */
  | { readonly kind: 'our-fault'; readonly problem: string };

export interface GradientAnswer {
  readonly component: string;
  /** Null where nothing leads from the module's parameters to the component. */
  readonly modules: ReadonlyMap<string, TensorData | null>;
  readonly error: string | null;
}

/** What came of one question. */
export type Reply =
  | {
      readonly kind: 'returned';
      readonly value: Value;
      readonly gradients: readonly GradientAnswer[];
      readonly draws: readonly Draw[];
      readonly operations: number;
    }
  | { readonly kind: 'threw'; readonly error: Thrown }
  | { readonly kind: 'unanswered'; readonly reason: string }
  | { readonly kind: 'unsupported'; readonly kernel: string }
  | { readonly kind: 'ended'; readonly ending: Ending };
