import { messageOf } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { formatPlatform, type Platform, parsePlatform } from '../../../domain/image/platform.ts'
import { familiarString, parseReference } from '../../../domain/image/reference.ts'
import { canonicalIp } from '../../../domain/network/address.ts'

/**
 * Parses `NAME=value` texts into a map; the last value of a name wins.
 * @param env the environment that a name alone takes its value from; one that is not set is left out. Without `env` the
 *   value of such a name is empty.
 * @throws Error with buildx's text
 */
export function parseMap(
  texts: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const map = new Map<string, string>()
  for (const text of texts) {
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    if (name === '') throw new Error(`invalid key-value pair ${goQuote(text)}: empty key`)
    const value = equals >= 0 ? text.slice(equals + 1) : env ? readVariable(env, name) : ''
    if (value !== undefined) map.set(name, value)
  }
  // Unlike an assignment, fromEntries also creates a member for names such as `__proto__`.
  return Object.fromEntries(map)
}

function readVariable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined
}

/**
 * Parses `--build-context NAME=SOURCE`. A name is a familiar image name; the tag `:latest` is removed from it.
 * @throws Error with buildx's text when a value is invalid
 */
export function parseNamedContexts(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(texts.map(parseNamedContext))
}

function parseNamedContext(text: string): [name: string, source: string] {
  const equals = text.indexOf('=')
  if (equals < 0) throw new Error(`invalid context value: ${text}, expected key=value`)
  const name = text.slice(0, equals)
  try {
    return [familiarString(parseReference(name)).replace(/:latest$/, ''), text.slice(equals + 1)]
  } catch (error) {
    throw new Error(`invalid context name ${name}: ${messageOf(error)}`)
  }
}

/**
 * Parses `--platform`, whose values are lists; `local` is the platform of the client.
 * @throws Error with containerd's text
 */
export function parsePlatforms(texts: readonly string[], localPlatform: Platform): readonly string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => formatPlatform(text === 'local' ? localPlatform : normalize(parsePlatform(text, localPlatform))))
}

/** Normalizes the default variants: arm is v7, and arm64 has no variant for v8. */
function normalize(platform: Platform): Platform {
  const { architecture, variant, ...rest } = platform
  if (architecture === 'arm' && variant === undefined) return { ...platform, variant: 'v7' }
  return architecture === 'arm64' && variant === 'v8' ? { ...rest, architecture } : platform
}

const HOST_GATEWAY = 'host-gateway'

/**
 * Converts `--add-host` to BuildKit's attribute: `name=ip,name=ip`.
 * @param gateway the daemon's address for `host-gateway`; undefined when it has none
 * @throws Error with buildx's text
 */
export function formatExtraHosts(texts: readonly string[], gateway: string | undefined): string {
  return texts.flatMap((text) => parseHost(text, gateway)).join(',')
}

/** Returns one `name=ip` entry for each address of an `--add-host` value. */
function parseHost(text: string, gateway: string | undefined): string[] {
  const separator = text.includes('=') ? '=' : ':'
  const at = text.indexOf(separator)
  const name = text.slice(0, Math.max(at, 0))
  const address = text.slice(at + 1)
  if (at < 0 || name === '' || address === '') throw new Error(`invalid host ${text}`)
  if (address === HOST_GATEWAY) {
    if (gateway === undefined)
      throw new Error('unable to derive the IP value for host-gateway: host-gateway IP not found')
    return [`${name}=${gateway}`]
  }
  return address.split(',').map((each) => {
    const ip = /^\[(.+)\]$/.exec(each)?.[1] ?? each
    if (canonicalIp(ip) === undefined) throw new Error(`invalid host ${text}`)
    return `${name}=${ip}`
  })
}

/**
 * Parses `--allow`, the entitlements of a build.
 * @throws Error with BuildKit's text
 */
export function parseEntitlements(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== '').map(checkEntitlement)
}

function checkEntitlement(text: string): string {
  if (/^(network\.host|security\.insecure|device(=.*)?)$/s.test(text)) return text
  throw new Error(`unknown entitlement ${text}`)
}
