import type { Connection } from '../../../engine/connection.ts'
import { upgradeToHttp2 } from '../common/upgrade.ts'
import { GrpcClient } from '../grpc/client.ts'

/**
 * Opens a gRPC client for the services of the daemon's BuildKit, on a hijacked `POST /grpc`.
 * @throws EngineError ConnectionError
 */
export async function openControlClient(connection: Connection, signal: AbortSignal): Promise<GrpcClient> {
  const socket = await upgradeToHttp2(connection, { path: '/grpc' }, signal)
  return new GrpcClient(socket, 'error reading from server: EOF')
}
