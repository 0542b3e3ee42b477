import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificates } from './http-client.ts'

/** One address of a registry, and how far it is trusted. */
export interface RegistryAddress {
  readonly scheme: 'http' | 'https'
  /** With its port, where it has one. */
  readonly host: string
  /** Whether its certificate must be known. */
  readonly isVerified: boolean
  /** Whether a person said that no server needs a certificate that is known, for issuers and redirects too. */
  readonly isInsecure: boolean
  readonly certificates: Certificates
}

const HUB = 'docker.io'
/** Where Docker Hub's registry is. */
const HUB_REGISTRY = 'registry-1.docker.io'
/** Where daemons and docker's client keep what they know of single registries. */
const CERTIFICATES = '/etc/docker/certs.d'
const NO_CERTIFICATES: Certificates = {}

/**
 * Where manifests are asked for, in docker's order: with TLS, and then without it where that is allowed. This machine
 * itself needs no certificate that is known.
 */
export async function pullAddresses(domain: string, isInsecure: boolean): Promise<RegistryAddress[]> {
  const secure = secureAddress(domain, isInsecure)
  if (domain === HUB || !(isInsecure || (await isLoopback(domain)))) return [secure]
  const open = { host: domain, isVerified: false, isInsecure, certificates: NO_CERTIFICATES }
  return [
    { ...open, scheme: 'https' },
    { ...open, scheme: 'http' },
  ]
}

/** Where manifests are put. docker speaks to this machine itself without TLS. */
export async function pushAddress(domain: string, isInsecure: boolean): Promise<RegistryAddress> {
  if (domain === HUB || !(await isLoopback(domain))) return secureAddress(domain, isInsecure)
  return { scheme: 'http', host: domain, isVerified: false, isInsecure, certificates: NO_CERTIFICATES }
}

function secureAddress(domain: string, isInsecure: boolean): RegistryAddress {
  const host = domain === HUB ? HUB_REGISTRY : domain
  return { scheme: 'https', host, isVerified: !isInsecure, isInsecure, certificates: certificatesOf(host) }
}

/** Whether a host is in 127.0.0.0/8 or ::1, or a name of those. */
async function isLoopback(host: string): Promise<boolean> {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  try {
    const addresses = await process.getBuiltinModule('node:dns').promises.lookup(name, { all: true })
    return addresses.some(({ address }) => address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address))
  } catch {
    return false
  }
}

/** The authorities of one registry, and the first certificate that it is to be shown. */
function certificatesOf(host: string): Certificates {
  const directory = join(CERTIFICATES, host)
  try {
    const names = readdirSync(directory).sort()
    const read = (name: string) => readFileSync(join(directory, name), 'utf8')
    const authorities = names.filter((name) => name.endsWith('.crt'))
    const own = names.find((name) => name.endsWith('.cert'))
    return {
      ...(authorities.length > 0 ? { ca: authorities.map(read).join('\n') } : {}),
      ...(own ? { cert: read(own), key: read(own.replace(/\.cert$/, '.key')) } : {}),
    }
  } catch {
    return NO_CERTIFICATES
  }
}
