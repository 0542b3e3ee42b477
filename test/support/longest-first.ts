import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that run longest, in seconds with four workers on two cores. The last column of `npm test` shows what a
 * file takes; an entry that is somewhat wrong only costs time.
 */
const SECONDS: Readonly<Record<string, number>> = {
  'test/parity/parity.test.ts': 417,
  'test/e2e/examples/swarm.test.ts': 152,
  'test/e2e/examples/examples.test.ts': 146,
  'test/e2e/container/recreate.test.ts': 142,
  'test/parity/package.test.ts': 141,
  'test/e2e/session/ssh.test.ts': 104,
  'test/parity/responses.test.ts': 99,
  'test/e2e/session/throughput.test.ts': 93,
  'test/e2e/container/command.test.ts': 91,
  'test/e2e/session/round-trips.test.ts': 77,
  'test/e2e/session/input.test.ts': 74,
  'test/e2e/files/cp-several.test.ts': 72,
  'test/e2e/buildkit/corpus.test.ts': 69,
  'test/e2e/format/listings.test.ts': 60,
  'test/e2e/stack/specs.test.ts': 56,
  'test/e2e/tutorial/containers.test.ts': 54,
  'test/parity/live/live.test.ts': 53,
  'test/e2e/system/prune.test.ts': 50,
  'test/parity/tls.test.ts': 45,
  'test/e2e/session/endings.test.ts': 44,
  'test/e2e/session/faults.test.ts': 41,
  'test/e2e/pictures.test.ts': 37,
  'test/e2e/registries/outdated.test.ts': 34,
  'test/e2e/attach/logs.test.ts': 33,
  'test/e2e/attach/run.test.ts': 32,
  'test/parity/hostile-registry.test.ts': 30,
  'test/e2e/registries/faults.test.ts': 30,
  'test/e2e/container/wait.test.ts': 29,
  'test/parity/pty.test.ts': 27,
  'test/parity/secrets.test.ts': 25,
  'test/e2e/session/conflicts.test.ts': 25,
  'test/e2e/choose/choose.test.ts': 25,
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
