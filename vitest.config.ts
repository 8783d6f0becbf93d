import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**', 'test/soak/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // A third of the tests wait for a browser, a process or a pace: one worker more than cores keeps two cores busy.
    maxWorkers: 3,
    reporters: ['default'],
  },
});
