import { GRPC_CODE, GrpcError, nameOfCode } from '../grpc/status.ts'

/**
 * Creates the error of a refused call to a store. Like BuildKit's own sessions it has the code in its text too, which
 * the daemon shows to users.
 */
export function createRefusal(code: keyof typeof GRPC_CODE, reason: string): GrpcError {
  const number = GRPC_CODE[code]
  return new GrpcError(number, `rpc error: code = ${nameOfCode(number)} desc = ${reason}`)
}
