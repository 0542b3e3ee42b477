import { defineConfig } from 'vitest/config'

/**
 * What runs beside daemons and terminals gets a second try: they do several things at once, in an order that is theirs.
 * A test that needs it is named at the end of the run.
 */
const SECOND_TRY = 1

/** `unit` needs nothing; `parity` runs the built tug against a fake daemon; `e2e` runs it against real engines. */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/second-tries.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'test/generated.test.ts',
            'test/{actions,archive,attach,builder,cli,config,domain,engine,flags,format,gotemplate,registry}/**/*.test.ts',
          ],
        },
      },
      { test: { name: 'parity', include: ['test/parity/*.test.ts'], testTimeout: 60_000, retry: SECOND_TRY } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/parity/live/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          retry: SECOND_TRY,
        },
      },
    ],
  },
})
