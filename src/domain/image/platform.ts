import { messageOf } from '../errors.ts'
import { goQuote } from '../go/quote.ts'

/** What an image is built for: `os/arch[/variant]`, normalized as containerd does. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  /** Windows' build, from `windows(10.0.17763)`. */
  readonly 'os.version'?: string
}

const KNOWN_OS = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
)
const KNOWN_ARCHITECTURE = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ' +
    'ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
)

const COMPONENT = /^[A-Za-z0-9_.-]+$/
const OS_AND_VERSION = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.-]*)\))?$/
const COMPONENT_RULE = 'platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument'
const OS_RULE =
  'OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.-]*)\\\\))?$": invalid argument'

/**
 * Reads `linux/amd64`, `arm64`, `linux/arm/v7`. A part alone is an operating system or an architecture; the other part
 * is the client's own.
 * @param own the platform this program runs on, for the part that is left out
 * @throws Error with containerd's text
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

/** `linux/arm/v7`, as requests carry it. */
export function formatPlatform(platform: Platform): string {
  const variant = platform.variant === undefined ? '' : `/${platform.variant}`
  return `${platform.os}/${platform.architecture}${variant}`
}

/** The platform of a Node.js runtime, from `process.platform` and `process.arch`, in Go's names. */
export function ownPlatform(nodePlatform: string, nodeArch: string): Platform {
  const os = nodePlatform === 'win32' ? 'windows' : nodePlatform
  const architecture = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' }[nodeArch] ?? nodeArch
  return { os, architecture }
}

function parseSinglePart(text: string, part: string, own: Platform): Platform {
  const os = normalizeOs(part)
  if (KNOWN_OS.has(os)) return { os, architecture: own.architecture }
  const normalized = normalizeArchitecture(part, undefined)
  if (KNOWN_ARCHITECTURE.has(normalized.architecture)) return { os: 'linux', ...normalized }
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
      return named('amd64', kind === 'v1' ? '' : kind)
    case 'aarch64':
    case 'arm64':
      return named('arm64', kind === '8' ? 'v8' : kind)
    case 'armhf':
      return { architecture: 'arm' }
    case 'armel':
      return named('arm', 'v6')
    case 'arm':
      return named('arm', /^[5-8]$/.test(kind) ? `v${kind}` : kind)
    default:
      return named(arch, kind)
  }
}

function named(architecture: string, variant: string): { architecture: string; variant?: string } {
  return variant === '' ? { architecture } : { architecture, variant }
}

/**
 * What `--platform` of save and load asks for; an empty text asks for nothing.
 * @throws Error in docker's words
 */
export function requestedPlatforms(text: string, own: Platform): Platform[] {
  try {
    return text === '' ? [] : [parsePlatform(text, own)]
  } catch (error) {
    throw new Error(`invalid platform: ${messageOf(error)}`)
  }
}
