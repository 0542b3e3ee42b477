import { randomBytes } from 'node:crypto'
import { messageOf } from '../../domain/errors.ts'
import { type JsonMessage, OperationError } from '../../domain/image/json-message.ts'
import { authKey, parseReference, repositoryName, withDefaultTag } from '../../domain/image/reference.ts'
import { encodeRegistryAuth, type RegistryAuth } from '../../domain/registry/registry.ts'
import { ImageApi } from '../../engine/api/images.ts'
import type { Connection } from '../../engine/connection.ts'
import { sha256 } from '../../files/sha256.ts'
import type { BuildStatus, Vertex, VertexStatus } from '../progress/build-status.ts'

export interface PushOptions {
  readonly connection: Connection
  readonly credentials: (server: string) => Promise<RegistryAuth>
  readonly onStatus: (status: BuildStatus) => void
  readonly now: () => Date
  readonly signal: AbortSignal
}

/**
 * Pushes an image of the engine's own store, which BuildKit cannot push itself. Like docker it displays the push as a
 * step of the build.
 * @param name the name as typed
 * @throws EngineError ConnectionError OperationError
 */
export async function pushImage(name: string, options: PushOptions): Promise<void> {
  const { onStatus } = options
  const nanos = () => BigInt(options.now().getTime()) * 1_000_000n
  const digest = `sha256:${sha256(randomBytes(16))}`
  const step = { digest, inputs: [], name: `pushing ${name} with docker`, isCached: false, started: nanos(), error: '' }
  const report = (vertex: Vertex) => onStatus({ ...NOTHING, vertexes: [vertex] })
  report(step)
  try {
    const layers = new Map<string, VertexStatus>()
    for await (const message of await startPush(name, options)) {
      const layer = readLayer(message, layers, digest, nanos())
      if (layer) onStatus({ ...NOTHING, statuses: [layer] })
      const reason = message.errorDetail?.message ?? message.error
      if (reason !== undefined) throw new OperationError(reason, 0)
    }
    report({ ...step, completed: nanos() })
  } catch (error) {
    const reason = options.signal.aborted ? new Error('context canceled') : error
    report({ ...step, completed: nanos(), error: messageOf(reason) })
    throw reason
  }
}

/**
 * Fetches the digest of an image from its registry; empty when the engine does not know one.
 * @throws EngineError ConnectionError
 */
export async function fetchRemoteDigest(
  name: string,
  { connection, credentials, signal }: PushOptions,
): Promise<string> {
  const image = await connection.json<{ RepoDigests?: readonly string[] }>({
    method: 'GET',
    path: `/images/${name}/json`,
    signal,
  })
  if ((image.RepoDigests ?? []).length === 0) return ''
  const remote = await connection.json<{ Descriptor?: { digest?: string } }>({
    method: 'GET',
    path: `/distribution/${name}/json`,
    headers: { 'X-Registry-Auth': encodeRegistryAuth(await credentials(authKey(parseReference(name)))) },
    signal,
  })
  return remote.Descriptor?.digest ?? ''
}

const NOTHING: BuildStatus = { vertexes: [], statuses: [], logs: [], warnings: [] }

async function startPush(
  name: string,
  { connection, credentials, signal }: PushOptions,
): Promise<AsyncIterable<JsonMessage>> {
  const reference = withDefaultTag(parseReference(name))
  return new ImageApi(connection).push({
    repository: repositoryName(reference),
    tag: reference.tag ?? '',
    platform: undefined,
    auth: encodeRegistryAuth(await credentials(authKey(reference))),
    signal,
  })
}

/** Returns the status of a layer that is being sent or has been sent; undefined for one that is only announced. */
function readLayer(
  { id = '', status = '', progressDetail }: JsonMessage,
  layers: Map<string, VertexStatus>,
  vertex: string,
  now: bigint,
): VertexStatus | undefined {
  const hasProgress = progressDetail !== undefined && Object.keys(progressDetail).length > 0
  const isPushed = status === 'Pushed'
  const previous = layers.get(id)
  if (id === '' || (previous === undefined && !hasProgress && !isPushed)) return undefined
  const before = previous ?? { id: `pushing layer ${id}`, vertex, name: '', current: 0, total: 0, started: now }
  const { current = before.current, total = before.total } = progressDetail ?? {}
  const layer = { ...before, timestamp: now, total, current: isPushed ? total : current }
  layers.set(id, layer)
  return isPushed ? { ...layer, completed: now } : layer
}
