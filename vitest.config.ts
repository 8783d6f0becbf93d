import { defineConfig } from 'vitest/config';

/** Tests of pure functions share the modules that they load: loading them anew for each file costs more than the tests do. */
const PURE = ['test/{law,runbook,inventory,notice,record}-!(command).test.ts', 'test/decide*.test.ts'];
const APART = ['test/bench/**', 'test/soak/**'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Vitest leaves one core free, which on two cores doubles the wait.
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: [...PURE, ...APART] } },
    ],
  },
});
