import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { programs, Shell } from '../support/run.ts'
import { isReference } from './programs.ts'

const LINES = ['tug ps --help', 'tug help ps', 'tug container ls --help']

/** docker's help has no examples. */
const own = programs.filter(({ command }) => !isReference(command))

describe.each(own)('the help of $name', (program) => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.open(program)
  })
  afterAll(() => shell.close())

  test.each(LINES)('%s ends with examples on a terminal, and with options elsewhere', async (line) => {
    const terminal = shell.terminal(line, { columns: 100, rows: 60 })
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    const screen = terminal.screen()
    const piped = await shell.succeed(line)
    expect(screen).toContain('\n\nExamples:\n  # List running containers\n  tug ps\n\n  # ')
    expect(screen.split('\n').at(-1)).toMatch(/^ {2}tug ps /)
    expect(piped).toMatch(/\nOptions:\n(?: .*\n)+$/)
  })

  // How `build` reads its flags depends on the builder, which does not change what it is for.
  test.each([
    'tug build',
    'tug image build',
    'tug buildx build',
    'DOCKER_BUILDKIT=0 tug build',
  ])('%s --help says what the command does, with examples on a terminal', async (line) => {
    const summary = /\n\nBuild an image .*\n\nAliases:\n/
    const piped = await shell.succeed(`${line} --help`)
    expect(piped).toMatch(summary)
    const terminal = shell.terminal(`env ${line} --help`, { columns: 100, rows: 120 })
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.screen()).toMatch(summary)
    expect(terminal.screen()).toMatch(/\n\nExamples:\n {2}# Build the Dockerfile/)
  })

  test('a group has no examples of its own', async () => {
    const terminal = shell.terminal('tug container --help', { rows: 60 })
    await terminal.exit()
    expect(terminal.screen()).not.toContain('Examples:')
  })
})
