/** The flags by which a command chooses the objects that it acts on, in place of their names. */

import type { Filters } from '../domain/filter.ts'
import type { CompletionKind } from './completion-source.ts'
import { bool, type SwitchFlag, type ValueFlag, type ValuesOf } from './flag.ts'
import { filters, formatWithDryRun, pick } from './shared.ts'

/** How help describes the choice of a command. */
interface Choice {
  /** The verb in the imperative, such as `stop`. */
  readonly verb: string
  /** Its past participle, such as `stopped`. */
  readonly participle: string
  /** What `--all` stands for, such as `running containers`. */
  readonly all: string
  /** What completion offers for `--filter`. */
  readonly completes: CompletionKind
}

/** The flags that `DockerCommand.readTargets` reads. A type alias, because oclif's flags need an index signature. */
export type ChoiceFlags = {
  readonly all: SwitchFlag
  readonly 'dry-run': SwitchFlag
  readonly filter: ValueFlag<Filters>
  readonly format: ValueFlag<string>
  readonly pick: SwitchFlag
}

/** The values of these flags. */
export type ChoiceValues = ValuesOf<ChoiceFlags>

/**
 * Returns the flags of a command that acts on existing objects. They have no short forms, because in docker these have
 * other meanings: `rm -f` is `--force`, and `start -a` is `--attach`.
 */
export function choiceFlags({ verb, participle, all, completes }: Choice): ChoiceFlags {
  const capitalized = verb.charAt(0).toUpperCase() + verb.slice(1)
  return {
    all: bool({ summary: `${capitalized} all ${all}` }),
    'dry-run': bool({ summary: `List what would be ${participle}, and change nothing` }),
    filter: filters({ completes, summary: `${capitalized} what matches a condition, NAME=VALUE or NAME!=VALUE` }),
    format: formatWithDryRun(),
    pick: pick(),
  }
}
