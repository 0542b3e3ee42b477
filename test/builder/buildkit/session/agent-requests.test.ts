import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AgentRequests } from '../../../../src/builder/buildkit/session/agent-requests.ts'

function request(type: number, length = 1): Buffer {
  const bytes = Buffer.alloc(4 + length)
  bytes.writeUInt32BE(length)
  bytes[4] = type
  return bytes
}

const FAILURE = Buffer.of(0, 0, 0, 1, 5)

test.each([
  ['listing keys', 11, true],
  ['signing', 13, true],
  ['adding a key', 17, false],
  ['removing a key', 18, false],
  ['removing all keys', 19, false],
  ['locking', 22, false],
  ['an extension', 27, false],
])('allows or refuses %s', (_name, type, isAllowed) => {
  const bytes = request(type, 20)
  const { allowed, refusals } = new AgentRequests().read(bytes)
  expect({ allowed, refusals }).toEqual(
    isAllowed ? { allowed: bytes, refusals: Buffer.alloc(0) } : { allowed: Buffer.alloc(0), refusals: FAILURE },
  )
})

test('reads requests that arrive in pieces of any size', () => {
  const whole = Buffer.concat([request(11), request(19), request(13, 500), request(27, 3), request(11)])
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length)), (cuts) => {
      const bounds = [0, ...cuts.sort((a, b) => a - b), whole.length]
      const requests = new AgentRequests()
      const read = bounds.slice(1).map((end, index) => requests.read(whole.subarray(bounds[index], end)))
      expect(Buffer.concat(read.map(({ allowed }) => allowed))).toEqual(
        Buffer.concat([request(11), request(13, 500), request(11)]),
      )
      expect(Buffer.concat(read.map(({ refusals }) => refusals))).toEqual(Buffer.concat([FAILURE, FAILURE]))
    }),
  )
})

test('rejects a request that is too long', () => {
  expect(() => new AgentRequests().read(Buffer.of(0x7f, 0, 0, 0, 11))).toThrow('agent: request too large')
})
