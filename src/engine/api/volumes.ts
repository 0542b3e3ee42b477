import { type Filters, hasNegated } from '../../domain/filter.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import type { VolumeCreateBody, VolumeSummary } from '../../domain/volume/volume.ts'
import { type Connection, pathSegment } from '../connection.ts'
import { exactBody } from '../transport/exact-json.ts'
import { prune } from './prune.ts'
import { asList, asObject, nonEmpty } from './shape.ts'
import { PRUNED_VOLUMES, VOLUME, VOLUME_LIST } from './shapes/system.ts'

interface PruneResponse {
  readonly VolumesDeleted?: readonly string[] | null
  readonly SpaceReclaimed?: number
}

/** The spec of a cluster volume. Only the availability is changed; other fields are sent back unchanged. */
export type ClusterVolumeSpec = Readonly<Record<string, unknown>>

/** The swarm's data about a cluster volume. */
export interface ClusterVolume {
  readonly ID?: string
  readonly Version?: { readonly Index?: number }
  readonly Spec?: ClusterVolumeSpec
}

interface VolumeDetails {
  /** Set for cluster volumes only. */
  readonly ClusterVolume?: ClusterVolume | null
}

/** `/volumes` of the Engine API. All methods throw EngineError and ConnectionError. */
export class VolumeApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @param signal cancels the request */
  async list(filters: Filters, signal?: AbortSignal): Promise<VolumeSummary[]> {
    if (!hasNegated(filters)) return this.#list(filters, signal)
    const { listVolumesWithout } = await import('./negated-filters.ts')
    return listVolumesWithout(filters, async (part) => this.#list(part, signal))
  }

  async #list(filters: Filters, signal: AbortSignal | undefined): Promise<VolumeSummary[]> {
    const docker = await this.#connection.docker()
    const options = { _query: { filters: nonEmpty(filters) }, ...(signal ? { abortSignal: signal } : {}) }
    const response = asObject(await docker.listVolumes(options), VOLUME_LIST)
    return asList(response.Volumes ?? null, VOLUME)
  }

  /** @returns the name; empty when the daemon does not return one */
  async create(body: VolumeCreateBody): Promise<string> {
    const response = await this.#connection.json<VolumeSummary | null>({
      method: 'POST',
      path: '/volumes/create',
      body,
    })
    return response === null ? '' : (asObject(response, VOLUME).Name ?? '')
  }

  async inspect(name: string): Promise<VolumeDetails> {
    const segment = pathSegment('volume', name)
    const call = { method: 'GET', path: `/volumes/${segment}` } as const
    const volume = await this.#connection.exactJson<VolumeDetails>(call)
    return asObject(volume, VOLUME)
  }

  /** Updates a cluster volume unless it has changed since it was read. */
  async update({ ID = '', Version }: ClusterVolume, spec: ClusterVolumeSpec): Promise<void> {
    const path = `/volumes/${pathSegment('volume', ID)}`
    const query = { version: Version?.Index ?? 0 }
    // docker-modem does not send JSON with PUT.
    const upload = Buffer.from(JSON.stringify(exactBody({ Spec: spec })))
    await this.#connection.text({ method: 'PUT', path, query, upload, headers: { 'Content-Type': 'application/json' } })
  }

  async remove(name: string, force: boolean): Promise<void> {
    const path = `/volumes/${pathSegment('volume', name)}`
    await this.#connection.text({ method: 'DELETE', path, query: { force: force ? 1 : undefined } })
  }

  /** Removes unused volumes; without the filter `all`, only anonymous ones. */
  async prune(filters: Filters): Promise<PruneReport> {
    const options = { _query: { filters: nonEmpty(filters) }, _body: {} }
    const response = await prune<PruneResponse>(this.#connection, (docker) => docker.pruneVolumes(options), {
      shape: PRUNED_VOLUMES,
      prefix: 'Error retrieving volume prune report',
    })
    return { removed: response.VolumesDeleted ?? [], reclaimed: response.SpaceReclaimed ?? 0 }
  }
}
