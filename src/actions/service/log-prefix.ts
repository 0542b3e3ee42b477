import type { Cli } from '../../cli/cli.ts'
import type { LogOrigin } from '../../domain/service/log.ts'
import { truncateId } from '../../format/text/truncate.ts'
import { type SwarmNames, swarmNames } from '../swarm/names.ts'

export interface PrefixOptions {
  /** Whether ids stay ids. */
  readonly isUnresolved: boolean
  readonly hasTaskIds: boolean
  readonly isTruncated: boolean
  /** The digits of the highest slot: prefixes are filled up to it. */
  readonly slotWidth: number
}

/** What stands before the lines of a service's log: `NAME.SLOT.ID@NODE`, asked for once a task. */
export class LogPrefixes {
  readonly #engine: Cli['engine']
  readonly #options: PrefixOptions
  readonly #names: SwarmNames
  readonly #prefixes = new Map<string, Promise<string>>()

  constructor(cli: Pick<Cli, 'engine'>, options: PrefixOptions) {
    this.#engine = cli.engine
    this.#options = options
    this.#names = swarmNames(cli, options.isUnresolved)
  }

  /** @throws EngineError where there is no such task any more */
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
