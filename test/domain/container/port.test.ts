import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseExposed, parsePublished } from '../../../src/domain/container/port.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

const port = fc.integer({ min: 1, max: 65_535 })

describe('parsePublished', () => {
  test('parses address, ports and protocol', () => {
    fc.assert(
      fc.property(
        port,
        port,
        fc.constantFrom('tcp', 'udp', 'sctp'),
        fc.constantFrom('', '127.0.0.1', '::1'),
        (host, inside, protocol, ip) => {
          const prefix = ip === '' ? '' : ip.includes(':') ? `[${ip}]:` : `${ip}:`
          const binding = { HostIp: ip, HostPort: String(host) }
          expect(parsePublished([`${prefix}${host}:${inside}/${protocol}`])).toEqual({
            [`${inside}/${protocol}`]: [binding],
          })
        },
      ),
    )
  })

  test('matches ranges of the same length port by port', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 1, max: 30_000 }),
        fc.nat(20),
        (host, inside, more) => {
          const bindings = parsePublished([`${host}-${host + more}:${inside}-${inside + more}`])
          expect(Object.keys(bindings)).toHaveLength(more + 1)
          expect(bindings[`${inside + more}/tcp`]).toEqual([{ HostIp: '', HostPort: String(host + more) }])
        },
      ),
    )
  })

  test('returns two bindings for a port that is published twice', () => {
    expect(parsePublished(['8080:80', '8081:80'])['80/tcp']).toEqual([
      { HostIp: '', HostPort: '8080' },
      { HostIp: '', HostPort: '8081' },
    ])
  })
})

describe('parseExposed', () => {
  test.each([
    ['80', ['80/tcp']],
    ['80/udp', ['80/udp']],
    ['80-82', ['80/tcp', '81/tcp', '82/tcp']],
  ])('%s', (spec, ports) => {
    expect(parseExposed(spec)).toEqual(ports)
  })
})

test.each([
  ['parseExposed', parseExposed],
  ['parsePublished', (text) => parsePublished([text])],
])('%s accepts or refuses any text', (_, parse) => {
  expectParsesOrRefuses(parse)
})
