import { type RunnerTask, type RunnerTestFile, type RunnerTestSuite, TestRunner } from 'vitest'
import { engines } from './provided.ts'
import { programs } from './run.ts'
import { sampleOf } from './sample.ts'

declare module 'vitest' {
  export interface TaskMeta {
    /** How many tests of a file are not in the sample. */
    leftOut?: number
  }
}

type Collected = (files: RunnerTestFile[]) => unknown

/** The steps of the tutorial depend on one another, and it has to work as a whole. */
const WHOLE = /^test\/e2e\/tutorial\//

/**
 * Runs the end-to-end tests with the first program and the newest engine, and a sample of those that repeat them with
 * another program or engine: results rarely depend on it, and all of them would take half as long again. With
 * `TUG_COMBINATIONS=all`, everything is run.
 */
export default class SamplingRunner extends TestRunner {
  #report: Collected | undefined

  /** Vitest sets this to the function that reports the tests of a file to the main process, and calls it then. */
  set onCollected(report: Collected | undefined) {
    this.#report = report
  }

  get onCollected(): Collected | undefined {
    const report = this.#report
    if (report === undefined || process.env.TUG_COMBINATIONS === 'all') return report
    return (files) => {
      for (const file of files) if (!WHOLE.test(file.name)) removeRepetitions(file)
      return report(files)
    }
  }
}

/** Removes the repetitions that are not in the sample, and notes their number for test/support/report-sample.ts. */
function removeRepetitions(file: RunnerTestFile): void {
  const all = testsOf(file)
  const names = (those: readonly { readonly name: string }[]) => those.map(({ name }) => name)
  const variants = { programs: names(programs), engines: names(engines().toReversed()) }
  const sample = sampleOf(all.map(titleOf), variants)
  keepTests(file, (test) => sample.has(titleOf(test)))
  file.meta.leftOut = all.length - testsOf(file).length
}

function testsOf(suite: RunnerTestSuite): RunnerTask[] {
  return suite.tasks.flatMap((task) => ('tasks' in task ? testsOf(task) : [task]))
}

/** Returns the titles of a test and of the suites around it. */
function titleOf(test: RunnerTask): string {
  return test.suite === undefined ? test.name : `${titleOf(test.suite)} > ${test.name}`
}

/** Keeps the chosen tests of a suite, and no suite without tests. */
function keepTests(suite: RunnerTestSuite, isChosen: (test: RunnerTask) => boolean): void {
  suite.tasks = suite.tasks.filter((task) => {
    if (!('tasks' in task)) return isChosen(task)
    keepTests(task, isChosen)
    return task.tasks.length > 0
  })
}
