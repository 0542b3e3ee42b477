import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseServicePorts } from '../../../src/domain/service/port.ts'

describe('parseServicePorts', () => {
  const ingress = (TargetPort: number, PublishedPort: number, Protocol = 'tcp') => ({
    ...{ Protocol, TargetPort, PublishedPort, PublishMode: 'ingress' },
  })

  // docker sends the ports of a range in random order.
  test.each([
    ['8080-8081:80-81', [ingress(80, 8080), ingress(81, 8081)]],
    ['8080-8082:80', [ingress(80, 8080), ingress(80, 8081), ingress(80, 8082)]],
    ['53-54:53-54/udp', [ingress(53, 53, 'udp'), ingress(54, 54, 'udp')]],
    ['80', [{ Protocol: 'tcp', TargetPort: 80, PublishMode: 'ingress' }]],
  ])('parses %s', (typed, ports) => {
    expect(parseServicePorts(typed)).toEqual(ports)
  })

  test('parses the short and the long syntax to the same ports', () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    fc.assert(
      fc.property(port, port, fc.constantFrom('tcp', 'udp', 'sctp'), (published, target, protocol) => {
        const long = `published=${published},target=${target},protocol=${protocol}`
        expect(parseServicePorts(long)).toEqual(parseServicePorts(`${published}:${target}/${protocol}`))
      }),
    )
  })
})
