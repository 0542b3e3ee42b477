import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that run longest, in seconds with four workers on two cores. The last column of `npm test` shows what a
 * file takes; an entry that is somewhat wrong only costs time.
 */
const SECONDS: Readonly<Record<string, number>> = {
  'test/parity/parity.test.ts': 630,
  'test/e2e/examples/examples.test.ts': 351,
  'test/e2e/container/recreate.test.ts': 220,
  'test/e2e/session/ssh.test.ts': 214,
  'test/e2e/session/round-trips.test.ts': 183,
  'test/e2e/examples/swarm.test.ts': 164,
  'test/e2e/session/input.test.ts': 157,
  'test/e2e/container/command.test.ts': 122,
  'test/parity/package.test.ts': 120,
  'test/e2e/files/cp-several.test.ts': 104,
  'test/e2e/buildkit/corpus.test.ts': 104,
  'test/e2e/stack/stack.test.ts': 88,
  'test/e2e/session/endings.test.ts': 83,
  'test/e2e/tutorial/containers.test.ts': 82,
  'test/parity/responses.test.ts': 76,
  'test/e2e/plugin/plugin.test.ts': 75,
  'test/parity/live/live.test.ts': 74,
  'test/e2e/session/throughput.test.ts': 67,
  'test/e2e/stack/specs.test.ts': 65,
  'test/e2e/format/listings.test.ts': 65,
  'test/e2e/system/prune.test.ts': 64,
  'test/e2e/session/faults.test.ts': 59,
  'test/e2e/attach/run.test.ts': 56,
  'test/e2e/attach/logs.test.ts': 53,
  'test/e2e/build/buildkit.test.ts': 49,
  'test/e2e/buildkit/faults.test.ts': 48,
  'test/parity/tls.test.ts': 46,
  'test/e2e/container/wait.test.ts': 46,
  'test/e2e/registries/outdated.test.ts': 44,
  'test/e2e/choose/choose.test.ts': 43,
  'test/e2e/system/system.test.ts': 37,
  'test/parity/pty.test.ts': 35,
  'test/e2e/session/conflicts.test.ts': 32,
  'test/e2e/pictures.test.ts': 32,
  'test/e2e/registries/several.test.ts': 31,
  'test/e2e/buildkit/solve.test.ts': 30,
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
