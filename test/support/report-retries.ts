import type { Reporter, TestCase } from 'vitest/node'

/** Names, at the end of a run, the tests that passed at their second try only: each of them is a mistake to mend. */
export default class SecondTries implements Reporter {
  readonly #names: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky)
      this.#names.push(`${test.project.name} ${test.module.relativeModuleId} > ${test.fullName}`)
  }

  onTestRunEnd(): void {
    if (this.#names.length === 0) return
    process.stdout.write(
      ['', 'Passed at the second try only:', ...this.#names.map((name) => `  ${name}`), ''].join('\n'),
    )
  }
}
