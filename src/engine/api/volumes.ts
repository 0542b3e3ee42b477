import type { Filters } from '../../domain/filter.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import type { VolumeCreateBody, VolumeSummary } from '../../domain/volume/volume.ts'
import { type Connection, pathSegment } from '../connection.ts'
import { prune } from './prune.ts'
import { asList, asObject, nonEmpty } from './shape.ts'

interface PruneResponse {
  readonly VolumesDeleted?: readonly string[] | null
  readonly SpaceReclaimed?: number
}

/** What a swarm is to do with its volume; what there is beside the availability is sent back as it came. */
export type ClusterVolumeSpec = Readonly<Record<string, unknown>>

/** A swarm's side of a volume. */
export interface ClusterVolume {
  readonly ID?: string
  readonly Version?: { readonly Index?: number }
  readonly Spec?: ClusterVolumeSpec
}

interface VolumeDetails {
  /** Absent for all but a swarm's. */
  readonly ClusterVolume?: ClusterVolume | null
}

/** `/volumes` of the Engine API. All methods throw EngineError and ConnectionError. */
export class VolumeApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @param signal gives up asking */
  async list(filters: Filters, signal?: AbortSignal): Promise<VolumeSummary[]> {
    const docker = await this.#connection.docker()
    const asked = { _query: { filters: nonEmpty(filters) }, ...(signal ? { abortSignal: signal } : {}) }
    const response = asObject(await docker.listVolumes(asked), 'volume.ListResponse')
    return asList(response.Volumes ?? null, 'volume.Volume')
  }

  /** @returns the name; empty where the daemon does not say */
  async create(body: VolumeCreateBody): Promise<string> {
    const response = await this.#connection.json<VolumeSummary | null>({
      method: 'POST',
      path: '/volumes/create',
      body,
    })
    return response === null ? '' : (asObject(response, 'volume.Volume').Name ?? '')
  }

  async inspect(name: string): Promise<VolumeDetails> {
    const path = `/volumes/${pathSegment('volume', name)}`
    return asObject(await this.#connection.json<VolumeDetails>({ method: 'GET', path }), 'volume.Volume')
  }

  /** Changes a swarm's volume, if nobody has changed it since it was looked at. */
  async update({ ID = '', Version }: ClusterVolume, spec: ClusterVolumeSpec): Promise<void> {
    const path = `/volumes/${pathSegment('volume', ID)}`
    const query = { version: Version?.Index ?? 0 }
    // docker-modem sends no JSON with a PUT.
    const upload = Buffer.from(JSON.stringify({ Spec: spec }))
    await this.#connection.text({ method: 'PUT', path, query, upload, headers: { 'Content-Type': 'application/json' } })
  }

  async remove(name: string, force: boolean): Promise<void> {
    const path = `/volumes/${pathSegment('volume', name)}`
    await this.#connection.text({ method: 'DELETE', path, query: { force: force ? 1 : undefined } })
  }

  /** Removes those that no container uses; without the filter `all`, only those that nobody named. */
  async prune(filters: Filters): Promise<PruneReport> {
    const response = await prune<PruneResponse>(
      this.#connection,
      '/volumes/prune',
      { filters: nonEmpty(filters) },
      { goType: 'volume.PruneReport', prefix: 'Error retrieving volume prune report' },
    )
    return { removed: response.VolumesDeleted ?? [], reclaimed: response.SpaceReclaimed ?? 0 }
  }
}
