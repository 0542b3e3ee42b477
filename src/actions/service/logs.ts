/** Reads the logs of services, and adds the origin of each line. */
import type { Cli } from '../../cli/cli.ts'
import { encodeFrame, WholeFrameReader } from '../../domain/container/frames.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { type LogOrigin, parseServiceLogLine } from '../../domain/service/log.ts'
import type { ServiceApi } from '../../engine/api/services.ts'
import { truncateId } from '../../format/text/truncate.ts'
import { createIdResolver, type IdResolver } from '../swarm/id-resolver.ts'

/** The service or task whose log is read. */
export interface LogSource {
  readonly kind: 'service' | 'task'
  /** Whether its containers have a terminal. Their output has no frames, so that lines cannot get a prefix. */
  readonly isTerminal: boolean
  /** The number of digits of the highest slot. */
  readonly slotWidth: number
}

/** Finds a service or a task by name. @throws EngineError, ExitStatus with docker's message if there is neither */
export async function findLogSource(name: string, services: ServiceApi): Promise<LogSource> {
  try {
    const { Spec } = await services.inspect(name)
    const replicas = Spec?.Mode?.Replicated?.Replicas
    const isTerminal = Spec?.TaskTemplate?.ContainerSpec?.TTY === true
    return { kind: 'service', isTerminal, slotWidth: typeof replicas === 'number' ? String(replicas).length : 1 }
  } catch (error) {
    if (!(error instanceof EngineError && error.isNotFound)) throw error
  }
  try {
    const { Slot = 0, Spec } = await services.task(name)
    return { kind: 'task', isTerminal: Spec?.ContainerSpec?.TTY === true, slotWidth: String(Slot).length }
  } catch (error) {
    if (!(error instanceof EngineError && error.isNotFound)) throw error
    throw new ExitStatus(1, `no such task or service: ${name}`)
  }
}

/** What is shown before the message of each line. */
interface LineOptions {
  readonly timestamps: boolean
  readonly details: boolean
}

/**
 * Adds the origin to each line of a service's log. The body is a multiplexed stream with one line in each frame, and so is
 * the result.
 * @throws Error with docker's message for a line without an origin, EngineError
 */
export async function* withPrefixes(
  body: AsyncIterable<Uint8Array>,
  { timestamps, details }: LineOptions,
  prefixes: LogPrefixes,
): AsyncGenerator<Uint8Array> {
  const frames = new WholeFrameReader()
  for await (const chunk of body) {
    for (const { stream, bytes } of frames.read(chunk)) {
      const { timestamp, origin, message } = parseServiceLogLine(bytes, timestamps)
      const prefix = `${timestamps ? `${timestamp} ` : ''}${await prefixes.of(origin)}    | `
      const labels = details ? `${origin.details.join(',')} ` : ''
      yield encodeFrame(stream, [new TextEncoder().encode(prefix + labels), message])
    }
  }
}

export interface PrefixOptions {
  /** Whether ids are not replaced by names. */
  readonly isUnresolved: boolean
  readonly hasTaskIds: boolean
  readonly isTruncated: boolean
  /** The number of digits of the highest slot; prefixes are padded to it. */
  readonly slotWidth: number
}

/** The prefixes of a service's log lines: `NAME.SLOT.ID@NODE`. Each task is requested once. */
export class LogPrefixes {
  readonly #engine: Cli['engine']
  readonly #options: PrefixOptions
  readonly #names: IdResolver
  readonly #prefixes = new Map<string, Promise<string>>()

  constructor(cli: Pick<Cli, 'engine'>, options: PrefixOptions) {
    this.#engine = cli.engine
    this.#options = options
    this.#names = createIdResolver(cli, options.isUnresolved)
  }

  /** Returns the prefix for an origin. @throws EngineError if the task no longer exists */
  of({ nodeId, serviceId, taskId }: LogOrigin): Promise<string> {
    const key = `${nodeId} ${serviceId} ${taskId}`
    const prefix = this.#prefixes.get(key) ?? this.#compose(nodeId, serviceId, taskId)
    this.#prefixes.set(key, prefix)
    return prefix
  }

  async #compose(nodeId: string, serviceId: string, taskId: string): Promise<string> {
    const { hasTaskIds, isTruncated, slotWidth } = this.#options
    const node = await this.#names.node(nodeId)
    const service = await this.#names.service(serviceId)
    const { ID = '', Slot = 0 } = await this.#engine.services.task(taskId)
    const id = hasTaskIds ? `.${isTruncated ? truncateId(ID) : ID}` : ''
    return `${service}.${Slot}${id}@${node}${' '.repeat(Math.max(slotWidth - String(Slot).length, 0))}`
  }
}
