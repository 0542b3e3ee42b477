import { ExitStatus } from '../../domain/errors.ts'
import type { ArgumentCompletion } from '../../flags/completion-source.ts'
import type { Cli } from '../cli.ts'
import type { ChecklistOptions } from './checklist.ts'

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
 * @throws ExitStatus 0 if there are none or none is chosen; 130 after Ctrl-C; EngineError, ConnectionError
 */
export async function pickNames(kind: ArgumentCompletion, cli: Cli): Promise<readonly string[]> {
  const { listChoices } = await import('./choices.ts')
  const choices = await listChoices(kind, cli.engine)
  if (choices.length === 0) throw new ExitStatus(0, 'There is nothing to choose from.')
  const { default: inquirer } = await import('inquirer')
  const { checklist } = await import('./checklist.ts')
  const ask = inquirer.createPromptModule<{ checklist: ChecklistOptions & Record<string, unknown> }>({
    input: cli.in.stream,
    output: cli.out.stream,
  })
  ask.registerPrompt('checklist', checklist)
  try {
    const question = { type: 'checklist', name: 'names', message: 'Which ones?', choices } as const
    const { names } = await ask<{ names: readonly string[] }>([question])
    if (names.length === 0) throw new ExitStatus(0)
    return names
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new ExitStatus(INTERRUPTED)
    throw error
  }
}
