/** The format of lists: from `--format`, config.json and what the terminal can show. */

import { readLocalZone } from '../../config/local-zone.ts'
import { textIn } from '../../domain/json.ts'
import { FormatError } from '../../format/error.ts'
import { isEastAsian } from '../../format/text/width.ts'
import type { Display } from '../../format/views/list.ts'
import type { Cli } from '../cli.ts'

/**
 * Returns what a view needs to know about stdout.
 * @param format the typed format, or else that of config.json; empty for the default table
 * @param isPlain whether `--format` or `--no-trunc` was given, which give docker's bytes on a terminal too
 */
export function displayFor(cli: Cli, format: string, isPlain: boolean): Display {
  return {
    fitWidth: format === '' && !isPlain ? fitWidthFor(cli) : 0,
    zone: () => readLocalZone(cli.env),
    eastAsian: isEastAsian(cli.env),
    colorLevel: isPlain && format !== 'pretty' ? 0 : cli.colorLevel,
    width: cli.out.columns || 80,
  }
}

/** Returns the columns that tables are to fit; 0 without a terminal, without a known width, and with `TUG_PLAIN`. */
export function fitWidthFor({ env, out }: Pick<Cli, 'env' | 'out'>): number {
  return out.isTerminal && !env.TUG_PLAIN ? out.columns : 0
}

/** The keys of config.json that set the format of a list. */
type FormatKey =
  | 'configFormat'
  | 'imagesFormat'
  | 'networksFormat'
  | 'nodesFormat'
  | 'pluginsFormat'
  | 'psFormat'
  | 'secretFormat'
  | 'servicesFormat'
  | 'statsFormat'
  | 'tasksFormat'
  | 'volumesFormat'

/**
 * Prints a list in the format that was typed, or else in the one that config.json sets.
 * @param isConfigIgnored whether the format of config.json does not apply, as with `--quiet`
 * @throws FormatError that names the file and the key if the format of config.json is invalid
 */
export async function printInFormat(
  cli: Pick<Cli, 'config' | 'out'>,
  key: FormatKey,
  typed: string,
  isConfigIgnored: boolean,
  print: (format: string) => Promise<void>,
): Promise<void> {
  const configured = typed === '' && !isConfigIgnored ? configuredFormat(cli, key) : ''
  if (configured === '') return print(typed)
  try {
    await print(configured)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new FormatError(`${error.message}\nThe format is ${key} in ${cli.config.path}`, error.exitCode)
  }
}

/** Returns the format of config.json. `pretty` counts on terminals only, so that the input of scripts stays the same. */
function configuredFormat({ config, out }: Pick<Cli, 'config' | 'out'>, key: FormatKey): string {
  const format = textIn(config.data, key)
  // The tree is no format: the command draws it where it can, and else prints the table.
  if (key === 'imagesFormat' && format === 'tree') return ''
  return format === 'pretty' && !out.isTerminal ? '' : format
}
