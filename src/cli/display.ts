import { textAt } from '../config/config-file.ts'
import { localZone } from '../config/local-zone.ts'
import { FormatError } from '../format/error.ts'
import { isEastAsian } from '../format/text/width.ts'
import type { Display } from '../format/views/list.ts'
import type { Cli } from './cli.ts'

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

/** The keys of config.json that set a list's format. */
type FormatKey =
  | 'configFormat'
  | 'imagesFormat'
  | 'networksFormat'
  | 'nodesFormat'
  | 'psFormat'
  | 'secretFormat'
  | 'servicesFormat'
  | 'statsFormat'
  | 'tasksFormat'
  | 'volumesFormat'

/**
 * Prints a list in the format that was typed, or else in the one that config.json sets.
 * @param isConfigIgnored whether config.json has no say, as with `--quiet`
 * @throws FormatError that names the file and the key where its format cannot be used
 */
export async function inFormat(
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

/** `pretty` is for people: off a terminal it counts as not set, so that scripts read what they always read. */
function configuredFormat({ config, out }: Pick<Cli, 'config' | 'out'>, key: FormatKey): string {
  const format = textAt(config.data, key)
  return format === 'pretty' && !out.isTerminal ? '' : format
}
