import { computeUsage, initialUsage, type StatsSample, type Usage } from '../../domain/container/stats.ts'
import type { ContainerApi } from './containers.ts'
import { readJsonStream } from './json-stream.ts'

/** How long a container may say nothing before what it said is out of date. */
const SILENCE_MS = 2000

/** Something that happened to a container. */
interface ContainerEvent {
  /** `create`, `start`, `die` and others. */
  readonly Action?: string
  readonly Actor?: { readonly ID?: string }
}

/** One container whose samples are being read. */
interface Watched {
  usage: Usage
  failure: unknown
}

/** What containers use, kept up to date by the daemon's samples. */
export class StatsFeed {
  readonly #containers: ContainerApi
  readonly #isStreaming: boolean
  readonly #watched = new Map<string, Watched>()
  readonly #first: Promise<void>[] = []
  readonly #reading = new Set<AbortController>()
  readonly #osType: string

  /**
   * @param isStreaming whether samples are to keep coming, and not just one for each container
   * @param osType the daemon's operating system
   */
  constructor(containers: ContainerApi, isStreaming: boolean, osType: string) {
    this.#osType = osType
    this.#containers = containers
    this.#isStreaming = isStreaming
  }

  /** What is known now, in the order the containers were added. */
  get usages(): Usage[] {
    return [...this.#watched.values()].map(({ usage }) => usage)
  }

  /** What went wrong with containers, in that order. */
  get failures(): unknown[] {
    return [...this.#watched.values()].map(({ failure }) => failure).filter((failure) => failure !== undefined)
  }

  /** Begins to read a container's samples, unless they are being read. */
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

  remove(container: string): void {
    this.#watched.delete(container)
  }

  /**
   * Watches all containers there are, and those to come.
   * @param all whether those that do not run count too
   * @returns what fails when the daemon no longer tells what begins and ends
   */
  async addAll(all: boolean): Promise<{ readonly end: Promise<never> }> {
    const listening = Promise.withResolvers<void>()
    const end = this.#follow(all, listening.resolve)
    // Whoever watches looks for failures later.
    end.catch(listening.resolve)
    // The list must not miss what begins after it.
    await listening.promise
    for (const { Id = '' } of await this.#containers.list({ all, size: false, filters: {} })) this.add(shortened(Id))
    return { end }
  }

  /** Lets go of what is still being read. */
  close(): void {
    for (const reading of this.#reading) reading.abort()
  }

  /** Waits until something is known of every container, or that nothing will be. */
  async settled(): Promise<void> {
    await Promise.all(this.#first)
  }

  async #follow(all: boolean, listening: () => void): Promise<never> {
    await this.#whileOpen(async (signal) => {
      const events = await this.#containers.events(signal)
      listening()
      for await (const { Action, Actor } of readJsonStream<ContainerEvent>(events)) {
        const container = shortened(Actor?.ID ?? '')
        if (Action === 'start' || (all && Action === 'create')) this.add(container)
        else if (Action === 'die' && !all) this.remove(container)
      }
    })
    throw new Error('EOF')
  }

  async #read(container: string, watched: Watched, heard: () => void): Promise<void> {
    const expire = () => {
      watched.failure = new Error('timeout waiting for stats')
      watched.usage = { ...initialUsage(container), name: watched.usage.name, id: watched.usage.id, isUnknown: true }
      heard()
    }
    let timer: NodeJS.Timeout | undefined
    const hasEnough = await this.#whileOpen(async (signal) => {
      const samples = await this.#containers.stats(container, this.#isStreaming, signal)
      timer = setTimeout(expire, SILENCE_MS)
      for await (const sample of readJsonStream<StatsSample>(samples)) {
        clearTimeout(timer)
        watched.usage = computeUsage(container, sample, this.#osType)
        watched.failure = undefined
        heard()
        if (!this.#isStreaming) return true
        timer = setTimeout(expire, SILENCE_MS)
      }
      return false
    }).finally(() => clearTimeout(timer))
    if (!hasEnough) throw new Error('EOF')
  }

  /** Reads a response that `close` can break off for as long as it is being read. */
  async #whileOpen<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const reading = new AbortController()
    this.#reading.add(reading)
    try {
      return await read(reading.signal)
    } finally {
      this.#reading.delete(reading)
    }
  }
}

/** docker watches containers by the ids that it shows. */
function shortened(id: string): string {
  return id.slice(0, 12)
}
