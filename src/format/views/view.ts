import type { Zone } from '../../domain/go/gotime.ts'
import { UTC } from '../../domain/go/gotime.ts'

/** 0: no color, 1: 16 colors, 2: 256 colors, 3: all; as chalk counts. */
export type ColorLevel = 0 | 1 | 2 | 3

/** What the place of output can show. Everything has a default that fits a pipe. */
export interface Display {
  /** The zone that times are shown in (see `localZone`); asked for only when a time is shown. Default: UTC. */
  readonly zone?: () => Zone
  /** Whether characters of ambiguous width take two columns (see `isEastAsian`). Default: they take one. */
  readonly eastAsian?: boolean
  /** Default 0: the bytes are docker's. */
  readonly colorLevel?: ColorLevel
  /** Columns of the terminal, for `pretty`. Default: 80. */
  readonly width?: number
}

/** A way to show a list, fixed before anything is asked of the daemon. */
export interface View<Row> {
  /** Whether the daemon must be asked for sizes, which cost it time. */
  readonly needsSize: boolean
  /** The whole output; empty, or ending with a newline. */
  render(rows: readonly Row[], now: Date): string
}

/** The zone of a display. */
export function zoneOf({ zone }: Display): () => Zone {
  return zone ?? (() => UTC)
}
