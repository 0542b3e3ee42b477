import { describe, expect, it } from 'vitest'
import { type CommandTable, findCommand, topLevelWords, verbsOf } from '../../src/cli/dispatch.ts'
import { commandTable } from '../../src/command-table.ts'

const load = () => Promise.reject(new Error('not loaded in this test'))
const table: CommandTable = {
  commands: ['container:ls container:list ps', 'login'],
  groups: ['container'],
  hidden: [],
  load,
  loadSummaries: async () => ({ summaries: {} }),
}

describe('findCommand', () => {
  it.each([
    { argv: ['ps', '-a'], path: 'ps', rest: ['-a'] },
    { argv: ['container', 'ls', '-a'], path: 'container ls', rest: ['-a'] },
    { argv: ['container', 'list'], path: 'container ls', rest: [] },
    { argv: ['container', '--help', 'ls'], path: 'container ls', rest: ['--help'] },
    { argv: ['login', 'container'], path: 'login', rest: ['container'] },
  ])('finds "$path" in $argv', ({ argv, path, rest }) => {
    expect(findCommand(argv, table)).toMatchObject({ kind: 'command', path, argv: rest })
  })

  it('finds tug itself in an empty argv, and a group without a command', () => {
    expect(findCommand([], table)).toEqual({ kind: 'root' })
    expect(findCommand(['container'], table)).toMatchObject({ kind: 'group', argv: [] })
    expect(findCommand(['container', '--foo', 'ls'], table)).toMatchObject({ kind: 'group', argv: ['--foo', 'ls'] })
  })

  it.each([
    { argv: ['pss'], message: "tug: unknown command: tug pss\n\nRun 'tug --help' for more information" },
    { argv: [''], message: "tug: unknown command: tug \n\nRun 'tug --help' for more information" },
    {
      argv: ['container', 'lss'],
      message:
        "tug: unknown command: tug container lss\n\nUsage:  tug container\n\nRun 'tug container --help' for more information",
    },
  ])('refuses $argv', ({ argv, message }) => {
    expect(findCommand(argv, table)).toMatchObject({ kind: 'unknown', error: { exitCode: 1, message } })
  })
})

describe('the command table', () => {
  it('has no duplicate names', () => {
    const ids = commandTable.commands.flatMap((names) => names.split(' '))
    expect(ids).toEqual([...new Set(ids)])
  })

  it('lists the words and verbs for suggestions', () => {
    expect(topLevelWords(table)).toEqual(['container', 'login', 'ps'])
    expect(verbsOf({ name: 'container', hidden: false }, table)).toEqual(['ls'])
  })
})
