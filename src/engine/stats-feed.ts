import type { IncomingMessage } from 'node:http'
import { type StatsSample, type Usage, unknownUsage, usageOf } from '../domain/stats.ts'
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
  readonly #open = new Set<IncomingMessage>()
  #osType = ''

  /** @param isStreaming whether samples are to keep coming, and not just one for each container */
  constructor(containers: ContainerApi, isStreaming: boolean) {
    this.#containers = containers
    this.#isStreaming = isStreaming
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

  /**
   * Watches all containers there are, and those to come.
   * @param all whether those that do not run count too
   * @returns what fails when the daemon no longer tells what begins and ends
   */
  async addAll(all: boolean): Promise<{ readonly end: Promise<never> }> {
    const events = this.#containers.events().then((response) => this.#opened(response))
    // Whoever watches looks for failures later; the list must not miss what begins after it.
    const opened = await events.catch(() => undefined)
    const end = opened === undefined ? events.then(() => neverEnding) : this.#follow(opened, all)
    end.catch(() => {})
    for (const { Id = '' } of await this.#containers.list({ all, size: false, filters: {} })) this.add(shortened(Id))
    return { end }
  }

  /** Lets go of what is still being read. */
  close(): void {
    for (const response of this.#open) response.destroy()
  }

  /** Waits until something is known of every container, or that nothing will be. */
  async settled(): Promise<void> {
    await Promise.all(this.#first)
  }

  async #follow(response: IncomingMessage, all: boolean): Promise<never> {
    for await (const { Action, Actor } of readJsonStream<ContainerEvent>(response)) {
      const container = shortened(Actor?.ID ?? '')
      if (Action === 'start' || (all && Action === 'create')) this.add(container)
      else if (Action === 'die' && !all) this.remove(container)
    }
    throw new Error('EOF')
  }

  #opened(response: IncomingMessage): IncomingMessage {
    this.#open.add(response)
    return response
  }

  async #read(container: string, watched: Watched, heard: () => void): Promise<void> {
    const response = this.#opened(await this.#containers.stats(container, this.#isStreaming))
    // docker looks here and not at the Ostype header.
    this.#osType ||= /^Docker\/.+\s\((.+)\)$/.exec(String(response.headers.server ?? ''))?.[1] ?? ''
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

const neverEnding = new Promise<never>(() => {})

/** docker watches containers by the ids that it shows. */
function shortened(id: string): string {
  return id.slice(0, 12)
}
