import { type StatsSample, type Usage, unknownUsage, usageOf } from '../domain/stats.ts'
import type { ContainerApi } from './containers.ts'
import { readJsonStream } from './json-stream.ts'

/** How long a container may say nothing before what it said is out of date. */
const SILENCE_MS = 2000

/** One container whose samples are being read. */
interface Watched {
  usage: Usage
  failure: unknown
}

/** What containers use, kept up to date by the daemon's samples. */
export class StatsFeed {
  readonly #containers: ContainerApi
  readonly #isStreaming: boolean
  readonly #signal: AbortSignal
  readonly #watched = new Map<string, Watched>()
  readonly #first: Promise<void>[] = []
  #osType = ''

  /** @param isStreaming whether samples are to keep coming, and not just one for each container */
  constructor(containers: ContainerApi, isStreaming: boolean, signal: AbortSignal) {
    this.#containers = containers
    this.#isStreaming = isStreaming
    this.#signal = signal
  }

  /** The daemon's operating system, once a container's samples have begun; empty before. */
  get osType(): string {
    return this.#osType
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
    const watched: Watched = { usage: unknownUsage(container), failure: undefined }
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

  /** Waits until something is known of every container, or that nothing will be. */
  async settled(): Promise<void> {
    await Promise.all(this.#first)
  }

  async #read(container: string, watched: Watched, heard: () => void): Promise<void> {
    const response = await this.#containers.stats(container, this.#isStreaming, this.#signal)
    this.#osType ||= response.headers.ostype?.toString() ?? ''
    const expire = () => {
      watched.failure = new Error('timeout waiting for stats')
      watched.usage = { ...unknownUsage(container), name: watched.usage.name, id: watched.usage.id, isUnknown: true }
      heard()
    }
    let timer = setTimeout(expire, SILENCE_MS)
    try {
      for await (const sample of readJsonStream<StatsSample>(response)) {
        clearTimeout(timer)
        watched.usage = usageOf(container, sample, this.#osType)
        watched.failure = undefined
        heard()
        if (!this.#isStreaming) return
        timer = setTimeout(expire, SILENCE_MS)
      }
    } finally {
      clearTimeout(timer)
    }
    throw new Error('EOF')
  }
}
