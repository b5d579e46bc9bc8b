import os from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real processes are started by many tests and the machine may be busy: limits are generous, never tight.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // Its default leaves a core to itself, which of two is half; files share nothing and clean up after themselves.
    maxWorkers: os.availableParallelism(),
    setupFiles: ['tests/plain-texts.ts'],
  },
});
