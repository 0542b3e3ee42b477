import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { Connection } from '../../engine/connection.ts'
import { newBuildRef } from './common/ids.ts'
import type { BuilderFacts } from './common/solve-request.ts'
import { callControl, withControlClient } from './control/call.ts'
import { Control, SolveRequestSchema } from './gen/moby/control_pb.ts'
import { PingRequestSchema, PongResponseSchema, ReturnRequestSchema } from './gen/moby/gateway_pb.ts'
import type { CallOptions, GrpcClient } from './grpc/client.ts'
import { GrpcError } from './grpc/status.ts'

const SERVICE = '/moby.buildkit.v1.Control'
const GATEWAY = '/moby.buildkit.v1.frontend.LLBBridge'
const SNAPSHOTTER = 'org.mobyproject.buildkit.worker.snapshotter'
const HOST_GATEWAY = 'org.mobyproject.buildkit.worker.moby.host-gateway-ip'
const MANY_EXPORTERS = 'exporter.multiple'

/**
 * Determines the capabilities of the engine's BuildKit.
 * @param needsExporterSupport whether to determine if several exporters are supported, which takes a build of its own
 * @throws NoBuildKitError when the engine has no BuildKit; EngineError ConnectionError GrpcError
 */
export async function fetchBuilderFacts(
  connection: Connection,
  needsExporterSupport: boolean,
  signal: AbortSignal,
): Promise<BuilderFacts> {
  return withControlClient(connection, signal, async (client) => {
    const { record } = await callControl(client, Control.method.listWorkers, {}, signal)
    const labels = Object.fromEntries(record.flatMap(({ Labels }) => Object.entries(Labels)))
    return {
      hasContainerdStore: SNAPSHOTTER in labels,
      hostGateway: labels[HOST_GATEWAY],
      hasManyExporters: needsExporterSupport && (await hasCapability(client, MANY_EXPORTERS, signal)),
    }
  })
}

/**
 * Returns whether the daemon's BuildKit has a capability. It reports them only during a build, so this starts one that
 * builds nothing. The version is not enough, because engines do not report the version of their BuildKit.
 */
export async function hasCapability(client: GrpcClient, capability: string, signal: AbortSignal): Promise<boolean> {
  const ref = newBuildRef()
  const solveRequest = toBinary(SolveRequestSchema, create(SolveRequestSchema, { Ref: ref, Internal: true }))
  // Engines crash when a build ends without a result, so this sends an empty one.
  const returnRequest = toBinary(ReturnRequestSchema, create(ReturnRequestSchema, { result: {} }))
  const metadata: CallOptions = { metadata: [['buildkit-controlapi-buildid', ref]], signal }
  const solved = client.call(`${SERVICE}/Solve`, solveRequest, { signal }).catch(() => undefined)
  try {
    const response = await client.call(
      `${GATEWAY}/Ping`,
      toBinary(PingRequestSchema, create(PingRequestSchema)),
      metadata,
    )
    await client.call(`${GATEWAY}/Return`, returnRequest, metadata)
    await solved
    return fromBinary(PongResponseSchema, response).LLBCaps.some(({ ID, Enabled }) => ID === capability && Enabled)
  } catch (error) {
    if (error instanceof GrpcError) return false
    throw error
  }
}
