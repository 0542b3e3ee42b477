import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOCKER_HUB, DOCKER_HUB_REGISTRY } from '../domain/registry/registry.ts'
import type { Certificates } from './http-client.ts'

/** An address of a registry, and its TLS settings. */
export interface RegistryAddress {
  readonly scheme: 'http' | 'https'
  /** With the port, if there is one. */
  readonly host: string
  /** Whether the registry's certificate is verified. */
  readonly isVerified: boolean
  /** Whether the user disabled verification (--insecure). It then is disabled for token endpoints and redirects too. */
  readonly isInsecure: boolean
  readonly certificates: Certificates
}

/** The directory in which daemons and docker's client look for the certificates of single registries. */
const CERTIFICATES_DIRECTORY = '/etc/docker/certs.d'
const NO_CERTIFICATES: Certificates = {}

/**
 * Returns the addresses from which a registry's manifests are requested, in docker's order: with TLS, and then without it
 * if that is allowed. The certificate of a registry on this machine is not verified.
 */
export async function resolvePullAddresses(domain: string, isInsecure: boolean): Promise<RegistryAddress[]> {
  const secure = secureAddress(domain, isInsecure)
  if (domain === DOCKER_HUB || !(isInsecure || (await isLoopback(domain)))) return [secure]
  const unverified = { host: domain, isVerified: false, isInsecure, certificates: NO_CERTIFICATES }
  return [
    { ...unverified, scheme: 'https' },
    { ...unverified, scheme: 'http' },
  ]
}

/** Returns the address to which a registry's manifests are uploaded. Like docker, it uses no TLS on this machine. */
export async function resolvePushAddress(domain: string, isInsecure: boolean): Promise<RegistryAddress> {
  if (domain === DOCKER_HUB || !(await isLoopback(domain))) return secureAddress(domain, isInsecure)
  return { scheme: 'http', host: domain, isVerified: false, isInsecure, certificates: NO_CERTIFICATES }
}

function secureAddress(domain: string, isInsecure: boolean): RegistryAddress {
  const host = domain === DOCKER_HUB ? DOCKER_HUB_REGISTRY : domain
  return { scheme: 'https', host, isVerified: !isInsecure, isInsecure, certificates: readCertificates(host) }
}

/** Returns whether a host is in 127.0.0.0/8 or is ::1, or is a name that resolves to one of those. */
async function isLoopback(host: string): Promise<boolean> {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  try {
    const addresses = await process.getBuiltinModule('node:dns').promises.lookup(name, { all: true })
    return addresses.some(({ address }) => address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address))
  } catch {
    return false
  }
}

/** Reads the authorities for one registry and the first client certificate (docker/docker registry.ReadCertsDirectory). */
function readCertificates(host: string): Certificates {
  const directory = join(CERTIFICATES_DIRECTORY, host)
  try {
    const names = readdirSync(directory).sort()
    const read = (name: string) => readFileSync(join(directory, name), 'utf8')
    const authorities = names.filter((name) => name.endsWith('.crt'))
    const clientCertificate = names.find((name) => name.endsWith('.cert'))
    return {
      ...(authorities.length > 0 ? { ca: authorities.map(read).join('\n') } : {}),
      ...(clientCertificate
        ? { cert: read(clientCertificate), key: read(clientCertificate.replace(/\.cert$/, '.key')) }
        : {}),
    }
  } catch {
    return NO_CERTIFICATES
  }
}
