/** HTTP/2's error codes by number (RFC 9113, section 7). */
const NAMES = [
  ...['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT', 'STREAM_CLOSED'],
  ...['FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR', 'CONNECT_ERROR', 'ENHANCE_YOUR_CALM'],
  ...['INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'],
]

/** The error of a stream that the peer reset, with gRPC's text. */
export class ResetError extends Error {
  override name = 'ResetError'
  /** The HTTP/2 error code. */
  readonly code: number

  constructor(code: number) {
    super(`stream terminated by RST_STREAM with error code: ${NAMES[code] ?? code}`)
    this.code = code
  }
}
