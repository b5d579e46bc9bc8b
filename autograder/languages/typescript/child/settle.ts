/** Waits for what a student's function returned, a promise or not. */
export async function settle(returned: unknown): Promise<unknown> {
  let drained = (): void => undefined;
  // A promise with nothing left that could settle it would end the process without a word: say so instead.
  const never = new Promise<never>((_, reject) => {
    drained = () => reject(new Error('the promise it returned can never settle: nothing is left to wait for'));
    process.once('beforeExit', drained);
  });
  try {
    return await Promise.race([returned, never]);
  } finally {
    process.off('beforeExit', drained);
  }
}
