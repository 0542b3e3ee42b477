/** The frame types of HTTP/2 that gRPC needs (RFC 9113, section 6). */
export const FRAME = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

/** The flags of frames; `endStream` and `ack` have the same bit. */
export const FLAG = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const

/** The identifiers of settings. */
export const SETTING = { enablePush: 2, initialWindowSize: 4, maxFrameSize: 5 } as const

/** The error codes of streams and connections. */
export const ERROR_CODE = { none: 0, protocol: 1, internal: 2, refused: 7, cancel: 8 } as const

/** The connection preface, which a client sends first. */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

/** The length of a frame header in bytes: length, type, flags, stream id. */
export const FRAME_HEADER_LENGTH = 9
/** The initial flow control window and the maximum length of a payload, both in bytes, until settings change them. */
export const DEFAULT_WINDOW = 65_535
export const DEFAULT_FRAME_LENGTH = 16_384

export interface Frame {
  readonly type: number
  readonly flags: number
  readonly streamId: number
  readonly payload: Buffer
}

/** Writes a frame header into a buffer. @param length the length of the payload in bytes */
export function writeFrameHeader(
  target: Buffer,
  offset: number,
  { length, type, flags, streamId }: { length: number; type: number; flags: number; streamId: number },
): void {
  target.writeUIntBE(length, offset, 3)
  target[offset + 3] = type
  target[offset + 4] = flags
  target.writeUInt32BE(streamId, offset + 5)
}

/** Encodes a frame with its header. */
export function encodeFrame({ type, flags, streamId, payload }: Frame): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_LENGTH + payload.length)
  writeFrameHeader(frame, 0, { length: payload.length, type, flags, streamId })
  payload.copy(frame, FRAME_HEADER_LENGTH)
  return frame
}

/** Encodes a payload that is one 32-bit number. */
export function encodeUint32(value: number): Buffer {
  const payload = Buffer.allocUnsafe(4)
  payload.writeUInt32BE(value)
  return payload
}

/** Encodes the payload of a SETTINGS frame. */
export function encodeSettings(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.allocUnsafe(settings.length * 6)
  settings.forEach(([id, value], index) => {
    payload.writeUInt16BE(id, index * 6)
    payload.writeUInt32BE(value, index * 6 + 2)
  })
  return payload
}

/** Decodes the payload of a SETTINGS frame. An incomplete setting at the end is ignored. */
export function* decodeSettings(payload: Buffer): Generator<readonly [id: number, value: number]> {
  for (let at = 0; at + 6 <= payload.length; at += 6) yield [payload.readUInt16BE(at), payload.readUInt32BE(at + 2)]
}

/** Returns the payload of a frame without padding and priority. @throws Error when there is not enough of it */
export function stripPayload({ flags, payload }: Frame): Buffer {
  const isPadded = (flags & FLAG.padded) !== 0
  const start = (isPadded ? 1 : 0) + ((flags & FLAG.priority) !== 0 ? 5 : 0)
  const end = payload.length - (isPadded ? (payload[0] ?? 0) : 0)
  if (end < start) throw new Error('the padding of a frame is too long')
  return payload.subarray(start, end)
}

/** Splits received bytes into frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)

  /** Reads a chunk and passes on the complete frames. @throws Error when a frame exceeds the maximum length */
  read(chunk: Buffer, take: (frame: Frame) => void): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (at + FRAME_HEADER_LENGTH <= bytes.length) {
      const length = bytes.readUIntBE(at, 3)
      if (length > DEFAULT_FRAME_LENGTH) throw new Error(`a frame of ${length} bytes is too long`)
      const start = at + FRAME_HEADER_LENGTH
      if (start + length > bytes.length) break
      take({
        type: bytes[at + 3] ?? 0,
        flags: bytes[at + 4] ?? 0,
        streamId: bytes.readUInt32BE(at + 5) & 0x7fff_ffff,
        payload: bytes.subarray(start, start + length),
      })
      at = start + length
    }
    this.#rest = bytes.subarray(at)
  }
}
