import type { Reporter, TestCase } from 'vitest/node'

/** The number of lines of an error that are printed. */
const MAX_LINES = 60

/**
 * Lists, at the end of a run, the tests that passed only when they were repeated, with the error of the first attempt. Each
 * is a bug to fix.
 */
export default class RetryReporter implements Reporter {
  readonly #lines: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return
    this.#lines.push(`${test.project.name} ${test.module.relativeModuleId} > ${test.fullName}`)
    for (const { message, diff = '' } of test.result().errors ?? []) {
      const lines = `${message}\n${diff}`.trimEnd().split('\n').slice(0, MAX_LINES)
      this.#lines.push(...lines.map((line) => `  ${line}`))
    }
  }

  onTestRunEnd(): void {
    if (this.#lines.length === 0) return
    process.stdout.write(['', 'Passed only when repeated:', ...this.#lines.map((line) => `  ${line}`), ''].join('\n'))
  }
}
