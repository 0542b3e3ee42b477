import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandFacts } from '../../src/cli/command.ts'
import { ROOT } from './package-facts.ts'

/** A command as its source file declares it. */
export interface SourceCommand {
  /** oclif's id: `container:ls`. */
  readonly id: string
  /** `src/commands/container/ls.ts` */
  readonly file: string
  readonly facts: CommandFacts
}

/** Loads every command of src/commands, in the order of the file names. */
export async function sourceCommands(): Promise<SourceCommand[]> {
  const files = globSync('src/commands/**/*.ts', { cwd: ROOT }).sort()
  return Promise.all(
    files.map(async (file) => {
      const { default: facts } = await import(join(ROOT, file))
      const id = file
        .replace(/^src\/commands\//, '')
        .replace(/\.ts$/, '')
        .replaceAll('/', ':')
      return { id, file, facts }
    }),
  )
}
