import type { WireRequest } from '../support/fake-recording.ts'
import type { Lenience, ParityCase } from './case.ts'
import { isReference } from './programs.ts'
import type { Outcome } from './run-case.ts'

/**
 * Pings are not compared: when a client negotiates the version does not matter, if it sends no more pings than docker.
 * The negotiated version is part of every other request.
 */
const isPing = ({ path }: WireRequest) => path.endsWith('/_ping')

export function pings({ wire }: Outcome): number {
  return wire.filter(isPing).length
}

/** An outcome without the parts that a case does not compare. */
export interface Comparable {
  readonly exit: number | string
  readonly stdout: string
  readonly stderr: string
  readonly wire: readonly unknown[]
  readonly outputs: Readonly<Record<string, unknown>>
}

export type Part = keyof Comparable

export function comparable(outcome: Outcome, parityCase: ParityCase): Comparable {
  const { exit, stdout, stderr, wire, outputs } = recordable(outcome, parityCase)
  return {
    exit,
    stdout,
    stderr,
    wire: wire.filter((request) => !isPing(request)).map((request) => withoutNulls(request)),
    outputs: Object.fromEntries(Object.entries(outputs ?? {}).map(([name, text]) => [name, asJson(text)])),
  }
}

/**
 * Returns an outcome in the form in which it is recorded: without parts that are not compared or that vary between
 * runs.
 */
export function recordable(outcome: Outcome, { lenient, parallel }: ParityCase): Outcome {
  const wire = outcome.wire.filter((request) => !lenient?.wire || isPing(request)).map(withSortedLists)
  return {
    ...outcome,
    stdout: lenientText(outcome.stdout, lenient?.stdout),
    stderr: lenientText(withoutDurations(withoutClosedPipes(outcome.stderr)), lenient?.stderr),
    wire: parallel ? wire.sort(byText) : wire,
  }
}

/** Removes a warning that docker sometimes prints when it stops writing an archive. */
function withoutClosedPipes(stderr: string): string {
  return stderr.replace(/^time=.*io: read\/write on closed pipe"\n/gm, '')
}

/** Replaces the duration of steps, which depends on the machine. */
function withoutDurations(stderr: string): string {
  return stderr.replace(/^(#\d+ DONE) \d+\.\ds$/gm, '$1 0.0s')
}

/**
 * Replaces docker's name by ours in usage lines, in front of errors, and in commands that an error quotes. Messages of
 * the daemon stay unchanged.
 */
export function asTug(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^(\[latin1\])?docker: /, '$1tug: '))
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

/** Returns the outcome that is expected of the program under test. */
export function expectedOf(recorded: Outcome, program: readonly string[]): Outcome {
  if (isReference(program)) return recorded
  return { ...recorded, stdout: asTug(recorded.stdout), stderr: asTug(recorded.stderr) }
}

/** Returns the parts in which two outcomes differ. */
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

/**
 * Returns a copy of an object with one member changed. Values that are not objects, or lack the member, are returned
 * unchanged.
 */
function withMember(value: unknown, name: string, change: (member: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || !(name in value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === name ? change(member) : member]))
}

function sortList(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted(byText) : value
}

/**
 * Removes members that are null, because to a Go daemon `"Cmd": null` and no `Cmd` are the same. Empty strings, zeros
 * and empty lists stay.
 */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(members.map(([name, inner]) => [name, withoutNulls(inner)]))
}

/** Parses a recorded JSON file into its mode and value, because the order of its keys does not matter. */
function asJson(recorded: string): unknown {
  const [mode = '', ...words] = recorded.split(' ')
  try {
    return { mode, value: JSON.parse(words.join(' ')) }
  } catch {
    return recorded
  }
}

function lenientText(text: string, lenience: Lenience | undefined): string {
  if (!lenience) return text
  if (lenience.compare === 'ignored') return ''
  if (lenience.compare === 'presence') return text === '' ? '' : '(something)'
  if (lenience.compare === 'lines') return text.split('\n').sort().join('\n')
  return text.split('\n', 1)[0] ?? ''
}

/** Returns JSON with sorted keys, because the order of keys does not matter to a daemon. */
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
