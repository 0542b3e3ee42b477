import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The commands of the reference client, by their full names (`container ls`). */
export interface DockerCommands {
  /** What `docker --version` prints for the recorded client. */
  readonly reference: string
  readonly commands: Readonly<Record<string, DockerCommand>>
}

interface DockerCommand {
  /** Other names of the command: `container list`, `ps`. */
  readonly aliases: readonly string[]
  /** Long names of the flags in its help. */
  readonly flags: readonly string[]
}

/** The file that `npm run record -- docker-commands` writes. */
export const FACTS = join(import.meta.dirname, 'golden/docker-commands.json')

export function dockerCommands(): DockerCommands {
  return JSON.parse(readFileSync(FACTS, 'utf8'))
}
