import { expect, test } from 'vitest'
import { type Addresses, ipamConfigs } from '../../src/domain/ipam.ts'

const asked = (more: Partial<Addresses>): Addresses => ({ subnets: [], ranges: [], gateways: [], aux: {}, ...more })

test('each address goes to the subnet that holds it', () => {
  const configs = ipamConfigs({
    subnets: ['10.0.0.0/8', 'fd00::/64', '192.168.0.0/30'],
    ranges: ['10.128.0.0/9', 'fd00::8000:0:0:0/65'],
    gateways: ['fd00::1', '192.168.0.1'],
    aux: { printer: '10.0.0.2', router: 'fd00::2', scanner: '10.255.255.255' },
  })
  expect(configs).toEqual([
    {
      Subnet: '10.0.0.0/8',
      IPRange: '10.128.0.0/9',
      AuxiliaryAddresses: { printer: '10.0.0.2', scanner: '10.255.255.255' },
    },
    {
      Subnet: 'fd00::/64',
      IPRange: 'fd00::8000:0:0:0/65',
      Gateway: 'fd00::1',
      AuxiliaryAddresses: { router: 'fd00::2' },
    },
    { Subnet: '192.168.0.0/30', Gateway: '192.168.0.1' },
  ])
})

// The reasons are docker's (test/parity/cases/networks.ts has more of them).
test.each([
  [asked({ gateways: ['10.0.0.1'] }), 'every ip-range or gateway must have a corresponding subnet'],
  [asked({ subnets: ['192.168.0.0/30'], gateways: ['192.168.0.4'] }), 'no matching subnet for gateway 192.168.0.4'],
  [asked({ subnets: ['10.1.0.0/16', '10.0.0.0/8'] }), 'multiple overlapping subnet configuration is not supported'],
  [asked({ subnets: ['10.0.0.0/33', '11.0.0.0/8'] }), 'invalid CIDR address: 10.0.0.0/33'],
])('%j is refused', (addresses, reason) => {
  expect(() => ipamConfigs(addresses)).toThrow(reason)
})
