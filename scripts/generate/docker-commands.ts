import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the reference client has, by the commands' own names (`container ls`). */
export interface DockerCommands {
  /** `docker --version` of the client that was asked. */
  readonly reference: string
  readonly commands: Readonly<Record<string, DockerCommand>>
}

interface DockerCommand {
  /** Other names of the command: `container list`, `ps`. */
  readonly aliases: readonly string[]
  /** Long names of the flags that its help shows. */
  readonly flags: readonly string[]
}

/** Where scripts/record-docker-flags.ts keeps them. */
export const FACTS = join(import.meta.dirname, 'golden/docker-commands.json')

export function dockerCommands(): DockerCommands {
  return JSON.parse(readFileSync(FACTS, 'utf8'))
}
