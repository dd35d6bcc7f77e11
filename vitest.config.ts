import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // tests wait for processes and clocks more than they compute, so every processor may have its own
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'test/support/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts'],
          // files share their modules' instances, which saves importing the house seventy times
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          // whole households, asked through their procedures: who may what is the larger part of it
          name: 'household',
          include: ['test/*.test.ts'],
          exclude: ['**/*.slow.test.ts'],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          // whole households on real folders, and what takes seconds
          name: 'integration',
          include: ['test/integration/**/*.test.ts', '{electron,test}/**/*.slow.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          // one household with its browser keeps two processors busy
          fileParallelism: false,
          // and the browser is one for all of them
          isolate: false,
        },
      },
    ],
  },
})
