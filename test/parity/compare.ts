import type { WireRequest } from '../support/fake-recording.ts'
import type { Lenience, ParityCase } from './case.ts'
import { isReference } from './programs.ts'
import type { Outcome } from './run-case.ts'

/**
 * When a client asks for the daemon's version is its own affair, as long as it does not ask more often than docker;
 * what came of it is seen in the `version` of every other request.
 */
const isPing = ({ path }: WireRequest) => path.endsWith('/_ping')

export function pings({ wire }: Outcome): number {
  return wire.filter(isPing).length
}

/** An outcome as it is compared: what a case says not to look at is gone. */
export interface Comparable {
  readonly exit: number | string
  readonly stdout: string
  readonly stderr: string
  readonly wire: readonly unknown[]
  readonly outputs: Readonly<Record<string, unknown>>
}

export type Part = keyof Comparable

export function comparable(outcome: Outcome, given: ParityCase): Comparable {
  const { exit, stdout, stderr, wire, outputs } = recordable(outcome, given)
  return {
    exit,
    stdout,
    stderr,
    wire: wire.filter((request) => !isPing(request)).map((request) => withoutNulls(request)),
    outputs: Object.fromEntries(Object.entries(outputs ?? {}).map(([name, text]) => [name, asJson(text)])),
  }
}

/** An outcome as it is kept: the same however often the reference is asked, and nothing that is not compared. */
export function recordable(outcome: Outcome, { lenient, parallel }: ParityCase): Outcome {
  const wire = outcome.wire.filter((request) => !lenient?.wire || isPing(request)).map(withSortedLists)
  return {
    ...outcome,
    stdout: seen(outcome.stdout, lenient?.stdout),
    stderr: seen(withoutDurations(withoutClosedPipes(outcome.stderr)), lenient?.stderr),
    wire: parallel ? wire.sort(byText) : wire,
  }
}

/** docker gives up an archive that it has begun to write, and sometimes complains of that itself. */
function withoutClosedPipes(stderr: string): string {
  return stderr.replace(/^time=.*io: read\/write on closed pipe"\n/gm, '')
}

/** How long a client took for a step of its own is the machine's affair. */
function withoutDurations(stderr: string): string {
  return stderr.replace(/^(#\d+ DONE) \d+\.\ds$/gm, '$1 0.0s')
}

/**
 * The one place where docker's name becomes ours: usage lines, the program's name in front of an error, and commands
 * quoted in one. What the daemon says stays as it is.
 */
export function asTug(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^docker: /, 'tug: '))
    .map((line) => (line.includes('Error response from daemon') ? line : commandsRenamed(line)))
    .join('\n')
}

function commandsRenamed(line: string): string {
  return line
    .replaceAll(/\bdocker buildx build\b/g, 'docker build')
    .replace(/^ERROR: docker: /, 'tug: ')
    .replaceAll(/Usage: {2}docker\b/g, 'Usage:  tug')
    .replace(/^\tdocker /, '\ttug ')
    .replaceAll(/'docker (?=[a-z -]+')/g, "'tug ")
    .replaceAll('unknown command: docker ', 'unknown command: tug ')
    .replaceAll(' for "docker ', ' for "tug ')
    .replace(/^docker (?=[a-z ]+ (requires API version|is only supported on) )/, 'tug ')
}

/** A recorded outcome as the program under test is to repeat it. */
export function expectedOf(recorded: Outcome, program: readonly string[]): Outcome {
  if (isReference(program)) return recorded
  return { ...recorded, stdout: asTug(recorded.stdout), stderr: asTug(recorded.stderr) }
}

/** The parts in which two outcomes differ. */
export function differences(expected: Comparable, actual: Comparable): Part[] {
  const parts: Part[] = ['exit', 'stdout', 'stderr', 'wire', 'outputs']
  return parts.filter((part) => stableText(expected[part]) !== stableText(actual[part]))
}

/** Sorts the lists that docker makes from Go maps, because their order is random and has no meaning. */
function withSortedLists(request: WireRequest): WireRequest {
  const { body, path } = request
  if (path === '/networks/create') {
    return { ...request, body: withMember(body, 'IPAM', (ipam) => withMember(ipam, 'Config', sortList)) }
  }
  if (path === '/containers/create') {
    const bodyWithEnv = withMember(body, 'Env', sortList)
    const sorted = withMember(bodyWithEnv, 'HostConfig', (hostConfig) => withMember(hostConfig, 'Binds', sortList))
    return { ...request, body: sorted }
  }
  return request
}

/** Returns a copy of an object in which one member is changed; other values, and objects without it, as they are. */
function withMember(value: unknown, name: string, change: (member: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || !(name in value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === name ? change(member) : member]))
}

function sortList(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted(byText) : value
}

/** To a Go daemon `"Cmd": null` and no `Cmd` are the same. Empty texts, zeros and lists are not touched. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)]))
}

/** A JSON file as its mode and value: the order of its keys means nothing. */
function asJson(recorded: string): unknown {
  const [mode = '', ...words] = recorded.split(' ')
  try {
    return { mode, value: JSON.parse(words.join(' ')) }
  } catch {
    return recorded
  }
}

function seen(text: string, lenience: Lenience | undefined): string {
  if (!lenience) return text
  if (lenience.compare === 'ignored') return ''
  if (lenience.compare === 'presence') return text === '' ? '' : '(something)'
  if (lenience.compare === 'lines') return text.split('\n').sort().join('\n')
  return text.split('\n', 1)[0] ?? ''
}

/** JSON with sorted keys: the order of keys means nothing to a daemon. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = typeof a === 'string' && typeof b === 'string' ? [a, b] : [stableText(a), stableText(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
