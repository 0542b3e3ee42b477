import type { Filters } from '../domain/filter.ts'
import type { VolumeSummary } from '../domain/volume-summary.ts'
import type { Connection } from './connection.ts'
import { asList, asObject, nonEmpty } from './shape.ts'

/** `/volumes` of the Engine API. All methods throw EngineError and ConnectionError. */
export class VolumeApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list(filters: Filters): Promise<VolumeSummary[]> {
    const docker = await this.#connection.docker()
    const answer = asObject(await docker.listVolumes({ _query: { filters: nonEmpty(filters) } }), 'volume.ListResponse')
    return asList(answer.Volumes ?? null, 'volume.Volume')
  }
}
