import { DockerCommand } from '../../cli/command.ts'
import { ipamConfigs } from '../../domain/ipam.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { checkLabel } from '../../domain/label.ts'
import type { NewNetwork } from '../../domain/network.ts'
import { one } from '../../options/arg.ts'
import { bool, list, strings, text, texts, type ValuesOf } from '../../options/flag.ts'

const flags = {
  attachable: bool({ minApi: '1.25', summary: 'Let containers outside the swarm join' }),
  'aux-address': texts({ valueType: 'map', shownDefault: 'map[]', summary: 'Address to keep for NAME=ADDRESS' }),
  'config-from': text({ minApi: '1.30', summary: 'Take the configuration from this network' }),
  'config-only': bool({ minApi: '1.30', summary: 'Only keep a configuration for others to take' }),
  driver: text({ char: 'd', default: 'bridge', summary: 'Driver that runs the network' }),
  gateway: strings({ summary: 'Gateway of a subnet' }),
  ingress: bool({ minApi: '1.29', summary: 'Make the network that leads into the swarm' }),
  internal: bool({ summary: 'Keep the network from the outside' }),
  'ip-range': strings({ summary: 'Part of a subnet that containers get their addresses from' }),
  'ipam-driver': text({ default: 'default', summary: 'Driver that gives out addresses' }),
  'ipam-opt': texts({ valueType: 'map', shownDefault: 'map[]', summary: 'Option of that driver, KEY=value' }),
  ipv4: bool({ default: true, summary: 'Give out IPv4 addresses' }),
  ipv6: bool({ summary: 'Give out IPv6 addresses' }),
  label: list({ valueType: 'list', summary: 'Attach metadata, KEY=value', read: (typed) => [checkLabel(typed)] }),
  opt: texts({ char: 'o', valueType: 'map', shownDefault: 'map[]', summary: 'Option of the driver, KEY=value' }),
  scope: text({ minApi: '1.30', summary: 'How far the network reaches' }),
  subnet: strings({ summary: 'Addresses of the network, 172.30.0.0/16' }),
}
type CreateFlags = ValuesOf<typeof flags>

export default class NetworkCreate extends DockerCommand {
  static override summary = 'Make a network'
  static override synopsis = '[OPTIONS] NETWORK'
  static override args = { network: one('NETWORK') }
  static override flags = flags

  async run(): Promise<void> {
    const { flags, args, given } = await this.read(NetworkCreate)
    const id = await this.cli.engine.networks.create(newNetwork(args.network, flags, given))
    this.cli.out.write(`${id}\n`)
  }
}

/** @throws Error with docker's reason for addresses that do not go together */
function newNetwork(name: string, flags: CreateFlags, given: ReadonlySet<string>): NewNetwork {
  const { subnet: subnets, gateway: gateways, 'ip-range': ranges } = flags
  return {
    Name: name,
    Driver: flags.driver,
    Scope: flags.scope,
    ...(given.has('ipv4') ? { EnableIPv4: flags.ipv4 } : {}),
    ...(given.has('ipv6') ? { EnableIPv6: flags.ipv6 } : {}),
    IPAM: {
      Driver: flags['ipam-driver'],
      Options: keyValueMap(flags['ipam-opt']),
      Config: ipamConfigs({ subnets, ranges, gateways, aux: keyValueMap(flags['aux-address']) }),
    },
    Internal: flags.internal,
    Attachable: flags.attachable,
    Ingress: flags.ingress,
    ConfigOnly: flags['config-only'],
    ConfigFrom: flags['config-from'] === '' ? null : { Network: flags['config-from'] },
    Options: keyValueMap(flags.opt),
    Labels: keyValueMap(flags.label),
  }
}
