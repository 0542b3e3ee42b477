import type { Reporter, TestCase } from 'vitest/node'

/** Lists, at the end of a run, the tests that were skipped because this machine or user cannot run them. */
export default class SkippedReporter implements Reporter {
  readonly #names: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.result().state !== 'skipped') return
    this.#names.push(`${test.project.name} ${test.module.relativeModuleId} > ${test.fullName}`)
  }

  onTestRunEnd(): void {
    if (this.#names.length === 0) return
    process.stdout.write(['', 'Not run:', ...this.#names.map((name) => `  ${name}`), ''].join('\n'))
  }
}
