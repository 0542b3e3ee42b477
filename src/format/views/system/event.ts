import type { Zone } from '../../../domain/go/gotime.ts'
import { formatInstant } from '../../../domain/go/instant.ts'
import type { FormatError } from '../../error.ts'

/** An event as it is shown, and why that may not be all of it. */
interface ShownEvent {
  /** With its newline. */
  readonly text: string
  readonly problem?: FormatError
}

/** Shows one event, given as the daemon's JSON. */
export type ShowEvent = (json: string) => ShownEvent

/**
 * How `events` shows what happens.
 * @param format a template, or `json`; empty for docker's line
 * @param zone asked for only when a time is shown
 * @throws FormatError with exit code 64 for a template that cannot be read or that does not fit an event
 */
export async function eventView(format: string, zone: () => Zone): Promise<ShowEvent> {
  if (format !== '') return (await import('../../templates/event.ts')).eventTemplate(format)
  let local: Zone | undefined
  return (json) => {
    local ??= zone()
    return { text: eventLine(json, local) }
  }
}

/** The parts of an event that its line shows, named as the Engine API names them. */
interface EngineEvent {
  readonly Type?: string
  readonly Action?: string
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> | null } | null
  /** Unix seconds. */
  readonly time?: number
}

/** `TIME TYPE ACTION ID (NAME=VALUE, …)`, the attributes sorted by name. */
function eventLine(json: string, zone: Zone): string {
  const event: EngineEvent = JSON.parse(json)
  const { Type = '', Action = '', Actor } = event
  const attributes = Object.entries(Actor?.Attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const shown = attributes.map(([name, value]) => `${name}=${value}`).join(', ')
  return `${timeOf(json, event, zone)}${Type} ${Action} ${Actor?.ID ?? ''}${shown === '' ? '' : ` (${shown})`}\n`
}

const BILLION = 1_000_000_000n

/** When it happened, and a space; empty where the event does not say. Nanoseconds are more than a number of ours holds. */
function timeOf(json: string, { time = 0 }: EngineEvent, zone: Zone): string {
  // Within a text a quote is escaped, so that this finds the member alone.
  const nanoseconds = BigInt(/"timeNano"\s*:\s*(-?\d+)/.exec(json)?.[1] ?? 0) || BigInt(Math.trunc(time)) * BILLION
  if (nanoseconds === 0n) return ''
  const fraction = ((nanoseconds % BILLION) + BILLION) % BILLION
  const seconds = Number((nanoseconds - fraction) / BILLION)
  const { offset, name } = zone(seconds)
  const instant = { seconds, nanoseconds: Number(fraction), offset, zone: name }
  return `${formatInstant(instant, '2006-01-02T15:04:05.000000000Z07:00')} `
}
