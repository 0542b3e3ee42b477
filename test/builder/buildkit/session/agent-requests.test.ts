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
  ['listing keys', true, 11],
  ['signing', true, 13],
  ['adding a key', false, 17],
  ['removing a key', false, 18],
  ['removing all keys', false, 19],
  ['locking the agent', false, 22],
  ['an extension', false, 27],
])('handles a request for %s (allowed: %s)', (_name, isAllowed, type) => {
  const bytes = request(type, 20)
  const { allowed, refusals } = new AgentRequests().read(bytes)
  expect({ allowed, refusals }).toEqual(
    isAllowed ? { allowed: bytes, refusals: Buffer.alloc(0) } : { allowed: Buffer.alloc(0), refusals: FAILURE },
  )
})

test('reads requests however they are split into chunks', () => {
  const whole = Buffer.concat([request(11), request(19), request(13, 500), request(27, 3), request(11)])
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length)), (cuts) => {
      const bounds = [0, ...cuts.sort((a, b) => a - b), whole.length]
      const requests = new AgentRequests()
      const results = bounds.slice(1).map((end, index) => requests.read(whole.subarray(bounds[index], end)))
      expect(Buffer.concat(results.map(({ allowed }) => allowed))).toEqual(
        Buffer.concat([request(11), request(13, 500), request(11)]),
      )
      expect(Buffer.concat(results.map(({ refusals }) => refusals))).toEqual(Buffer.concat([FAILURE, FAILURE]))
    }),
  )
})

test('refuses a request that is too long', () => {
  expect(() => new AgentRequests().read(Buffer.of(0x7f, 0, 0, 0, 11))).toThrow('agent: request too large')
})
