/** Data that is absent or not what it should be; the message says what was looked for and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
