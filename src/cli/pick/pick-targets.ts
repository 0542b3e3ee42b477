import { ExitStatus } from '../../domain/errors.ts'
import type { Filters } from '../../domain/filter.ts'
import type { ArgumentCompletion } from '../../flags/completion-source.ts'
import { withObjects } from '../choose/object-lists.ts'
import type { Cli } from '../cli.ts'
import type { Target } from '../each.ts'
import type { ChecklistOptions, Choice } from './checklist.ts'

/** The exit code that the shell reports for a program that SIGINT ended. */
const INTERRUPTED = 130

/**
 * Whether the names of a command are chosen from a list: with `--pick`, or with `"pick": true` in config.json on a
 * terminal where no name was typed.
 * @throws ExitStatus if `--pick` was typed but names cannot be chosen
 */
export function isPicking(isTyped: boolean, names: readonly string[], cli: Cli): boolean {
  const isTerminal = cli.in.isTerminal && cli.out.isTerminal
  if (!isTyped) return names.length === 0 && isTerminal && cli.config.data.pick === true
  if (names.length > 0) throw new ExitStatus(1, 'names cannot be typed together with --pick')
  if (!isTerminal) throw new ExitStatus(1, '--pick needs a terminal')
  return true
}

/**
 * Asks which objects a command is for.
 * @param filters what the list shows
 * @throws ExitStatus 0 if there are none or none is chosen; 130 after Ctrl-C; EngineError, ConnectionError
 */
export async function pickTargets(
  completes: ArgumentCompletion,
  filters: Filters,
  cli: Cli,
): Promise<readonly Target[]> {
  const targets = new Map<string, Target>()
  const choices: Choice[] = []
  await withObjects(completes, async ({ list, targetsOf, detailOf }) => {
    for (const row of await list(cli.engine, filters, false)) {
      for (const target of targetsOf(row)) {
        targets.set(target.name, target)
        choices.push({ name: target.name, detail: detailOf(row) })
      }
    }
  })
  if (choices.length === 0) throw new ExitStatus(0, 'There is nothing to choose from.')
  const names = await askWhich(choices, cli)
  if (names.length === 0) throw new ExitStatus(0)
  return names.flatMap((name) => targets.get(name) ?? [])
}

async function askWhich(choices: readonly Choice[], cli: Cli): Promise<readonly string[]> {
  const { default: inquirer } = await import('inquirer')
  const { checklist } = await import('./checklist.ts')
  const ask = inquirer.createPromptModule<{ checklist: ChecklistOptions & Record<string, unknown> }>({
    input: cli.in.stream,
    output: cli.out.stream,
  })
  ask.registerPrompt('checklist', checklist)
  try {
    const question = { type: 'checklist', name: 'names', message: 'Which ones?', choices } as const
    return (await ask<{ names: readonly string[] }>([question])).names
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new ExitStatus(INTERRUPTED)
    throw error
  }
}
