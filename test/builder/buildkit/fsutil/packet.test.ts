import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodePacket,
  encodeDataPrefix,
  encodeEnd,
  encodeError,
  encodeRequest,
  encodeStat,
  LAST_STAT,
} from '../../../../src/builder/buildkit/fsutil/packet.ts'
import { PacketSchema } from '../../../../src/builder/buildkit/gen/fsutil/wire_pb.ts'

const anyUint32 = fc.integer({ min: 0, max: 0xffff_ffff })

test('encodes a stat as the protobuf library does', () => {
  const stats = fc.record({
    path: fc.string({ unit: 'grapheme' }),
    mode: anyUint32,
    size: fc.nat(Number.MAX_SAFE_INTEGER),
    modified: fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }),
    link: fc.string(),
    deviceMajor: fc.nat(0xfff),
    deviceMinor: fc.nat(0xfffff),
  })
  fc.assert(
    fc.property(stats, ({ path, link, ...stat }) => {
      const expected = create(PacketSchema, {
        stat: {
          path: Buffer.from(path),
          mode: stat.mode,
          size: BigInt(stat.size),
          modTime: stat.modified,
          linkname: Buffer.from(link),
          devmajor: BigInt(stat.deviceMajor),
          devminor: BigInt(stat.deviceMinor),
        },
      })
      const encoded = encodeStat({ ...stat, path: Buffer.from(path), link: Buffer.from(link) })
      expect(toBinary(PacketSchema, fromBinary(PacketSchema, encoded))).toEqual(toBinary(PacketSchema, expected))
    }),
  )
})

test('keeps the bytes of a name that is not valid UTF-8', () => {
  const path = Buffer.from([0x61, 0xff, 0xfe])
  const encoded = encodeStat({
    path,
    mode: 0,
    size: 0,
    modified: 0n,
    link: Buffer.alloc(0),
    deviceMajor: 0,
    deviceMinor: 0,
  })
  expect(encoded).toEqual(Buffer.from([0x12, 5, 0x0a, 3, 0x61, 0xff, 0xfe]))
})

test('encodes data as its prefix followed by the bytes', () => {
  fc.assert(
    fc.property(anyUint32, fc.uint8Array({ maxLength: 300 }), (id, data) => {
      const encoded = Uint8Array.from([...encodeDataPrefix(id, data.length), ...data])
      expect(fromBinary(PacketSchema, encoded)).toEqual(create(PacketSchema, { type: 2, ID: id, data }))
    }),
  )
})

test.each([
  ['a request', encodeRequest(300), { type: 1, ID: 300 }],
  ['the end', encodeEnd(), { type: 3 }],
  ['an error', encodeError('why ü'), { type: 4, data: Buffer.from('why ü') }],
  ['the last stat', LAST_STAT, {}],
])('encodes %s as the protobuf library does, and decodes its type', (_name, encoded, message) => {
  expect(encoded).toEqual(Buffer.from(toBinary(PacketSchema, create(PacketSchema, message))))
  expect(decodePacket(encoded).type).toBe(create(PacketSchema, message).type)
})
