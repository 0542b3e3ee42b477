import { describe, expect, test } from 'vitest'
import { sourceCommands } from '../../scripts/generate/source-commands.ts'
import { parseArgv } from '../../src/cli/argv/argv.ts'
import { checkArity } from '../../src/cli/argv/arity.ts'
import { type CommandFacts, pflags } from '../../src/cli/command.ts'
import { findCommand } from '../../src/cli/dispatch.ts'
import { commandTable } from '../../src/command-table.ts'
import { shellCommands } from '../support/shell-words.ts'

const commands = (await sourceCommands()).filter(({ facts }) => !facts.hidden)

/** The width of a description, so that its line in the help of a command fits 80 columns. */
const WIDTH = 76

describe.each(commands)('the examples of $id', ({ id, facts }) => {
  test('exist, and say what they do in one line', () => {
    expect(facts.examples).not.toHaveLength(0)
    for (const { description } of facts.examples) {
      expect(description).toMatch(/^[A-Z].*[^.]$/)
      expect(description.length, description).toBeLessThanOrEqual(WIDTH)
    }
  })

  test.each(facts.examples)('$command has only flags and operands that the command takes', async ({ command }) => {
    const calls = shellCommands(command).filter(([program]) => program === 'tug')
    const called = await Promise.all(calls.map(([, ...words]) => idOfValid(words)))
    expect(called).toContain(id)
  })
})

test('no two examples are the same command line', () => {
  const lines = commands.flatMap(({ facts }) => facts.examples.map(({ command }) => command))
  expect(lines).toEqual([...new Set(lines)])
})

/** Returns the id of the command that the words call. @throws Error when its flags or operands are wrong */
async function idOfValid(words: readonly string[]): Promise<string> {
  const target = findCommand(words, commandTable)
  if (target.kind !== 'command') throw new Error(`${words.join(' ')} calls no command`)
  const { default: facts }: { default: CommandFacts } = await target.entry.load()
  const flags = pflags(facts.flags)
  const { typedFlags, positionals, notices } = parseArgv(target.argv, flags, facts.interspersed)
  const isChoosing = flags.pick !== undefined && (typedFlags.has('all') || typedFlags.has('filter'))
  if (!isChoosing) checkArity(facts.args, positionals.length, { path: target.path, synopsis: facts.synopsis })
  expect(notices).toEqual([])
  for (const name of typedFlags) expect(flags[name]?.hidden ?? false, `--${name} is hidden`).toBe(false)
  return target.entry.id
}
