import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real processes are started by many tests and the machine may be busy: limits are generous, never tight.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // Colours are for terminals; continuous integration asks for them everywhere, and texts would not match.
    env: { NO_COLOR: '1', FORCE_COLOR: '' },
  },
});
