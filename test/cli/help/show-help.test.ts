import { expect, test } from 'vitest'
import { globalFlagSet } from '../../../src/cli/argv/global-flags.ts'
import { findCommand } from '../../../src/cli/dispatch.ts'
import { handleUnknownWord } from '../../../src/cli/help/show-help.ts'
import { reportError } from '../../../src/cli/report-error.ts'
import { commandTable } from '../../../src/command-table.ts'
import { recordingOutput } from '../../support/output.ts'

test.each([
  [['runn', '-it', 'x'], 'run'],
  [['contaner', 'ls', '-a'], 'container'],
  [['container', 'lss', '-a'], 'ls'],
  [['runn', '--nosuch'], 'run'],
])('an unknown word before a flag is explained on a terminal: %j', async (argv, meant) => {
  const target = findCommand(argv, commandTable)
  if (target.kind !== 'unknown') throw new Error('the word is known')
  const cli = { out: recordingOutput(true), listPlugins: async () => [] }
  const source = { table: commandTable, globals: globalFlagSet('/none'), cli }
  const error: unknown = await handleUnknownWord(target, source).catch((reason: unknown) => reason)
  const terminal = recordingOutput(true)
  expect(await reportError(error, terminal)).toBe(125)
  expect(terminal.text).toMatch(/^unknown (?:shorthand )?flag: /)
  expect(terminal.text.endsWith(`\nhint: did you mean "${meant}"?\n`)).toBe(true)
})
