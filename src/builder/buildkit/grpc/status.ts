/** The gRPC status codes that the client uses. */
export const GRPC_CODE = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const

/** The error of a failed call, with the code and message that are sent or were received. */
export class GrpcError extends Error {
  override name = 'GrpcError'
  readonly code: number
  /** An encoded `google.rpc.Status` with details; empty when there is none. */
  readonly details: Uint8Array

  constructor(code: number, message: string, details: Uint8Array = new Uint8Array()) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** The names of the status codes. */
const NAMES = [
  ...[
    'OK',
    'Canceled',
    'Unknown',
    'InvalidArgument',
    'DeadlineExceeded',
    'NotFound',
    'AlreadyExists',
    'PermissionDenied',
  ],
  ...['ResourceExhausted', 'FailedPrecondition', 'Aborted', 'OutOfRange', 'Unimplemented', 'Internal', 'Unavailable'],
  ...['DataLoss', 'Unauthenticated'],
]

/** Formats an error as docker prints it: `NotFound: …`, or only the message. */
export function formatGrpcError({ code, message }: GrpcError): string {
  // docker does not print the name of the code `Unknown`.
  const isNamed = code !== GRPC_CODE.unknown && code < NAMES.length
  return isNamed ? `${NAMES[code]}: ${message}` : message
}

/** Returns gRPC's name for a status code. */
export function nameOfCode(code: number): string {
  return NAMES[code] ?? `Code(${code})`
}

/** Encodes a message for the header `grpc-message`: bytes that are not printable ASCII are percent-encoded. */
export function encodeGrpcMessage(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}

/** Decodes the header `grpc-message`. */
export function decodeGrpcMessage(text: string): string {
  const bytes: number[] = []
  for (const [piece] of text.matchAll(/%[0-9a-fA-F]{2}|./gsu)) {
    if (piece.length === 3 && piece.startsWith('%')) bytes.push(Number.parseInt(piece.slice(1), 16))
    else bytes.push(...Buffer.from(piece))
  }
  return Buffer.from(bytes).toString('utf8')
}
