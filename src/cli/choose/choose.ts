/** Chooses the objects that a command acts on, in place of their names: by a filter, all of them, or from a list. */
import { ExitStatus } from '../../domain/errors.ts'
import type { Filters } from '../../domain/filter.ts'
import type { ChoiceValues } from '../../flags/choice.ts'
import type { ArgumentCompletion } from '../../flags/completion-source.ts'
import type { Cli } from '../cli.ts'
import type { Target } from '../each.ts'
import { withObjects } from './object-lists.ts'

/** What a command can choose from. */
export interface ChoiceSource {
  /** What its arguments are. */
  readonly completes: ArgumentCompletion
  /** What `--all` and `--filter` stand for. */
  readonly chooses: ArgumentCompletion
}

/**
 * Returns the objects that the flags choose.
 * @param names the names that were typed
 * @returns undefined if the names are to be used as they are
 * @throws ExitStatus 0 if no object is chosen, or after `--dry-run` has listed what is; 1 for flags that exclude each
 *   other; 130 after Ctrl-C; EngineError, ConnectionError, FormatError
 */
export async function chooseTargets(
  source: ChoiceSource,
  flags: ChoiceValues,
  names: readonly string[],
  cli: Cli,
): Promise<readonly Target[] | undefined> {
  refuseConflicts(flags, names)
  const isFiltered = flags.all || Object.keys(flags.filter).length > 0
  const picked = await pick(source, flags, names, isFiltered, cli)
  if (flags['dry-run'] && (isFiltered || picked !== undefined || names.length > 0)) {
    const { printTargets } = await import('./dry-run.ts')
    if (picked === undefined && names.length === 0) await printTargets(source.chooses, flags, undefined, cli)
    else await printTargets(source.completes, flags, picked?.map(({ id }) => id) ?? names, cli)
    throw new ExitStatus(0)
  }
  if (picked !== undefined || !isFiltered) return picked
  const targets = await listTargets(source.chooses, flags.filter, cli)
  if (targets.length === 0) throw new ExitStatus(0)
  return targets
}

/** @throws ExitStatus for flags that exclude each other or the names */
function refuseConflicts({ all, filter, pick, format, ...flags }: ChoiceValues, names: readonly string[]): void {
  const chosenBy = all ? '--all' : Object.keys(filter).length > 0 ? '--filter' : ''
  if (names.length > 0 && chosenBy !== '') throw new ExitStatus(1, `names cannot be typed together with ${chosenBy}`)
  if (all && pick) throw new ExitStatus(1, '--all cannot be used together with --pick')
  if (format !== '' && !flags['dry-run']) throw new ExitStatus(1, '--format needs --dry-run')
}

/** Asks which objects, with `--pick` or if config.json says so. @returns undefined if the user is not asked */
async function pick(
  { completes, chooses }: ChoiceSource,
  flags: ChoiceValues,
  names: readonly string[],
  isFiltered: boolean,
  cli: Cli,
): Promise<readonly Target[] | undefined> {
  if (!flags.pick && (isFiltered || names.length > 0)) return undefined
  const { isPicking, pickTargets } = await import('../pick/pick-targets.ts')
  if (!isPicking(flags.pick, names, cli)) return undefined
  return pickTargets(isFiltered ? chooses : completes, flags.filter, cli)
}

async function listTargets(completes: ArgumentCompletion, filters: Filters, cli: Cli): Promise<readonly Target[]> {
  return withObjects(completes, async ({ list, targetsOf }) =>
    (await list(cli.engine, filters, false)).flatMap(targetsOf),
  )
}
