import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PortSummary } from '../../../../src/domain/container/container.ts'
import { formatPorts } from '../../../../src/format/views/container/ports.ts'

const port: fc.Arbitrary<PortSummary> = fc.record({
  IP: fc.constantFrom('', '0.0.0.0', '::', '127.0.0.1'),
  PrivatePort: fc.integer({ min: 80, max: 86 }),
  PublicPort: fc.integer({ min: 80, max: 86 }),
  Type: fc.constantFrom('tcp', 'udp'),
})

test('does not depend on the order of the ports', () => {
  fc.assert(
    fc.property(fc.array(port, { maxLength: 8 }), (ports) => {
      expect(formatPorts(ports.toReversed())).toBe(formatPorts(ports))
    }),
  )
})

test('joins ports to ranges that contain exactly these ports', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 40 })), (ports) => {
      const text = formatPorts(ports.map((PrivatePort) => ({ PrivatePort, Type: 'tcp' })))
      const parts = text === '' ? [] : text.split(', ').map((part) => part.replace('/tcp', '').split('-').map(Number))
      const listed = parts.flatMap(([first = 0, last = first]) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index),
      )
      expect(listed.toSorted((a, b) => a - b)).toEqual(ports.toSorted((a, b) => a - b))
    }),
  )
})
