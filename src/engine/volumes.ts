import type { Filters } from '../domain/filter.ts'
import type { NewVolume, VolumeSummary } from '../domain/volume-summary.ts'
import { type Connection, pathSegment } from './connection.ts'
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

  /** @returns the volume's name, which the daemon makes up where none is given */
  async create(volume: NewVolume): Promise<string> {
    const answer = await this.#connection.json<VolumeSummary>({ method: 'POST', path: '/volumes/create', body: volume })
    return asObject(answer, 'volume.Volume').Name ?? ''
  }

  async remove(name: string, force: boolean): Promise<void> {
    const path = `/volumes/${pathSegment('volume', name)}`
    await this.#connection.text({ method: 'DELETE', path, query: { force: force ? 1 : undefined } })
  }
}
