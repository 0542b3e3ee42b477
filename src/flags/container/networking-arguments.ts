// The inverse of networking.ts: the flags that set the networking of a container.
import type { CreateBody, NetworkEndpointConfig } from '../../domain/container/create-request.ts'
import type { PortMap } from '../../domain/container/port.ts'
import { formatCsvRecord } from '../../domain/go/csv.ts'
import { type FlagArgument, switchArgument, textArgument, textArguments } from './flag-argument.ts'

/** Returns the flags of networking.ts. */
export function networkArguments({
  HostConfig: host,
  ExposedPorts = {},
  NetworkingConfig,
}: CreateBody): FlagArgument[] {
  const { [host.NetworkMode]: first, ...others } = NetworkingConfig.EndpointsConfig
  return [
    ...firstNetwork(host.NetworkMode, first),
    ...textArguments('link', host.Links),
    ...Object.entries(others).map(([name, endpoint]) => ({ name: 'network', value: furtherNetwork(name, endpoint) })),
    ...textArguments('publish', publishedPorts(host.PortBindings)),
    ...switchArgument('publish-all', host.PublishAllPorts),
    ...textArguments(
      'expose',
      Object.keys(ExposedPorts)
        .filter((port) => !Object.hasOwn(host.PortBindings, port))
        .map(withoutTcp),
    ),
    ...textArguments('add-host', host.ExtraHosts),
    ...textArguments('dns', host.Dns),
    ...textArguments('dns-search', host.DnsSearch),
    ...textArguments('dns-option', host.DnsOptions),
  ]
}

/** The long form of `--network` changes the case of its values, so settings have flags of their own where there are some. */
function firstNetwork(mode: string, endpoint: NetworkEndpointConfig | undefined): FlagArgument[] {
  const options = endpoint === undefined ? [] : driverOptions(endpoint)
  const long = options.length > 0 ? formatCsvRecord([`name=${mode}`, ...options]) : mode
  return [
    ...(mode === 'default' && options.length === 0 ? [] : [{ name: 'network', value: long }]),
    ...textArgument('ip', endpoint?.IPAMConfig?.IPv4Address),
    ...textArgument('ip6', endpoint?.IPAMConfig?.IPv6Address),
    ...textArguments('link-local-ip', endpoint?.IPAMConfig?.LinkLocalIPs),
    ...textArgument('mac-address', endpoint?.MacAddress),
    ...textArguments('network-alias', endpoint?.Aliases),
  ]
}

/** Returns `name`, or `name=…,ip=…` for an endpoint with settings. */
function furtherNetwork(name: string, endpoint: NetworkEndpointConfig): string {
  const { IPv4Address, IPv6Address, LinkLocalIPs } = endpoint.IPAMConfig ?? {}
  const settings = [
    ...(endpoint.Aliases ?? []).map((alias) => `alias=${alias}`),
    ...(IPv4Address ? [`ip=${IPv4Address}`] : []),
    ...(IPv6Address ? [`ip6=${IPv6Address}`] : []),
    ...(LinkLocalIPs ?? []).map((address) => `link-local-ip=${address}`),
    ...(endpoint.MacAddress ? [`mac-address=${endpoint.MacAddress}`] : []),
    ...driverOptions(endpoint),
  ]
  return settings.length === 0 ? name : formatCsvRecord([`name=${name}`, ...settings])
}

function driverOptions({ DriverOpts, GwPriority }: NetworkEndpointConfig): string[] {
  return [
    ...Object.entries(DriverOpts ?? {}).map(([name, value]) => `driver-opt=${name}=${value}`),
    ...(GwPriority === 0 ? [] : [`gw-priority=${GwPriority}`]),
  ]
}

/** Returns the values of `--publish`: `[[IP:]HOSTPORT:]PORT[/PROTOCOL]`. */
function publishedPorts(bindings: PortMap): string[] {
  return Object.entries(bindings).flatMap(([port, addresses]) =>
    (addresses ?? []).map(({ HostIp: ip, HostPort: hostPort }) => {
      const host = ip.includes(':') ? `[${ip}]` : ip
      const start = host === '' ? '' : `${host}:`
      return `${start}${start !== '' || hostPort !== '' ? `${hostPort}:` : ''}${withoutTcp(port)}`
    }),
  )
}

/** `tcp` is what a port without a protocol has. */
function withoutTcp(port: string): string {
  return port.replace(/\/tcp$/, '')
}
