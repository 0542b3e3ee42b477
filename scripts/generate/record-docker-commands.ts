import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { referenceProgram, referenceVersion } from '../../test/parity/programs.ts'
import { type DockerCommands, FACTS } from './docker-commands.ts'

/** Records the commands and flags of the reference client, read from its help, for README.md and docs/reference. */
export async function record(): Promise<void> {
  const commands: Record<string, { aliases: string[]; flags: string[] }> = {}
  for (const word of subcommands(help([]))) {
    const verbs = subcommands(help([word]))
    for (const path of verbs.length === 0 ? [word] : verbs.map((verb) => `${word} ${verb}`)) {
      const { name, ...facts } = commandFacts(path)
      commands[name] = facts
    }
  }
  const sorted = Object.fromEntries(Object.entries(commands).sort(([a], [b]) => (a < b ? -1 : 1)))
  const facts: DockerCommands = { reference: referenceVersion(), commands: sorted }
  writeFileSync(FACTS, `${JSON.stringify(facts, null, 2)}\n`)
}

/** Reads a command's help. All its names have the same help, and the first alias that it lists is the full name. */
function commandFacts(path: string): { name: string; aliases: string[]; flags: string[] } {
  const text = help(path.split(' '))
  const aliases = /^Aliases:\n +(.+(?:\n +.+)*)/m.exec(text)?.[1]?.split(/,\s+/) ?? [`docker ${path}`]
  const [name = path, ...others] = aliases.map((alias) => alias.trim().replace(/^docker /, ''))
  // Flags start in the first columns; continuation lines of a description are indented further.
  const flags = [...text.matchAll(/^ {2}(?:-\w, | {4})--([\w-]+)/gm)].map(([, flag = '']) => flag)
  return { name, aliases: others, flags: flags.filter((flag) => flag !== 'help') }
}

function subcommands(text: string): string[] {
  const sections = text.split('\n\n').filter((section) => /^[A-Z][\w ]*Commands:\n|^Commands:\n/.test(section))
  return sections.flatMap((section) => [...section.matchAll(/^ {2}([\w-]+)\*? /gm)].map(([, word = '']) => word))
}

function help(words: readonly string[]): string {
  const [file = ''] = referenceProgram()
  // Without a config directory docker has no plugins, and without BuildKit `build` has the classic builder's flags.
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', DOCKER_BUILDKIT: '0' }
  return execFileSync(file, [...words, '--help'], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] })
}
