import { messageOf } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { formatPlatform, type Platform, parsePlatform } from '../../../domain/image/platform.ts'
import { familiarString, parseReference } from '../../../domain/image/reference.ts'
import { canonicalIp } from '../../../domain/network/address.ts'

/**
 * `NAME=value` texts as a map; the last of a name counts.
 * @param env where a name alone takes its value from; one that is not set there is left out. Undefined: it is empty.
 * @throws Error in buildx's words
 */
export function readMap(
  texts: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const map = new Map<string, string>()
  for (const text of texts) {
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    if (name === '') throw new Error(`invalid key-value pair ${goQuote(text)}: empty key`)
    const value = equals >= 0 ? text.slice(equals + 1) : env ? variable(env, name) : ''
    if (value !== undefined) map.set(name, value)
  }
  // An own member each, whatever the name.
  return Object.fromEntries(map)
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined
}

/**
 * Reads `--build-context NAME=place`. Names are those of images, without `:latest`.
 * @throws Error in buildx's words
 */
export function readNamedContexts(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(texts.map(readNamedContext))
}

function readNamedContext(text: string): [name: string, place: string] {
  const equals = text.indexOf('=')
  if (equals < 0) throw new Error(`invalid context value: ${text}, expected key=value`)
  const typed = text.slice(0, equals)
  try {
    return [familiarString(parseReference(typed)).replace(/:latest$/, ''), text.slice(equals + 1)]
  } catch (error) {
    throw new Error(`invalid context name ${typed}: ${messageOf(error)}`)
  }
}

/**
 * Reads `--platform`, each a list; `local` is the client's own.
 * @param own the platform this program runs on
 * @throws Error with containerd's text
 */
export function readPlatforms(texts: readonly string[], own: Platform): readonly string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => formatPlatform(text === 'local' ? own : normalized(parsePlatform(text, own))))
}

/** The variants that go without saying: arm is v7, arm64 is v8. */
function normalized(platform: Platform): Platform {
  const { architecture, variant, ...rest } = platform
  if (architecture === 'arm' && variant === undefined) return { ...platform, variant: 'v7' }
  return architecture === 'arm64' && variant === 'v8' ? { ...rest, architecture } : platform
}

const HOST_GATEWAY = 'host-gateway'

/**
 * `--add-host` in BuildKit's words: `name=ip,name=ip`.
 * @param gateway the daemon's address for `host-gateway`; undefined where it has none
 * @throws Error in buildx's words
 */
export function extraHosts(texts: readonly string[], gateway: string | undefined): string {
  return texts.flatMap((text) => hostLines(text, gateway)).join(',')
}

function hostLines(text: string, gateway: string | undefined): string[] {
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
 * Reads `--allow`: what a build may do beyond its sandbox.
 * @throws Error in BuildKit's words
 */
export function readEntitlements(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== '').map(checkedEntitlement)
}

function checkedEntitlement(text: string): string {
  if (/^(network\.host|security\.insecure|device(=.*)?)$/s.test(text)) return text
  throw new Error(`unknown entitlement ${text}`)
}
