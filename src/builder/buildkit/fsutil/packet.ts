import { fromBinary } from '@bufbuild/protobuf'
import { PacketSchema, type Stat as WireStat } from '../gen/fsutil/wire_pb.ts'

/** What a packet is (fsutil's `Packet.PacketType`). */
export const PACKET = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const

/** What is known of a file beside its content. */
export interface FileStat {
  /** Relative, with `/`, as bytes: names need not be UTF-8. */
  readonly path: Buffer
  /** Go's os.FileMode. */
  readonly mode: number
  readonly size: number
  /** Nanoseconds since 1970. */
  readonly modified: bigint
  /** A symbolic link's target, or the path of an earlier file that this one is a hard link to. */
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

/** Reads a packet of the peer. */
export function decodePacket(bytes: Uint8Array): Packet {
  const { type, ID: id, stat, data } = fromBinary(PacketSchema, bytes)
  return { type, id, data, ...(stat && { stat }) }
}

/**
 * A file's stat. Written by hand, as are the others: there is one a file, paths may not be UTF-8, and data is not
 * copied. Owners are left out: docker sends every file as root's.
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

/** Says that there are no more files. */
export const LAST_STAT = Buffer.alloc(0)

/** Everything of a data packet but the data, which follows it. Without data it says that the file is over. */
export function dataPrefix(id: number, length: number): Buffer {
  const writer = new FieldWriter(3 * (LONGEST_VARINT + 1))
  writer.number(1, PACKET.data)
  writer.number(3, id)
  if (length > 0) writer.lengthOf(4, length)
  return writer.written()
}

/** Asks for a file's content. */
export function encodeRequest(id: number): Buffer {
  const writer = new FieldWriter(2 * (LONGEST_VARINT + 1))
  writer.number(1, PACKET.request)
  writer.number(3, id)
  return writer.written()
}

/** Says that all is well and over. */
export function encodeEnd(): Buffer {
  return Buffer.of(8, PACKET.end)
}

/** Says why it cannot go on. */
export function encodeError(message: string): Buffer {
  const data = Buffer.from(message)
  const writer = new FieldWriter(data.length + 2 * (LONGEST_VARINT + 1))
  writer.number(1, PACKET.error)
  writer.bytes(4, data)
  return writer.written()
}

/** Writes a message's fields in protobuf's encoding; what is zero or empty is left out. */
class FieldWriter {
  readonly #target: Buffer
  #at = 0

  constructor(most: number) {
    this.#target = Buffer.allocUnsafe(most)
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
