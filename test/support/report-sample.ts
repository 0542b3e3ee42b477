import type { Reporter, TestModule } from 'vitest/node'

/** Says at the end of a run how many tests test/support/sampling-runner.ts has left out. */
export default class SampleReporter implements Reporter {
  #leftOut = 0

  onTestModuleCollected(module: TestModule): void {
    this.#leftOut += module.meta().leftOut ?? 0
  }

  onTestRunEnd(): void {
    if (this.#leftOut === 0) return
    process.stdout.write(
      `\n${this.#leftOut} tests that repeat others with Node or an older engine were left out: npm run test:engines\n`,
    )
  }
}
