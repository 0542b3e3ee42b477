import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { EngineError } from '../../domain/errors.ts'
import type { Connection } from '../../engine/connection.ts'
import { NoBuildKitError } from '../builder.ts'
import {
  InfoRequestSchema,
  InfoResponseSchema,
  ListWorkersRequestSchema,
  ListWorkersResponseSchema,
} from './gen/moby/control_pb.ts'
import { GrpcClient } from './grpc/client.ts'
import { GrpcError } from './grpc/status.ts'

const SERVICE = '/moby.buildkit.v1.Control'
const SNAPSHOTTER = 'org.mobyproject.buildkit.worker.snapshotter'
const HOST_GATEWAY = 'org.mobyproject.buildkit.worker.moby.host-gateway-ip'
/** The first BuildKit that takes more than one exporter. */
const MANY_EXPORTERS = [0, 13] as const

/** What an engine's BuildKit can do, as far as a request depends on it. */
export interface BuilderFacts {
  /** Images are kept in containerd's store: several platforms, attestations, OCI archives and cache exports work. */
  readonly hasContainerdStore: boolean
  /** What `host-gateway` stands for; undefined where the engine does not say. */
  readonly hostGateway: string | undefined
  readonly takesManyExporters: boolean
}

/**
 * Asks the engine's BuildKit what it can do.
 * @param wantsVersion whether it must be known how many exporters it takes
 * @throws NoBuildKitError where the engine knows no such thing; EngineError ConnectionError GrpcError
 */
export async function askBuilder(connection: Connection, wantsVersion: boolean): Promise<BuilderFacts> {
  const socket = await open(connection)
  const client = new GrpcClient(socket, 'error reading from server: EOF')
  try {
    const request = toBinary(ListWorkersRequestSchema, create(ListWorkersRequestSchema))
    const answer = await client.call(`${SERVICE}/ListWorkers`, request, {})
    const labels = Object.assign(
      {},
      ...fromBinary(ListWorkersResponseSchema, answer).record.map(({ Labels }) => Labels),
    )
    return {
      hasContainerdStore: SNAPSHOTTER in labels,
      hostGateway: typeof labels[HOST_GATEWAY] === 'string' ? labels[HOST_GATEWAY] : undefined,
      takesManyExporters: wantsVersion && (await isAtLeast(client, MANY_EXPORTERS)),
    }
  } finally {
    client.close()
  }
}

async function open(connection: Connection) {
  try {
    return (await connection.hijack({ method: 'POST', path: '/grpc', headers: { Upgrade: 'h2c' } })).socket
  } catch (error) {
    const isUnknown = error instanceof EngineError && [404, 405, 501].includes(error.statusCode)
    throw isUnknown ? new NoBuildKitError(error.message) : error
  }
}

/** Engines before 23 do not tell BuildKit's version. */
async function isAtLeast(client: GrpcClient, [major, minor]: readonly [number, number]): Promise<boolean> {
  try {
    const answer = await client.call(`${SERVICE}/Info`, toBinary(InfoRequestSchema, create(InfoRequestSchema)), {})
    const version = fromBinary(InfoResponseSchema, answer).buildkitVersion?.version ?? ''
    const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, '').split('.').map(Number)
    return ownMajor > major || (ownMajor === major && ownMinor >= minor)
  } catch (error) {
    if (error instanceof GrpcError) return false
    throw error
  }
}
