import type { Limits } from '../../contract/rubric.ts';

export const limits: Limits = {
  cpuSeconds: 5,
  wallSeconds: 60,
  memoryMegabytes: 1024,
  processes: 64,
  openFiles: 64,
  answerBytes: 64 << 20,
  consoleBytesKept: 16 << 10,
  outputBytes: 8 << 20,
};
