import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { globalFlagSet } from '../../../src/cli/argv/global-flags.ts'
import { allCommands, allGroups } from '../../../src/cli/dispatch.ts'
import { commandHelp, groupHelp, rootHelp } from '../../../src/cli/help/help.ts'
import { summaries } from '../../../src/command-summaries.ts'
import { commandTable } from '../../../src/command-table.ts'

const globals = globalFlagSet('/home/me/.docker')

async function helpOf(id: string, path: string, width: number, hasExamples = false): Promise<string> {
  const entry = allCommands(commandTable).find((each) => each.id === id)
  if (!entry) throw new Error(`no command ${id}`)
  const { default: command } = await entry.load()
  return commandHelp({ texts: command, grammar: command }, entry, path, { width, hasExamples })
}

describe('help', () => {
  it('of tug shows usage, commands and global options', () => {
    const help = rootHelp({ table: commandTable, summaries, globals, plugins: [], width: 80 })
    const titles = help.match(/^[A-Z][\w ]+:$/gm)
    expect(titles).toEqual([
      'Common Commands:',
      'Management Commands:',
      'Swarm Commands:',
      'Commands:',
      'Global Options:',
    ])
    expect(help).toMatch(/^Usage: {2}tug \[OPTIONS\] COMMAND\n/)
    expect(help).toMatch(/^ {2}run +\S/m)
    expect(help).toMatch(/^ {2}-H, --host list +\S/m)
    expect(help).toContain('/home/me/.docker/ca.pem')
    expect(help.endsWith("Run 'tug COMMAND --help' for more information on a command.\n")).toBe(true)
  })

  it('of tug lists the commands of plugins, and the errors of invalid ones', () => {
    const plugins = [
      { Name: 'compose', Path: '/p/docker-compose', ShortDescription: 'Run apps of several containers' },
      { Name: 'broken', Path: '/p/docker-broken', Err: 'plugin metadata does not define a vendor' },
    ]
    const help = rootHelp({ table: commandTable, summaries, globals, plugins, width: 80 })
    expect(help).toMatch(/\n {2}checkpoint .*\n {2}compose\* {4}Run apps of several containers\n {2}container /)
    expect(help).toContain('\n\nInvalid Plugins:\n  broken      plugin metadata does not define a vendor\n\nGlobal')
  })

  it('of tug lists swarm commands in a section of their own', () => {
    const help = rootHelp({ table: commandTable, summaries, globals, plugins: [], width: 80 })
    const [management = '', swarm = ''] = help.split('\n\nSwarm Commands:\n')
    expect(management).toContain('\n  container ')
    expect(management).not.toContain('\n  service ')
    expect(swarm).toMatch(/^ {2}config .*\n {2}service .*\n\nCommands:\n/s)
  })

  it.each(allGroups(commandTable).map((group) => ({ group })))('of $group.name lists its commands', ({ group }) => {
    const help = groupHelp(group, commandTable, summaries)
    expect(help).toMatch(new RegExp(`^Usage:  tug ${group.name} COMMAND\n\n`))
    const verbs = allCommands(commandTable)
      .filter(({ id, hidden }) => id.startsWith(`${group.name}:`) && !hidden)
      .map(({ id }) => id.split(':')[1])
    for (const verb of verbs) expect(help).toMatch(new RegExp(`^  ${verb} +\\S`, 'm'))
  })

  it('of a command shows usage, summary, aliases and options', async () => {
    const help = await helpOf('container:ls', 'ps', 100)
    expect(help).toMatch(/^Usage: {2}tug ps \[OPTIONS\]\n\nList containers\n\nAliases:\n {2}tug container ls, /)
    expect(help).toMatch(/^ {2}-a, --all +\S/m)
    expect(help).toMatch(/^ {6}--format string +\S/m)
    expect(help).toMatch(/\(default -1\)$/m)
  })

  it('of a command ends with examples that a shell can run, on a terminal only', async () => {
    const help = await helpOf('container:ls', 'ps', 80)
    const examples = (await helpOf('container:ls', 'ps', 80, true)).slice(help.length)
    expect(help).not.toContain('Examples:')
    expect(examples).toMatch(/^\nExamples:\n {2}# List running containers\n {2}tug ps\n\n {2}# /)
  })

  it.each([40, 60, 80, 120, 500])('wraps options at %i columns', async (width) => {
    for (const id of ['container:run', 'container:ls', 'image:build']) {
      const options = (await helpOf(id, 'x', width)).split('Options:\n')[1] ?? ''
      const indent = Math.max(
        ...options.split('\n').map((line) => /^ +(?:-\S, )?--\S+(?: \S+)? {2,}/.exec(line)?.[0].length ?? 0),
      )
      for (const line of options.split('\n')) expect(line.length).toBeLessThanOrEqual(Math.max(width, indent + 40))
    }
  })

  it.each(allCommands(commandTable).map(({ id }) => ({ id })))('of $id has a summary for every option', async ({
    id,
  }) => {
    const help = await helpOf(id, id, 200)
    for (const line of help.split('\n').filter((text) => /^ {2,6}-/.test(text))) expect(line).toMatch(/ {2,}\S.*[^ ]$/)
  })
})

describe('the help of build', () => {
  const helpWith = (DOCKER_BUILDKIT: string) =>
    execFileSync(process.execPath, ['src/main.ts', 'build', '--help'], {
      env: { ...process.env, DOCKER_BUILDKIT, DOCKER_HOST: 'unix:///nonexistent' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })

  it('lists the flags of the builder that would build', () => {
    const [classic, buildKit] = [helpWith('0'), helpWith('1')]
    expect(classic).toContain('--force-rm ')
    expect(classic).not.toContain('--secret ')
    expect(buildKit).toContain('--secret ')
    expect(buildKit).not.toContain('--force-rm ')
  })
})
