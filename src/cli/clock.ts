import { readLocalZone } from '../config/local-zone.ts'
import type { Clock } from '../domain/timestamp.ts'
import type { Cli } from './cli.ts'

/** Returns what the times that were typed depend on: now, and the zone of this machine. */
export function clockOf({ now, env }: Pick<Cli, 'now' | 'env'>): Clock {
  return { now: now(), zone: () => readLocalZone(env) }
}
