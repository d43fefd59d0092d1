import { defineConfig } from 'vitest/config';

const outside = ['**/node_modules/**', 'dist/**'];
const engine = './test/support/engine.ts';

// Pure tests start nothing; the others share one database server, each test file with a database of its own.
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/{domain,demo,contract,documents,web}/**/*.test.{ts,tsx}', 'test/{golden,house}/**/*.test.ts'],
          exclude: outside,
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'src/{storage,usecases,http,gateway,jobs,app,cli}/**/*.test.ts',
            'test/{migrations,registers,kill,properties,mutations}/**/*.test.ts',
          ],
          exclude: outside,
          globalSetup: engine,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          exclude: outside,
          globalSetup: engine,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A page may still be arriving: what is read of it is asked for until it is there.
          expect: { poll: { timeout: 30_000 } },
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          exclude: outside,
          globalSetup: engine,
          testTimeout: 1_800_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
