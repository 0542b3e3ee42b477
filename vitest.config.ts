import { defineConfig } from 'vitest/config'

/** `unit` needs nothing; `parity` runs the built tug against a fake daemon; `e2e` runs it against real engines. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'test/generated.test.ts',
            'test/{cli,options,domain,engine,config,archive,attach,build,format,commands}/**/*.test.ts',
          ],
        },
      },
      { test: { name: 'parity', include: ['test/parity/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/parity/live/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
