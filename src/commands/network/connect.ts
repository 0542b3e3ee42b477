import { DockerCommand } from '../../cli/command.ts'
import type { NetworkEndpointConfig } from '../../domain/create-request.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import { checkLink } from '../../domain/name-service.ts'
import { one } from '../../options/arg.ts'
import { int, list, strings, text, type ValuesOf } from '../../options/flag.ts'

const flags = {
  alias: strings({ summary: 'Another name of the container on this network' }),
  'driver-opt': strings({ summary: "Option of the network's driver, KEY=value" }),
  'gw-priority': int({ summary: 'The network with the highest priority gives the way out' }),
  ip: text({ summary: 'IPv4 address on the network' }),
  ip6: text({ summary: 'IPv6 address on the network' }),
  link: list({
    valueType: 'list',
    summary: 'Make another container known here, NAME[:ALIAS]',
    read: (typed) => [checkLink(typed)],
  }),
  'link-local-ip': strings({ summary: 'Link-local address on the network' }),
}

export default class NetworkConnect extends DockerCommand {
  static override summary = 'Put a container on a network'
  static override synopsis = '[OPTIONS] NETWORK CONTAINER'
  static override args = { network: one('NETWORK'), container: one('CONTAINER') }
  static override flags = flags

  async run(): Promise<void> {
    const { flags, args } = await this.read(NetworkConnect)
    await this.cli.engine.networks.connect(args.network, args.container, endpoint(flags))
  }
}

type ConnectFlags = ValuesOf<typeof flags>

function endpoint({ alias, ip, ip6, link, ...flags }: ConnectFlags): NetworkEndpointConfig {
  const linkLocal = flags['link-local-ip']
  return {
    IPAMConfig: {
      ...(ip === '' ? {} : { IPv4Address: ip }),
      ...(ip6 === '' ? {} : { IPv6Address: ip6 }),
      ...(linkLocal.length === 0 ? {} : { LinkLocalIPs: linkLocal }),
    },
    Links: link.length === 0 ? null : link,
    Aliases: alias,
    DriverOpts: Object.fromEntries(flags['driver-opt'].map(driverOption)),
    GwPriority: flags['gw-priority'],
    MacAddress: '',
    NetworkID: '',
    EndpointID: '',
    Gateway: '',
    IPAddress: '',
    IPPrefixLen: 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: null,
  }
}

/** @throws ExitStatus in docker's words */
function driverOption(typed: string): [string, string] {
  const { key, value } = splitKeyValue(typed)
  if (value === undefined || key.trim() === '') {
    throw new ExitStatus(1, 'invalid key/value pair format in driver options')
  }
  return [key.trim(), value.trim()]
}
