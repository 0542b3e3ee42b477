import { configDefaults, defineConfig } from 'vitest/config'
import LongestFirst from './test/support/longest-first.ts'
import { WORKERS } from './test/support/workers.ts'

/**
 * How often a failed test is repeated that runs beside daemons and terminals, whose timing varies. The tests that needed
 * it are listed at the end of the run.
 */
const RETRIES = 1

/** How long `expect.poll` repeats its check, because a program takes more than vitest's second to start on a busy machine. */
const POLLING = { poll: { timeout: 20_000 } }

/** `unit` needs nothing; `parity` runs the built tug against a fake daemon; `e2e` runs it against real engines. */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/report-retries.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/{parity,e2e}/**'],
          testTimeout: 30_000,
          expect: POLLING,
          maxWorkers: WORKERS,
          // Starting a process for each file would take twice as long as the tests themselves.
          isolate: false,
        },
      },
      {
        test: {
          name: 'parity',
          include: ['test/parity/*.test.ts'],
          testTimeout: 60_000,
          expect: POLLING,
          hookTimeout: 60_000,
          maxWorkers: WORKERS,
          retry: RETRIES,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/parity/live/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          runner: './test/support/sampling-runner.ts',
          testTimeout: 120_000,
          expect: POLLING,
          hookTimeout: 300_000,
          maxWorkers: WORKERS,
          retry: RETRIES,
        },
      },
    ],
  },
})
