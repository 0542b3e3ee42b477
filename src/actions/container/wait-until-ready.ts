/** What `--wait` does: wait until containers are healthy, or until they run where they have no health check. */
import type { Cli } from '../../cli/cli.ts'
import type { Target } from '../../cli/each.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { describePending, readinessOf } from '../../domain/container/readiness.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { objectIn, textIn } from '../../domain/json.ts'
import type { InspectedContainer } from '../../engine/api/container-streams.ts'
import type { WaitLimit } from '../../flags/container/wait.ts'
import type { CollectedOutput } from './container-output.ts'
import { reportNotReady } from './readiness-report.ts'

export interface ReadinessWait {
  /** How long to wait for all containers together; undefined for no limit. */
  readonly limit: WaitLimit | undefined
  /** Called with the name of each container that is ready, in the order of the names. */
  readonly onReady?: (name: string) => void
  /** The output of a container that the daemon removes together with its log when it ends. */
  readonly output?: CollectedOutput | undefined
}

type Dependencies = Pick<Cli, 'engine' | 'err'>

/** The events of a container after which it may be ready, or never will be. */
const DECISIVE_EVENTS = { start: true, die: true, destroy: true, health_status: true, unpause: true } as const

/** The longest time of a timer in JavaScript, in milliseconds: 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** How long a request may take that only makes a report complete, in milliseconds. */
const REPORT_TIME_MS = 5000

/** How long the wait may take to end after Ctrl-C, in milliseconds. */
const PATIENCE_MS = 1000

/**
 * Waits until all of the containers are ready. It learns of changes from the daemon's events, so a long wait costs no
 * requests. The wait for the others goes on when one of them fails.
 * @param targets containers that have been started; reports and messages contain their names
 * @throws ExitStatus 1 with a report about each container that has ended, was removed, is unhealthy or is not ready in time;
 * ExitStatus with the signal's exit code after Ctrl-C, which leaves the containers running; ConnectionError or EngineError
 * if the daemon does not respond
 */
export async function waitUntilReady(
  targets: readonly Target[],
  wait: ReadinessWait,
  cli: Dependencies,
): Promise<void> {
  if (targets.length === 0) return
  const watch = new ReadinessWatch(targets, wait, cli)
  const timeout = new AbortController()
  const timer = wait.limit && setTimeout(() => timeout.abort(), Math.min(wait.limit.milliseconds, LONGEST_TIMER_MS))
  try {
    await untilInterrupted(
      async (interruption) => {
        await watch.run(AbortSignal.any([interruption, timeout.signal]))
        if (interruption.aborted) throw new ExitStatus(1, `stopped waiting, and left running: ${watch.pendingNames()}`)
      },
      { patience: PATIENCE_MS },
    )
    await watch.end()
  } finally {
    clearTimeout(timer)
  }
}

/** One wait for several containers. */
class ReadinessWatch {
  readonly #names: readonly string[]
  /** By name, what requests call the container. */
  readonly #ids: ReadonlyMap<string, string>
  readonly #wait: ReadinessWait
  readonly #cli: Dependencies
  /** By name, the containers that are neither ready nor have failed. */
  readonly #pending = new Map<string, InspectedContainer>()
  /** By name, the report about a container that has failed; empty for one that is ready. */
  readonly #outcomes = new Map<string, string>()
  #shownCount = 0

  constructor(targets: readonly Target[], wait: ReadinessWait, cli: Dependencies) {
    this.#names = targets.map(({ name }) => name)
    this.#ids = new Map(targets.map(({ name, id }) => [name, id]))
    this.#wait = wait
    this.#cli = cli
  }

