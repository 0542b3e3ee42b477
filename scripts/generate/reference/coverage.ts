import { pflags } from '../../../src/cli/command.ts'
import type { DockerCommands } from '../docker-commands.ts'
import type { SourceCommand } from '../source-commands.ts'

/** Returns how many of the flags that docker's command has tug's has: `all`, or all but some. */
export function coverageOf({ id, facts }: SourceCommand, docker: DockerCommands): string {
  const known = docker.commands[id.replaceAll(':', ' ')]
  if (!known) return id.startsWith('buildx:') ? "as in docker's plugin buildx" : 'only in tug'
  const own = new Set(Object.keys(pflags(facts.flags)))
  const missing = known.flags.filter((flag) => !own.has(flag)).map((flag) => `\`--${flag}\``)
  return missing.length === 0 ? 'all' : `all but ${missing.join(', ')}`
}
