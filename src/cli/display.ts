import { localZone } from '../format/time/local.ts'
import type { Display } from '../format/views/view.ts'
import { isEastAsian } from '../format/width.ts'
import type { Cli } from './cli.ts'

/** What stdout can show, for the views. */
export function displayOf(cli: Cli): Display {
  return {
    zone: () => localZone(cli.env),
    eastAsian: isEastAsian(cli.env),
    colorLevel: cli.colorLevel,
    width: cli.out.columns || 80,
  }
}
