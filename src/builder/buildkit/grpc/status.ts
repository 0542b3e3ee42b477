/** gRPC's status codes, as far as they mean something here. */
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

/** A call that failed, in the words of the side that failed it. */
export class GrpcError extends Error {
  override name = 'GrpcError'
  readonly code: number
  /** A `google.rpc.Status` with more about it; empty when there is none. */
  readonly details: Uint8Array

  constructor(code: number, message: string, details: Uint8Array = new Uint8Array()) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** The codes' names, by code. */
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

/** An error as docker shows it: `NotFound: …`, or the message alone. */
export function printableText({ code, message }: GrpcError): string {
  // What is unknown has nothing to add to its message.
  const isNamed = code !== GRPC_CODE.unknown && code < NAMES.length
  return isNamed ? `${NAMES[code]}: ${message}` : message
}

/** gRPC's name for a code. */
export function nameOfCode(code: number): string {
  return NAMES[code] ?? `Code(${code})`
}

/** gRPC's percent-encoding of messages: what is not printable ASCII, by UTF-8 bytes. */
export function encodeGrpcMessage(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}

export function decodeGrpcMessage(text: string): string {
  const bytes: number[] = []
  for (const [piece] of text.matchAll(/%[0-9a-fA-F]{2}|./gsu)) {
    if (piece.length === 3 && piece.startsWith('%')) bytes.push(Number.parseInt(piece.slice(1), 16))
    else bytes.push(...Buffer.from(piece))
  }
  return Buffer.from(bytes).toString('utf8')
}
