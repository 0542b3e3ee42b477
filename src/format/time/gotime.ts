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
  const local = new Date((unixSeconds + offset) * 1000)
  if (Number.isNaN(local.getTime())) return String(unixSeconds)
  const year = local.getUTCFullYear()
  const digits = String(Math.abs(year)).padStart(4, '0')
  const date = `${year < 0 ? '-' : ''}${digits}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`
  return `${date} ${time} ${shownOffset(offset)} ${name}`
}

function shownOffset(seconds: number): string {
  const minutes = Math.trunc(Math.abs(seconds) / 60)
  return `${seconds < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}${two(minutes % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
