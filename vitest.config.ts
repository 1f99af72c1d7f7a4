import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two workers: the suite starts sandboxes and whole sbx processes of its own.
    maxWorkers: 2,
    // The operator's colours, caches and configuration must not reach a test.
    env: { NO_COLOR: '1', FORCE_COLOR: '' },
  },
});
