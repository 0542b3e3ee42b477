import { readdirSync } from 'node:fs'
import { delimiter } from 'node:path'
import type { Cli } from '../../cli/cli.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'
import { note } from '../../format/text/notices.ts'

type ClientEnvironment = Pick<Cli, 'credentials' | 'config' | 'err' | 'env'>

/** Keeps credentials, and says once when they lie where anyone can read them. */
export class CredentialKeeper {
  readonly #cli: ClientEnvironment
  #hasWarned = false

  constructor(cli: ClientEnvironment) {
    this.#cli = cli
  }

  /** @throws ExitStatus with docker's words */
  async keep(auth: RegistryAuth): Promise<void> {
    const stored = await this.#cli.credentials.store(auth).catch((error: unknown) => {
      if (error instanceof ExitStatus) throw error
      throw new ExitStatus(1, `Error saving credentials: ${messageOf(error)}`)
    })
    if (stored === 'plain' && auth.password && !this.#hasWarned) this.#warn()
  }

  #warn(): void {
    const { config, err, env } = this.#cli
    this.#hasWarned = true
    err.write(
      `\nWARNING! Your credentials are stored unencrypted in '${config.path}'.\n` +
        'Configure a credential helper to remove this warning. See\n' +
        'https://docs.docker.com/go/credential-store/\n\n',
    )
    const helper = err.isTerminal ? installedHelper(env.PATH ?? '') : ''
    if (helper !== '') {
      err.write(
        `hint: docker-credential-${helper} is installed; put "credsStore": "${helper}" into that file, and log in again\n`,
      )
    }
  }
}

/** Says that the environment's credentials count, whatever is logged in to: docker's words since 28.3. */
export function warnOfEnvironment({ env, err }: ClientEnvironment): void {
  if (!env.DOCKER_AUTH_CONFIG) return
  const lines = [
    'DOCKER_AUTH_CONFIG is set and takes precedence.',
    'Unset DOCKER_AUTH_CONFIG to restore the CLI auth behaviour.',
    '',
  ]
  err.write(note('warning', lines, err.isTerminal))
}

const PREFIX = 'docker-credential-'
/** Those that need no setting up first. */
const PREFERRED = ['osxkeychain', 'wincred', 'secretservice', 'pass']

/** The name of a credential helper on PATH; empty when there is none. */
function installedHelper(path: string): string {
  const names = path.split(delimiter).flatMap((directory) => {
    try {
      return readdirSync(directory).filter((name) => name.startsWith(PREFIX))
    } catch {
      return []
    }
  })
  const helpers = names.map((name) => name.slice(PREFIX.length).replace(/\.exe$/, ''))
  return PREFERRED.find((name) => helpers.includes(name)) ?? helpers[0] ?? ''
}
