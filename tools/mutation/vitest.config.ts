import { defineConfig } from 'vitest/config';

// The tests that judge mutants of the domain: pure ones only, since each mutant runs them again. MUTATION_TESTS names fewer of them
// (patterns with commas between): the answer comes sooner and is a lower bound. The option --testFiles of StrykerJS is no way to do
// that: with it, mutants in tables are never switched on and all count as alive.
const judges = process.env['MUTATION_TESTS'] ?? 'src/domain/**/*.test.ts,test/golden/**/*.test.ts';

export default defineConfig({
  test: {
    include: judges.split(','),
    // They measure how time grows, and a mutant makes no clock more honest.
    exclude: ['**/node_modules/**', '**/growth.test.ts'],
    setupFiles: ['tools/mutation/setup.ts'],
    testTimeout: 60_000,
  },
});
