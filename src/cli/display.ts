import { localZone } from '../format/gotime.ts'
import { isEastAsian } from '../format/width.ts'
import type { Display } from '../format/views/view.ts'
import type { Cli } from './cli.ts'

/** What stdout can show, for the views. */
export function displayOf(cli: Cli): Display {
  return {
    zone: localZone,
    eastAsian: isEastAsian(cli.env),
    colorLevel: cli.colorLevel,
    width: cli.out.columns || 80,
  }
}
