import type { Zone } from '../../../domain/go/gotime.ts'
import { formatInstant } from '../../../domain/go/instant.ts'
import type { Output } from '../../templates/compile.ts'

/**
 * Creates the output of `events`. Returns a function that formats the daemon's JSON of an event, with a newline.
 * @param format a template, or `json`; empty for docker's line
 * @param zone called only if the output contains a time
 * @throws FormatError with exit code 64 when a template cannot be parsed or does not fit an event
 */
export async function eventView(format: string, zone: () => Zone): Promise<(json: string) => Output> {
  if (format !== '') return (await import('../../templates/event.ts')).eventTemplate(format)
  let local: Zone | undefined
  return (json) => {
    local ??= zone()
    return { output: eventLine(json, local) }
  }
}

/**
 * The fields of an event that its line contains, with the names of the Engine API. The text still contains `null`, which
 * means a zero value.
 */
interface EngineEvent {
  readonly Type?: string | null
  readonly Action?: string | null
  readonly Actor?: {
    readonly ID?: string | null
    readonly Attributes?: Readonly<Record<string, string | null>> | null
  } | null
  /** Unix seconds. */
  readonly time?: number | null
}

/** Formats an event as `TIME TYPE ACTION ID (NAME=VALUE, …)`, with the attributes sorted by name. */
function eventLine(json: string, zone: Zone): string {
  const event: EngineEvent = JSON.parse(json)
  const { Type, Action, Actor } = event
  const attributes = Object.entries(Actor?.Attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const list = attributes.map(([name, value]) => `${name}=${value ?? ''}`).join(', ')
  return `${formatTime(json, event, zone)}${Type ?? ''} ${Action ?? ''} ${Actor?.ID ?? ''}${list === '' ? '' : ` (${list})`}\n`
}

const BILLION = 1_000_000_000n

/**
 * Returns the time of an event and a space; empty if the event has no time. The nanoseconds are read from the JSON text,
 * because a JavaScript number cannot represent them.
 */
function formatTime(json: string, { time }: EngineEvent, zone: Zone): string {
  // This cannot match inside a string, where the quotes would be escaped.
  const nanoseconds = BigInt(/"timeNano"\s*:\s*(-?\d+)/.exec(json)?.[1] ?? 0) || BigInt(Math.trunc(time ?? 0)) * BILLION
  if (nanoseconds === 0n) return ''
  const fraction = ((nanoseconds % BILLION) + BILLION) % BILLION
  const seconds = Number((nanoseconds - fraction) / BILLION)
  const { offset, name } = zone(seconds)
  const instant = { seconds, nanoseconds: Number(fraction), offset, zone: name }
  return `${formatInstant(instant, '2006-01-02T15:04:05.000000000Z07:00')} `
}
