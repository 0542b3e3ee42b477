import type { Reporter, TestCase } from 'vitest/node'

/** Lists, at the end of a run, the tests that passed only when they were repeated. Each is a bug to fix. */
export default class RetryReporter implements Reporter {
  readonly #names: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky)
      this.#names.push(`${test.project.name} ${test.module.relativeModuleId} > ${test.fullName}`)
  }

  onTestRunEnd(): void {
    if (this.#names.length === 0) return
    process.stdout.write(['', 'Passed only when repeated:', ...this.#names.map((name) => `  ${name}`), ''].join('\n'))
  }
}
