import type { DockerCommands } from './docker-commands.ts'
import { withSection } from './marked-section.ts'
import type { SourceCommand } from './source-commands.ts'

/** Returns the text of README.md with its list of docker's commands that tug does not have updated. */
export function readmeText(readme: string, commands: readonly SourceCommand[], docker: DockerCommands): string {
  return withSection(readme, 'missing', missingCommands(commands, docker))
}

/** Lists them with one line for each group. */
function missingCommands(commands: readonly SourceCommand[], docker: DockerCommands): string {
  const own = new Set(commands.map(({ id }) => id.replaceAll(':', ' ')))
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
