import type { Limits } from '../../contract/rubric.ts';

/** Convolutions in plain JavaScript are slow: right answers to a task take a second or two of CPU time. */
export const limits: Limits = {
  cpuSeconds: 20,
  wallSeconds: 120,
  memoryMegabytes: 1024,
  processes: 64,
  openFiles: 64,
  answerBytes: 64 << 20,
  consoleBytesKept: 16 << 10,
  outputBytes: 8 << 20,
};
