const MINUTE = 60
const HOUR = 60 * MINUTE

/** Go's longest duration, about 292 years: longer times count as this. */
const LONGEST = 9_223_372_036

/** Seconds for people: `About a minute`, `3 days` (go-units HumanDuration). */
export function humanDuration(seconds: number): string {
  const span = Math.min(seconds, LONGEST)
  const whole = Math.trunc(span)
  if (whole < 1) return 'Less than a second'
  if (whole === 1) return '1 second'
  if (whole < MINUTE) return `${whole} seconds`
  const minutes = Math.trunc(span / MINUTE)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.trunc(span / HOUR + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`
  return `${Math.trunc(Math.trunc(span / HOUR) / 24 / 365)} years`
}

/**
 * How long ago `unixSeconds` was: `3 days ago`.
 * @param now milliseconds since 1970, as `Date.now()` counts
 */
export function ago(unixSeconds: number, now: number): string {
  return `${humanDuration(now / 1000 - unixSeconds)} ago`
}
