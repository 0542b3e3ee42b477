import { GRPC_CODE, GrpcError, nameOfCode } from '../grpc/status.ts'

/**
 * Why a store's call is refused. BuildKit's own sessions write the code into the text as well, and the daemon hands the
 * text on to people.
 */
export function refusal(code: keyof typeof GRPC_CODE, reason: string): GrpcError {
  const number = GRPC_CODE[code]
  return new GrpcError(number, `rpc error: code = ${nameOfCode(number)} desc = ${reason}`)
}
