import { defineConfig } from 'vitest/config';

/** Where to leave the results for a machine to read; CI counts them. */
const resultsFile = process.env['SBX_TEST_RESULTS'];

export default defineConfig({
  test: {
    reporters: resultsFile === undefined ? ['default'] : ['default', ['json', { outputFile: resultsFile }]],
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two workers: the suite starts sandboxes and whole sbx processes of its own.
    maxWorkers: 2,
    // The operator's colours, caches and configuration must not reach a test.
    env: { NO_COLOR: '1' },
  },
});
