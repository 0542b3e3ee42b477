import { fromBinary } from '@bufbuild/protobuf'
import { PacketSchema, type Stat as WireStat } from '../gen/fsutil/wire_pb.ts'

/** The types of packets (fsutil's `Packet.PacketType`). */
export const PACKET = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const

/** The metadata of a file. */
export interface FileStat {
  /** The relative path, with `/`, as bytes because names may not be UTF-8. */
  readonly path: Buffer
  /** Go's os.FileMode. */
  readonly mode: number
  readonly size: number
  /** Nanoseconds since 1970. */
  readonly modified: bigint
  /** The target of a symbolic link, or the path of the earlier file that this one is a hard link to. */
  readonly link: Buffer
  readonly deviceMajor: number
  readonly deviceMinor: number
}

export interface Packet {
  readonly type: number
  readonly id: number
  readonly stat?: WireStat
  readonly data: Uint8Array
}

const LENGTH_DELIMITED = 2
const LONGEST_VARINT = 10

/** Decodes a packet of the peer. */
export function decodePacket(bytes: Uint8Array): Packet {
  const { type, ID: id, stat, data } = fromBinary(PacketSchema, bytes)
  return { type, id, data, ...(stat && { stat }) }
}

/**
 * Encodes the metadata of a file. Packets are encoded by hand, because there is one per file, paths may not be UTF-8,
 * and data must not be copied. Owners are left out, because docker sends every file as root's.
 */
export function encodeStat(stat: FileStat): Buffer {
  const inner = new FieldWriter(stat.path.length + stat.link.length + 8 * (LONGEST_VARINT + 2))
  inner.bytes(1, stat.path)
  inner.number(2, stat.mode)
  inner.number(5, stat.size)
  inner.bigint(6, stat.modified)
  inner.bytes(7, stat.link)
  inner.number(8, stat.deviceMajor)
  inner.number(9, stat.deviceMinor)
  const written = inner.written()
  const outer = new FieldWriter(written.length + LONGEST_VARINT + 2)
  outer.bytes(2, written)
  return outer.written()
}

/** The packet that follows the metadata of the last file. */
export const LAST_STAT = Buffer.alloc(0)

/** Encodes a data packet without the data, which follows it. A packet of length 0 marks the end of the file. */
export function encodeDataPrefix(id: number, length: number): Buffer {
  const writer = new FieldWriter(3 * (LONGEST_VARINT + 1))
  writer.number(1, PACKET.data)
  writer.number(3, id)
  if (length > 0) writer.lengthOf(4, length)
  return writer.written()
}

/** Encodes a request for the content of a file. */
export function encodeRequest(id: number): Buffer {
  const writer = new FieldWriter(2 * (LONGEST_VARINT + 1))
  writer.number(1, PACKET.request)
  writer.number(3, id)
  return writer.written()
}

/** Encodes the packet that ends a successful transfer. */
export function encodeEnd(): Buffer {
  return Buffer.of(8, PACKET.end)
}

/** Encodes an error that ends the transfer. */
export function encodeError(message: string): Buffer {
  const data = Buffer.from(message)
  const writer = new FieldWriter(data.length + 2 * (LONGEST_VARINT + 1))
  writer.number(1, PACKET.error)
  writer.bytes(4, data)
  return writer.written()
}

/** Encodes the fields of a protobuf message. Zeros and empty values are left out. */
class FieldWriter {
  readonly #target: Buffer
  #at = 0

  constructor(capacity: number) {
    this.#target = Buffer.allocUnsafe(capacity)
  }

  number(field: number, value: number): void {
    if (value === 0) return
    this.#varint(field << 3)
    this.#varint(value)
  }

  bigint(field: number, value: bigint): void {
    if (value === 0n) return
    this.#varint(field << 3)
    let rest = BigInt.asUintN(64, value)
    for (; rest >= 0x80n; rest >>= 7n) this.#target[this.#at++] = Number(rest & 0x7fn) | 0x80
    this.#target[this.#at++] = Number(rest)
  }

  lengthOf(field: number, length: number): void {
    this.#varint((field << 3) | LENGTH_DELIMITED)
    this.#varint(length)
  }

  bytes(field: number, bytes: Buffer): void {
    if (bytes.length === 0) return
    this.lengthOf(field, bytes.length)
    this.#at += bytes.copy(this.#target, this.#at)
  }

  written(): Buffer {
    return this.#target.subarray(0, this.#at)
  }

  #varint(value: number): void {
    let rest = value
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#target[this.#at++] = (rest & 0x7f) | 0x80
    this.#target[this.#at++] = rest
  }
}
