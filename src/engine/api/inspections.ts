import type { ContainerInspection, ImageInspection } from '../../domain/container/inspected/inspection.ts'
import { type Connection, pathSegment } from '../connection.ts'
import { asObject } from './shape.ts'
import { CONTAINER_CONFIGURATION, IMAGE_CONFIGURATION } from './shapes/inspection.ts'

/**
 * Reads the whole configuration of objects, which is sent back to create others. All methods throw EngineError and
 * ConnectionError.
 */
export class InspectionApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async container(nameOrId: string): Promise<ContainerInspection> {
    const path = `/containers/${pathSegment('container', nameOrId)}/json`
    return asObject(
      await this.#connection.exactJson<ContainerInspection>({ method: 'GET', path }),
      CONTAINER_CONFIGURATION,
    )
  }

  async image(nameOrId: string): Promise<ImageInspection> {
    const path = `/images/${pathSegment('image', nameOrId)}/json`
    return asObject(await this.#connection.exactJson<ImageInspection>({ method: 'GET', path }), IMAGE_CONFIGURATION)
  }
}
