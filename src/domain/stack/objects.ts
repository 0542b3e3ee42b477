// Translates the networks, secrets and configs of a stack (docker/cli compose/convert compose).
import { nullIfEmpty, omitEmpty } from '../go/omit-empty.ts'
import type { NetworkCreateBody } from '../network/network.ts'
import type { SwarmFileSpec } from '../swarm/file.ts'
import type { Compose, Network, StackFile } from './compose.ts'
import { scopedName, withStackLabel } from './names.ts'

/** The networks that the services of a stack use. */
export interface StackNetworks {
  /** The names of those that exist outside of the stack. */
  readonly external: readonly string[]
  readonly own: readonly NetworkCreateBody[]
}

/** Returns the networks that the services of a stack use. A service without networks uses `default`. */
export function stackNetworks(stack: string, { services, networks }: Compose): StackNetworks {
  const used = new Set(
    [...services.values()].flatMap(({ value }) => (value.networks.size > 0 ? [...value.networks.keys()] : ['default'])),
  )
  const external: string[] = []
  const own: NetworkCreateBody[] = []
  for (const name of [...used].sort()) {
    const network = networks.get(name)?.value
    if (network?.external.external) external.push(network.name)
    else own.push(networkBody(network?.name || scopedName(stack, name), stack, network))
  }
  return { external, own }
}

function networkBody(name: string, stack: string, network: Network | undefined): NetworkCreateBody {
  return {
    Name: name,
    Driver: network?.driver || 'overlay',
    Scope: '',
    IPAM: network ? ipamOf(network) : null,
    Internal: network?.internal ?? false,
    Attachable: network?.attachable ?? false,
    Ingress: false,
    ConfigOnly: false,
    ConfigFrom: null,
    Options: network && network.driver_opts.size > 0 ? Object.fromEntries(network.driver_opts) : null,
    Labels: withStackLabel(stack, network?.labels ?? new Map()),
  }
}

function ipamOf({ ipam }: Network): NetworkCreateBody['IPAM'] {
  if (ipam.driver === '' && ipam.config.length === 0) return null
  const pools = ipam.config.map(({ subnet }) => omitEmpty({ Subnet: subnet }))
  return { Driver: ipam.driver, Options: null, Config: nullIfEmpty(pools) }
}

/**
 * Translates a secret or a config of a stack.
 * @param data the content in base64; empty for a secret that a driver provides
 */
export function swarmFileOf(stack: string, name: string, file: StackFile, data: string): SwarmFileSpec {
  const options = Object.fromEntries(file.driver_opts)
  return {
    Name: file.name || scopedName(stack, name),
    Labels: withStackLabel(stack, file.labels),
    ...omitEmpty({ Data: data }),
    ...(file.driver === ''
      ? {}
      : { Driver: { Name: file.driver, ...(file.driver_opts.size > 0 ? { Options: options } : {}) } }),
    ...(file.template_driver === '' ? {} : { Templating: { Name: file.template_driver } }),
  }
}
