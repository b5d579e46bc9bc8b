/** How a child that ended by itself ended: whether it was its memory. */

/** What V8, C++ and the C library say with their last breath. A student could print it too, and only lose by it. */
const OUT_OF_MEMORY = /out of memory|Allocation failed|bad_alloc|Cannot allocate memory/i;

/** V8 that is refused memory may also die without a word, having asked for nearly all there was. */
const NEARLY_ALL = 0.9;

export interface LastSeen {
  /** The kernel ended something in the child's control group for its memory. */
  readonly killedForMemory: boolean;
  readonly lastWords: string;
  /** The most memory it was seen to have asked for, as a share of what it may. */
  readonly memoryShare: number;
  /** Zero when it ended of its own free will. */
  readonly code: number | null;
}

export function ranOutOfMemory({ killedForMemory, lastWords, memoryShare, code }: LastSeen): boolean {
  return killedForMemory || (code !== 0 && (OUT_OF_MEMORY.test(lastWords) || memoryShare > NEARLY_ALL));
}
