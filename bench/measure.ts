import type { Case, Prepared } from './cases/case.ts'
import type { Client } from './clients.ts'
import type { Processes, Usage } from './processes.ts'

/** What the runs of one client used, round by round. */
export interface Series {
  readonly client: Client
  readonly runs: readonly Usage[]
}

/**
 * Measures one case at one size. The clients take turns, so that a slow moment of the machine affects all of them. The
 * first round is not counted: it fills caches.
 */
export async function measure(
  { rounds }: Case,
  prepared: Prepared,
  context: { clients: readonly Client[]; processes: Processes; env: Readonly<Record<string, string>> },
): Promise<Series[]> {
  const env = { ...context.env, ...prepared.env, DOCKER_HOST: prepared.host }
  const measured = context.clients.map((client) => ({ client, runs: [] as Usage[] }))
  for (let round = 0; round <= rounds; round++) {
    for (const { client, runs } of measured) {
      await prepared.reset?.(client)
      const usage = await context.processes.run({ ...prepared, env, argv: [...client.command, ...prepared.args] })
      if (round > 0) runs.push(usage)
    }
  }
  return measured
}

/** Returns the value below which the given share of the values lies; 0.5 gives the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place - Math.floor(place))
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Returns the median, over the rounds, of what one client used as a multiple of what another used in the same round. */
export function medianRatio(series: Series, reference: Series, part: keyof Usage): number {
  return median(series.runs.map((usage, round) => usage[part] / (reference.runs[round]?.[part] ?? Number.NaN)))
}
