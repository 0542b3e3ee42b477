import { pflags } from '../../src/cli/command.ts'
import { type DockerCommands, dockerCommands } from './docker-commands.ts'
import { withSection } from './marked-section.ts'
import type { SourceCommand } from './source-commands.ts'

/** Limitations of a command that a comparison of its flags does not show. */
const NOTES: Readonly<Record<string, string>> = {}

/** Returns the text of README.md with its tables of commands updated. */
export function readmeText(readme: string, commands: readonly SourceCommand[]): string {
  const docker = dockerCommands()
  return withSection(
    withSection(readme, 'commands', commandTable(commands, docker)),
    'missing',
    missingCommands(commands, docker),
  )
}

function commandTable(commands: readonly SourceCommand[], docker: DockerCommands): string {
  const rows = commands
    .filter(({ facts }) => !facts.hidden)
    .map((command) => {
      const name = spaced(command.id)
      const names = command.facts.aliases.map((alias) => `\`${spaced(alias)}\``).join(', ')
      return `| \`${name}\` | ${names} | ${depth(command, docker)} |`
    })
  return ['| command | also called | depth |', '| --- | --- | --- |', ...rows].join('\n')
}

function depth({ id, facts }: SourceCommand, docker: DockerCommands): string {
  const name = spaced(id)
  const known = docker.commands[name]
  if (!known) return id.startsWith('buildx:') ? "as in docker's plugin buildx" : 'only in tug'
  const own = new Set(Object.keys(pflags(facts.flags)))
  const missing = known.flags.filter((flag) => !own.has(flag)).map((flag) => `\`--${flag}\``)
  const limits = [...(missing.length > 0 ? [`all but ${missing.join(', ')}`] : []), ...notesOn(name)]
  return limits.length === 0 ? 'full' : `daily: ${limits.join('; ')}`
}

function notesOn(name: string): string[] {
  const note = NOTES[name]
  return note === undefined ? [] : [note]
}

/** Returns a list of docker's commands that tug does not have, one line for each group. */
function missingCommands(commands: readonly SourceCommand[], docker: DockerCommands): string {
  const own = new Set(commands.map(({ id }) => spaced(id)))
  const groups = new Map<string, string[]>()
  for (const name of Object.keys(docker.commands)) {
    if (own.has(name)) continue
    const [group = '', ...verb] = name.split(' ')
    groups.set(group, [...(groups.get(group) ?? []), verb.join(' ')])
  }
  return [...groups]
    .map(([group, verbs]) => `- \`${group}\`${verbs.join('') === '' ? '' : `: ${verbs.join(', ')}`}`)
    .join('\n')
}

function spaced(id: string): string {
  return id.replaceAll(':', ' ')
}
