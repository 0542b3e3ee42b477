import { type ConfigFile, textAt } from '../config/config-file.ts'
import { localZone } from '../format/time/local.ts'
import type { Display } from '../format/views/view.ts'
import { isEastAsian } from '../format/width.ts'
import type { Cli } from './cli.ts'
import type { Output } from './streams.ts'

/**
 * What stdout can show, for the views.
 * @param isPlain whether a format or `--no-trunc` was asked for: who does wants docker's bytes, on a terminal too
 */
export function displayOf(cli: Cli, format: string, isPlain: boolean): Display {
  return {
    zone: () => localZone(cli.env),
    eastAsian: isEastAsian(cli.env),
    colorLevel: isPlain && format !== 'pretty' ? 0 : cli.colorLevel,
    width: cli.out.columns || 80,
  }
}

/**
 * The format that config.json sets for a list. `pretty` is for people: off a terminal it counts as not set, so that
 * scripts read what they always read.
 */
export function configuredFormat({ data }: ConfigFile, key: 'psFormat' | 'imagesFormat', out: Output): string {
  const format = textAt(data, key)
  return format === 'pretty' && !out.isTerminal ? '' : format
}
