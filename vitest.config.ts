import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real processes are started by many tests and the machine may be busy: limits are generous, never tight.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
