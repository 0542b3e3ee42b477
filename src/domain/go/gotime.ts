/** A time zone: what clocks show at a moment (Unix seconds). */
export type Zone = (unixSeconds: number) => ZoneMoment

export interface ZoneMoment {
  /** Seconds east of Greenwich. */
  readonly offset: number
  /** `CET`; zones without a name have their offset here, such as `+03`. */
  readonly name: string
}

/** Coordinated universal time. */
export const UTC: Zone = () => ({ offset: 0, name: 'UTC' })

/** A whole second as Go prints times: `2006-01-02 15:04:05 -0700 MST`. */
export function goTime(unixSeconds: number, zone: Zone): string {
  const { offset, name } = zone(unixSeconds)
  const clock = clockAt(unixSeconds, offset)
  return clock === undefined ? String(unixSeconds) : `${clock.date} ${clock.time} ${shownOffset(offset, '')} ${name}`
}

/** A whole second as `2006-01-02T15:04:05-07:00`, with `Z` for an offset of nothing. */
export function rfc3339(unixSeconds: number, zone: Zone): string {
  const { offset } = zone(unixSeconds)
  const clock = clockAt(unixSeconds, offset)
  if (clock === undefined) return String(unixSeconds)
  return `${clock.date}T${clock.time}${offset === 0 ? 'Z' : shownOffset(offset, ':')}`
}

function clockAt(unixSeconds: number, offset: number): { date: string; time: string } | undefined {
  const local = new Date((unixSeconds + offset) * 1000)
  if (Number.isNaN(local.getTime())) return
  const year = local.getUTCFullYear()
  const digits = String(Math.abs(year)).padStart(4, '0')
  return {
    date: `${year < 0 ? '-' : ''}${digits}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`,
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`,
  }
}

function shownOffset(seconds: number, separator: string): string {
  const minutes = Math.trunc(Math.abs(seconds) / 60)
  return `${seconds < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}${separator}${two(minutes % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
