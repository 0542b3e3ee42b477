import type { NetworkEndpointConfig } from '../../domain/container/create-request.ts'

/** Returns the flags of `network connect` that set an endpoint: the inverse of `translateEndpoint`. */
export function connectWords({ IPAMConfig, Links, Aliases, DriverOpts, GwPriority }: NetworkEndpointConfig): string[] {
  const { IPv4Address, IPv6Address, LinkLocalIPs } = IPAMConfig ?? {}
  return [
    ...(IPv4Address ? ['--ip', IPv4Address] : []),
    ...(IPv6Address ? ['--ip6', IPv6Address] : []),
    ...(LinkLocalIPs ?? []).flatMap((address) => ['--link-local-ip', address]),
    ...(Aliases ?? []).flatMap((alias) => ['--alias', alias]),
    ...(Links ?? []).flatMap((link) => ['--link', link]),
    ...Object.entries(DriverOpts ?? {}).flatMap(([name, value]) => ['--driver-opt', `${name}=${value}`]),
    ...(GwPriority === 0 ? [] : ['--gw-priority', String(GwPriority)]),
  ]
}
