import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { EngineError } from '../../domain/errors.ts'
import type { Connection } from '../../engine/connection.ts'
import { NoBuildKitError } from '../builder.ts'
import { newBuildRef } from './common/ids.ts'
import type { BuilderFacts } from './common/solve-request.ts'
import { upgradeToHttp2 } from './common/upgrade.ts'
import { ListWorkersRequestSchema, ListWorkersResponseSchema, SolveRequestSchema } from './gen/moby/control_pb.ts'
import { PingRequestSchema, PongResponseSchema, ReturnRequestSchema } from './gen/moby/gateway_pb.ts'
import { type CallOptions, GrpcClient } from './grpc/client.ts'
import { GrpcError } from './grpc/status.ts'

const SERVICE = '/moby.buildkit.v1.Control'
const GATEWAY = '/moby.buildkit.v1.frontend.LLBBridge'
const SNAPSHOTTER = 'org.mobyproject.buildkit.worker.snapshotter'
const HOST_GATEWAY = 'org.mobyproject.buildkit.worker.moby.host-gateway-ip'
const MANY_EXPORTERS = 'exporter.multiple'

/**
 * Asks the engine's BuildKit what it can do.
 * @param wantsExporters whether it must be known how many exporters it takes
 * @throws NoBuildKitError where the engine knows no such thing; EngineError ConnectionError GrpcError
 */
export async function askBuilder(
  connection: Connection,
  wantsExporters: boolean,
  signal: AbortSignal,
): Promise<BuilderFacts> {
  const socket = await open(connection, signal)
  const client = new GrpcClient(socket, 'error reading from server: EOF')
  try {
    const request = toBinary(ListWorkersRequestSchema, create(ListWorkersRequestSchema))
    const response = await client.call(`${SERVICE}/ListWorkers`, request, { signal })
    const workers = fromBinary(ListWorkersResponseSchema, response).record
    const labels = Object.fromEntries(workers.flatMap(({ Labels }) => Object.entries(Labels)))
    return {
      hasContainerdStore: SNAPSHOTTER in labels,
      hostGateway: labels[HOST_GATEWAY],
      takesManyExporters: wantsExporters && (await hasCapability(client, MANY_EXPORTERS, signal)),
    }
  } finally {
    client.close()
  }
}

async function open(connection: Connection, signal: AbortSignal) {
  try {
    return await upgradeToHttp2(connection, { path: '/grpc' }, signal)
  } catch (error) {
    const isUnknown = error instanceof EngineError && [404, 405, 501].includes(error.statusCode)
    throw isUnknown ? new NoBuildKitError(error.message) : error
  }
}

/**
 * What a daemon's BuildKit can do, it tells within a build alone: one is begun that builds nothing. Its version would
 * not do, since engines do not know which BuildKit they contain.
 */
async function hasCapability(client: GrpcClient, capability: string, signal: AbortSignal): Promise<boolean> {
  const ref = newBuildRef()
  const begin = toBinary(SolveRequestSchema, create(SolveRequestSchema, { Ref: ref, Internal: true }))
  // Engines crash when a build ends without a result, so there is an empty one.
  const end = toBinary(ReturnRequestSchema, create(ReturnRequestSchema, { result: {} }))
  const metadata: CallOptions = { metadata: [['buildkit-controlapi-buildid', ref]], signal }
  const ended = client.call(`${SERVICE}/Solve`, begin, { signal }).catch(() => undefined)
  try {
    const response = await client.call(
      `${GATEWAY}/Ping`,
      toBinary(PingRequestSchema, create(PingRequestSchema)),
      metadata,
    )
    await client.call(`${GATEWAY}/Return`, end, metadata)
    await ended
    return fromBinary(PongResponseSchema, response).LLBCaps.some(({ ID, Enabled }) => ID === capability && Enabled)
  } catch (error) {
    if (error instanceof GrpcError) return false
    throw error
  }
}
