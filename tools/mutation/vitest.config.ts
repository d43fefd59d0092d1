import { defineConfig } from 'vitest/config';

// The tests that judge mutants of the domain: pure ones only, since each mutant runs them again.
export default defineConfig({
  test: {
    include: ['src/domain/**/*.test.ts', 'test/golden/**/*.test.ts'],
    // They measure how time grows, and a mutant makes no clock more honest.
    exclude: ['**/node_modules/**', '**/growth.test.ts'],
    setupFiles: ['tools/mutation/setup.ts'],
    testTimeout: 60_000,
  },
});
