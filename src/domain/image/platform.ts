import { messageOf } from '../errors.ts'
import { goQuote } from '../go/quote.ts'

/** The platform of an image, `os/arch[/variant]`, normalized as containerd does. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  /** The build of Windows, from `windows(10.0.17763)`. */
  readonly 'os.version'?: string
}

// Strings of words, because arrays would be created at every start.
const KNOWN_OS =
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'
const KNOWN_ARCHITECTURES =
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ' +
  'ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'

const COMPONENT = /^[A-Za-z0-9_.-]+$/
const OS_AND_VERSION = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.-]*)\))?$/
const COMPONENT_RULE = 'platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument'
const OS_RULE =
  'OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.-]*)\\\\))?$": invalid argument'

/**
 * Parses `linux/amd64`, `arm64` or `linux/arm/v7`. A single part is an operating system or an architecture.
 * @param own the platform of this program, for the part that is missing
 * @throws Error with containerd's message
 */
export function parsePlatform(text: string, own: Platform): Platform {
  if (text.includes('*')) throw new Error(`${goQuote(text)}: wildcards not yet supported: invalid argument`)
  const [first = '', ...others] = text.split('/').slice(0, 4)
  const osMatch = OS_AND_VERSION.exec(first)
  if (!osMatch) throw new Error(`${goQuote(first)} is an invalid OS component of ${goQuote(text)}: ${OS_RULE}`)
  for (const part of others) {
    if (!COMPONENT.test(part)) {
      throw new Error(`${goQuote(part)} is an invalid component of ${goQuote(text)}: ${COMPONENT_RULE}`)
    }
  }
  const [architecture, variant, excess] = others
  if (excess !== undefined) throw new Error(`${goQuote(text)}: cannot parse platform specifier: invalid argument`)
  if (architecture === undefined) return parseSinglePart(text, osMatch[1] ?? '', own)
  const version = osMatch[2] ? { 'os.version': osMatch[2] } : {}
  return { os: normalizeOs(osMatch[1] ?? ''), ...version, ...normalizeArchitecture(architecture, variant) }
}

/** Returns the platform as requests contain it: `linux/arm/v7`. */
export function formatPlatform(platform: Platform): string {
  const variant = platform.variant === undefined ? '' : `/${platform.variant}`
  return `${platform.os}/${platform.architecture}${variant}`
}

/** Converts `process.platform` and `process.arch` to Go's names. */
export function ownPlatform(nodePlatform: string, nodeArch: string): Platform {
  const os = nodePlatform === 'win32' ? 'windows' : nodePlatform
  const architecture = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' }[nodeArch] ?? nodeArch
  return { os, architecture }
}

function parseSinglePart(text: string, part: string, own: Platform): Platform {
  const os = normalizeOs(part)
  if (KNOWN_OS.split(' ').includes(os)) return { os, architecture: own.architecture }
  const normalized = normalizeArchitecture(part, undefined)
  if (KNOWN_ARCHITECTURES.split(' ').includes(normalized.architecture)) return { os: 'linux', ...normalized }
  throw new Error(`${goQuote(text)}: unknown operating system or architecture: invalid argument`)
}

function normalizeOs(os: string): string {
  const lower = os.toLowerCase()
  return lower === 'macos' ? 'darwin' : lower
}

function normalizeArchitecture(architecture: string, variant = ''): { architecture: string; variant?: string } {
  const arch = architecture.toLowerCase()
  const kind = variant.toLowerCase()
  switch (arch) {
    case 'i386':
      return { architecture: '386' }
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return withVariant('amd64', kind === 'v1' ? '' : kind)
    case 'aarch64':
    case 'arm64':
      return withVariant('arm64', kind === '8' ? 'v8' : kind)
    case 'armhf':
      return { architecture: 'arm' }
    case 'armel':
      return withVariant('arm', 'v6')
    case 'arm':
      return withVariant('arm', /^[5-8]$/.test(kind) ? `v${kind}` : kind)
    default:
      return withVariant(arch, kind)
  }
}

function withVariant(architecture: string, variant: string): { architecture: string; variant?: string } {
  return variant === '' ? { architecture } : { architecture, variant }
}

/**
 * Parses `--platform` of `save` and `load`, which may be a list as in docker 29: `linux/amd64,linux/arm64`. Empty text
 * means all platforms.
 * @throws Error with docker's message
 */
export function requestedPlatforms(text: string, own: Platform): Platform[] {
  try {
    return text === '' ? [] : text.split(',').map((part) => parsePlatform(part.trim(), own))
  } catch (error) {
    throw new Error(`invalid platform: ${messageOf(error)}`)
  }
}