  /** Waits until each container is ready or has failed, or until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = new AbortController()
    try {
      await this.#follow(AbortSignal.any([signal, stop.signal]))
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      // It closes the connection of the events.
      stop.abort()
    }
  }

  pendingNames(): string {
    return this.#names.filter((name) => !this.#outcomes.has(name)).join(', ')
  }

  /** Reports the containers that are not ready. @throws ExitStatus 1 if there are any */
  async end(): Promise<void> {
    for (const name of this.#names) if (!this.#outcomes.has(name)) await this.#settleLate(name)
    const reports = [...this.#outcomes.values()].filter((report) => report !== '')
    if (reports.length > 0) throw new ExitStatus(1, reports.join('\n'))
  }

  async #follow(signal: AbortSignal): Promise<void> {
    // The events come first, because what happens while the containers are inspected must be among them.
    const filters = { type: { container: true }, event: DECISIVE_EVENTS } as const
    const events = await this.#cli.engine.system.events({ since: '', until: '', filters }, signal)
    for (const [name, id] of this.#ids) await this.#inspect(name, id, signal)
    if (this.#pending.size === 0) return
    for await (const text of events) {
      await this.#handle(JSON.parse(text), signal)
      if (this.#pending.size === 0) return
    }
    throw new Error(`the daemon ended its events while ${this.pendingNames()} was not ready`)
  }

  async #handle(event: unknown, signal: AbortSignal): Promise<void> {
    const actor = objectIn(event, 'Actor')
    const id = textIn(actor, 'ID')
    const exitCode = textIn(objectIn(actor, 'Attributes'), 'exitCode')
    const ending = textIn(event, 'Action') === 'die' ? `has ended with exit code ${exitCode} and ` : ''
    for (const [name, inspected] of [...this.#pending]) {
      if (inspected.Id !== id) continue
      await this.#inspect(name, id, signal, ending)
      if (ending !== '' && this.#pending.has(name)) {
        this.#cli.err.write(`container ${name} ${ending}is being restarted\n`)
      }
    }
  }

  /**
   * Inspects a container, and settles it unless it is still to become ready.
   * @param ending what the events say about its end, if that was the last event: `has ended with exit code 1 and `
   */
  async #inspect(name: string, nameOrId: string, signal: AbortSignal, ending = ''): Promise<void> {
    try {
      await this.#judge(name, await this.#cli.engine.containerStreams.inspect(nameOrId, signal))
    } catch (error) {
      if (!(error instanceof EngineError && error.isNotFound)) throw error
      await this.#fail(name, `${ending}has been removed`, undefined)
    }
  }

  async #judge(name: string, inspected: InspectedContainer): Promise<void> {
    const readiness = readinessOf(inspected.State, inspected.Config.Healthcheck?.Retries)
    if (readiness === 'ready') this.#settle(name, '')
    else if (readiness === 'pending') this.#pending.set(name, inspected)
    else if (readiness === 'unhealthy') await this.#fail(name, 'is unhealthy', inspected)
    else await this.#fail(name, `has ended with exit code ${inspected.State.ExitCode ?? 0}`, inspected)
  }

  /** Settles a container when the time is over. It is inspected again, because failed health checks are no events. */
  async #settleLate(name: string): Promise<void> {
    const pending = this.#pending.get(name)
    const inspected = await this.#cli.engine.containerStreams
      .inspect(pending?.Id ?? this.#ids.get(name) ?? name, AbortSignal.timeout(REPORT_TIME_MS))
      .catch(() => pending)
    if (inspected) await this.#judge(name, inspected)
    if (this.#outcomes.has(name)) return
    const problem = inspected ? describePending(inspected.State) : 'not ready'
    await this.#fail(name, `is ${problem} after ${this.#wait.limit?.text}`, inspected)
  }

  async #fail(name: string, problem: string, inspected: InspectedContainer | undefined): Promise<void> {
    this.#settle(
      name,
      await reportNotReady(`container ${name} ${problem}`, inspected, this.#wait.output, this.#cli.engine),
    )
  }

  #settle(name: string, report: string): void {
    this.#pending.delete(name)
    this.#outcomes.set(name, report)
    // Names appear in the order typed, each as soon as those before it are settled.
    for (; this.#shownCount < this.#names.length; this.#shownCount++) {
      const next = this.#names[this.#shownCount] ?? ''
      const outcome = this.#outcomes.get(next)
      if (outcome === undefined) return
      if (outcome === '') this.#wait.onReady?.(next)
    }
  }
}
