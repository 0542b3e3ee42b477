import type { LogOrigin } from '../../domain/service-log.ts'
import type { ServiceApi } from '../../engine/services.ts'
import { shortId } from '../../format/text.ts'

export interface PrefixOptions {
  /** Whether ids stay ids. */
  readonly isUnresolved: boolean
  readonly hasTaskIds: boolean
  readonly isTruncated: boolean
  /** The digits of the highest slot: prefixes are filled up to it. */
  readonly slotWidth: number
}

/** What stands before the lines of a service's log: `NAME.SLOT.ID@NODE`. Names are asked for once. */
export class LogPrefixes {
  readonly #services: ServiceApi
  readonly #options: PrefixOptions
  readonly #prefixes = new Map<string, Promise<string>>()
  readonly #names = new Map<string, Promise<string>>()

  constructor(services: ServiceApi, options: PrefixOptions) {
    this.#services = services
    this.#options = options
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
    const node = await this.#name(nodeId, () => this.#services.nodeName(nodeId))
    const service = await this.#name(serviceId, async () => (await this.#services.inspect(serviceId)).Spec?.Name ?? '')
    const { ID = '', Slot = 0 } = await this.#services.task(taskId)
    const id = hasTaskIds ? `.${isTruncated ? shortId(ID) : ID}` : ''
    return `${service}.${Slot}${id}@${node}${' '.repeat(Math.max(slotWidth - String(Slot).length, 0))}`
  }

  /** What cannot be looked at keeps its id. */
  async #name(id: string, ask: () => Promise<string>): Promise<string> {
    if (this.#options.isUnresolved) return id
    const name = this.#names.get(id) ?? ask().catch(() => id)
    this.#names.set(id, name)
    return (await name) || id
  }
}
