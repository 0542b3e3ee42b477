/** A time zone: returns the offset and the name at a moment (Unix seconds). */
export type Zone = (unixSeconds: number) => ZoneMoment

export interface ZoneMoment {
  /** Seconds east of Greenwich. */
  readonly offset: number
  /** `CET`; the offset, such as `+03`, for zones without a name. */
  readonly name: string
}

/** Coordinated universal time. */
export const UTC: Zone = () => ({ offset: 0, name: 'UTC' })

/** Formats a whole second as Go prints times: `2006-01-02 15:04:05 -0700 MST`. */
export function formatGoTime(unixSeconds: number, zone: Zone): string {
  const { offset, name } = zone(unixSeconds)
  const clock = clockAt(unixSeconds, offset)
  return clock === undefined ? String(unixSeconds) : `${clock.date} ${clock.time} ${formatOffset(offset, '')} ${name}`
}

/** Formats a whole second as `2006-01-02T15:04:05-07:00`, with `Z` for UTC. */
export function formatRfc3339(unixSeconds: number, zone: Zone): string {
  const { offset } = zone(unixSeconds)
  const clock = clockAt(unixSeconds, offset)
  if (clock === undefined) return String(unixSeconds)
  return `${clock.date}T${clock.time}${offset === 0 ? 'Z' : formatOffset(offset, ':')}`
}

function clockAt(unixSeconds: number, offset: number): { date: string; time: string } | undefined {
  const local = new Date((unixSeconds + offset) * 1000)
  if (Number.isNaN(local.getTime())) return
  const year = local.getUTCFullYear()
  const digits = String(Math.abs(year)).padStart(4, '0')
  return {
    date: `${year < 0 ? '-' : ''}${digits}-${twoDigits(local.getUTCMonth() + 1)}-${twoDigits(local.getUTCDate())}`,
    time: `${twoDigits(local.getUTCHours())}:${twoDigits(local.getUTCMinutes())}:${twoDigits(local.getUTCSeconds())}`,
  }
}

function formatOffset(seconds: number, separator: string): string {
  const minutes = Math.trunc(Math.abs(seconds) / 60)
  return `${seconds < 0 ? '-' : '+'}${twoDigits(Math.trunc(minutes / 60))}${separator}${twoDigits(minutes % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
