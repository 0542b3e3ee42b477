import { computeUsage, initialUsage, type StatsSample, type Usage } from '../../domain/container/stats.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import type { ContainerApi } from './containers.ts'
import { readJsonStream } from './json-stream.ts'
import { EVENT, STATS_SAMPLE } from './shapes/container.ts'

/** The time in milliseconds without a sample after which a container's usage is unknown. */
const SAMPLE_TIMEOUT = 2000

/** An event of a container. */
interface ContainerEvent {
  /** `create`, `start`, `die` and others. */
  readonly Action?: string
  readonly Actor?: { readonly ID?: string }
}

/** A container whose samples are being read. */
interface Watched {
  usage: Usage
  failure: unknown
}

/** The current resource usage of containers, updated by the daemon's samples. */
export class StatsFeed {
  readonly #containers: ContainerApi
  readonly #isStreaming: boolean
  readonly #watched = new Map<string, Watched>()
  readonly #first: Promise<void>[] = []
  readonly #reading = new Set<AbortController>()
  readonly #osType: string

  /**
   * @param isStreaming whether to read samples continuously instead of one per container
   * @param osType the daemon's operating system
   */
  constructor(containers: ContainerApi, isStreaming: boolean, osType: string) {
    this.#osType = osType
    this.#containers = containers
    this.#isStreaming = isStreaming
  }

  /** The latest usage of each container, in the order in which they were added. */
  get usages(): Usage[] {
    return [...this.#watched.values()].map(({ usage }) => usage)
  }

  /** The errors of containers, in the same order. */
  get failures(): unknown[] {
    return [...this.#watched.values()].map(({ failure }) => failure).filter((failure) => failure !== undefined)
  }

  /** Starts reading a container's samples, unless it has started already. */
  add(container: string): void {
    if (this.#watched.has(container)) return
    const watched: Watched = { usage: initialUsage(container), failure: undefined }
    this.#watched.set(container, watched)
    const first = Promise.withResolvers<void>()
    this.#first.push(first.promise)
    const fail = (error: unknown) => {
      watched.failure = error
      watched.usage = { ...watched.usage, isUnknown: true }
    }
    void this.#read(container, watched, first.resolve).catch(fail).finally(first.resolve)
  }

  /** Drops a container from the usages. */
  remove(container: string): void {
    this.#watched.delete(container)
  }

  /**
   * Watches the containers that match the filters, including those that are created later.
   * @param all whether containers that are not running are included
   * @returns a promise that rejects when the daemon's event stream ends
   */
  async addAll(all: boolean, filters: Filters): Promise<{ readonly end: Promise<never> }> {
    const listening = Promise.withResolvers<void>()
    const end = this.#follow(all, filters, listening.resolve)
    // The caller awaits the promise later. Here a failure only ends the wait.
    end.catch(listening.resolve)
    // The event stream must be open before the list is requested, so that no container is missed.
    await listening.promise
    for (const { Id = '' } of await this.#containers.list({ all, size: false, filters })) this.add(shortId(Id))
    return { end }
  }

  /** Cancels all reads. */
  close(): void {
    for (const reading of this.#reading) reading.abort()
  }

  /** Waits until each container has a sample or an error. */
  async settled(): Promise<void> {
    await Promise.all(this.#first)
  }

  async #follow(all: boolean, filters: Filters, listening: () => void): Promise<never> {
    await this.#readCancellably(async (signal) => {
      const events = await this.#containers.events(signal)
      listening()
      for await (const { Action, Actor } of readJsonStream<ContainerEvent>(events, EVENT)) {
        const container = shortId(Actor?.ID ?? '')
        if (Action === 'start' || (all && Action === 'create')) {
          if (await this.#isMatching(Actor?.ID ?? '', filters, signal)) this.add(container)
        } else if (Action === 'die' && !all) this.remove(container)
      }
    })
    throw new Error('EOF')
  }

  /** Whether a container matches the filters, which the daemon finds out by listing it. */
  async #isMatching(id: string, filters: Filters, signal: AbortSignal): Promise<boolean> {
    if (Object.keys(filters).length === 0) return true
    // Several ids are alternatives, so the id cannot be added to a typed one.
    const narrowed = filters.id === undefined ? withFilter(filters, 'id', id) : filters
    const listed = await this.#containers.list({ all: true, size: false, filters: narrowed, signal })
    return listed.some(({ Id }) => Id === id)
  }

  async #read(container: string, watched: Watched, onSample: () => void): Promise<void> {
    const expire = () => {
      watched.failure = new Error('timeout waiting for stats')
      watched.usage = { ...initialUsage(container), name: watched.usage.name, id: watched.usage.id, isUnknown: true }
      onSample()
    }
    let timer: NodeJS.Timeout | undefined
    const isDone = await this.#readCancellably(async (signal) => {
      const samples = await this.#containers.stats(container, this.#isStreaming, signal)
      timer = setTimeout(expire, SAMPLE_TIMEOUT)
      for await (const sample of readJsonStream<StatsSample>(samples, STATS_SAMPLE)) {
        clearTimeout(timer)
        watched.usage = computeUsage(container, sample, this.#osType)
        watched.failure = undefined
        onSample()
        if (!this.#isStreaming) return true
        timer = setTimeout(expire, SAMPLE_TIMEOUT)
      }
      return false
    }).finally(() => clearTimeout(timer))
    if (!isDone) throw new Error('EOF')
  }

  /** Reads a response that `close` can cancel. */
  async #readCancellably<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const reading = new AbortController()
    this.#reading.add(reading)
    try {
      return await read(reading.signal)
    } finally {
      this.#reading.delete(reading)
    }
  }
}

/** Shortens an id. docker identifies containers by short ids here. */
function shortId(id: string): string {
  return id.slice(0, 12)
}
