import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that run longest, in seconds with four workers on two cores. The last column of `npm test` shows what a
 * file takes; an entry that is somewhat wrong only costs time.
 */
const SECONDS: Readonly<Record<string, number>> = {
  'test/parity/parity.test.ts': 228,
  'test/e2e/session/ssh.test.ts': 210,
  'test/e2e/session/input.test.ts': 170,
  'test/e2e/examples/swarm.test.ts': 129,
  'test/e2e/buildkit/corpus.test.ts': 106,
  'test/e2e/session/endings.test.ts': 95,
  'test/e2e/session/round-trips.test.ts': 90,
  'test/e2e/examples/examples.test.ts': 81,
  'test/e2e/session/throughput.test.ts': 64,
  'test/e2e/session/faults.test.ts': 58,
  'test/e2e/attach/run.test.ts': 56,
  'test/parity/live/live.test.ts': 51,
  'test/e2e/build/buildkit.test.ts': 45,
  'test/e2e/tutorial/containers.test.ts': 45,
  'test/e2e/plugin/plugin.test.ts': 40,
  'test/e2e/buildkit/faults.test.ts': 38,
  'test/e2e/system/prune.test.ts': 36,
  'test/parity/responses.test.ts': 35,
  'test/e2e/build/build.test.ts': 34,
  'test/e2e/system/system.test.ts': 33,
  'test/parity/package.test.ts': 32,
}

/**
 * Starts the files that run longest first, so that no worker is left with a long one when the others have finished.
 * Vitest would run one project after the other, and in a fresh clone it does not know how long files run.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files)
    return others.sort((a, b) => this.#seconds(b) - this.#seconds(a))
  }

  #seconds({ moduleId }: TestSpecification): number {
    return SECONDS[moduleId.slice(this.ctx.config.root.length + 1)] ?? 0
  }
}
