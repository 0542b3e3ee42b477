import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { type DockerCommands, FACTS } from './generate/docker-commands.ts'

/**
 * Writes down which commands and flags the docker client on PATH has, as its help tells, so that the README can say
 * what tug has of them: `node scripts/record-docker-flags.ts`.
 */
const commands: Record<string, { aliases: string[]; flags: string[] }> = {}
for (const word of subcommands(help([]))) {
  const verbs = subcommands(help([word]))
  for (const path of verbs.length === 0 ? [word] : verbs.map((verb) => `${word} ${verb}`)) record(path)
}
const sorted = Object.fromEntries(Object.entries(commands).sort(([a], [b]) => (a < b ? -1 : 1)))
const facts: DockerCommands = { reference: docker(['--version']).trim(), commands: sorted }
writeFileSync(FACTS, `${JSON.stringify(facts, null, 2)}\n`)

/** A command has one help by many names; the first of its aliases is its own. */
function record(path: string): void {
  const text = help(path.split(' '))
  const aliases = /^Aliases:\n +(.+(?:\n +.+)*)/m.exec(text)?.[1]?.split(/,\s+/) ?? [`docker ${path}`]
  const [name = path, ...others] = aliases.map((alias) => alias.trim().replace(/^docker /, ''))
  // Flags stand in the first columns; the lines of a long description do not.
  const flags = [...text.matchAll(/^ {2}(?:-\w, | {4})--([\w-]+)/gm)].map(([, flag = '']) => flag)
  commands[name] = { aliases: others, flags: flags.filter((flag) => flag !== 'help') }
}

function subcommands(text: string): string[] {
  const sections = text.split('\n\n').filter((section) => /^[A-Z][\w ]*Commands:\n|^Commands:\n/.test(section))
  return sections.flatMap((section) => [...section.matchAll(/^ {2}([\w-]+)\*? /gm)].map(([, word = '']) => word))
}

function help(words: readonly string[]): string {
  return docker([...words, '--help'])
}

function docker(args: readonly string[]): string {
  // Without a config directory docker has no plugins, and without BuildKit `build` has the classic builder's flags.
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', DOCKER_BUILDKIT: '0' }
  return execFileSync('docker', args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] })
}
