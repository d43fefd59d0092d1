/**
 * Mutants of the domain, judged by its pure tests. `npm run test:mutation -- --mutate 'src/domain/problems/*.ts'` for a part of it;
 * results of files that did not change are taken from the last run.
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tools/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  mutate: ['src/domain/**/*.ts', '!src/domain/**/*.test.ts'],
  ignorePatterns: ['dist', 'docs', 'bench', 'data', 'test-results', 'biome.json', '.oxlintrc.json'],
  concurrency: 2,
  // The machine is shared, and a slow answer is no dead mutant.
  timeoutMS: 15_000,
  timeoutFactor: 3,
  incremental: true,
  incrementalFile: 'test-results/mutation/incremental.json',
  tempDirName: 'test-results/mutation/sandbox',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: 'test-results/mutation/report.json' },
  allowEmpty: false,
};
