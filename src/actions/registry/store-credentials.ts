import { readdirSync } from 'node:fs'
import { delimiter } from 'node:path'
import type { Cli } from '../../cli/cli.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'
import { note } from '../../format/text/notices.ts'

type CredentialDependencies = Pick<Cli, 'credentials' | 'config' | 'err' | 'env'>

/** Stores credentials, and warns once if they are stored unencrypted. */
export class CredentialWriter {
  readonly #cli: CredentialDependencies
  #hasWarned = false

  constructor(cli: CredentialDependencies) {
    this.#cli = cli
  }

  /** Stores credentials. @throws ExitStatus with docker's message */
  async store(auth: RegistryAuth): Promise<void> {
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
    const helper = err.isTerminal ? findInstalledHelper(env.PATH ?? '') : ''
    if (helper !== '') {
      err.write(
        `hint: docker-credential-${helper} is installed; put "credsStore": "${helper}" into that file, and log in again\n`,
      )
    }
  }
}

/** Warns that the environment's credentials take precedence over those of a login, as docker does since 28.3. */
export function warnAboutEnvironment({ env, err }: CredentialDependencies): void {
  if (!env.DOCKER_AUTH_CONFIG) return
  const lines = [
    'DOCKER_AUTH_CONFIG is set and takes precedence.',
    'Unset DOCKER_AUTH_CONFIG to restore the CLI auth behaviour.',
    '',
  ]
  err.write(note('warning', lines, err.isTerminal))
}

const PREFIX = 'docker-credential-'
/** The helpers that need no setup, which the hint prefers. */
const PREFERRED = ['osxkeychain', 'wincred', 'secretservice', 'pass']

/** Returns the name of a credential helper on PATH; empty if there is none. */
function findInstalledHelper(path: string): string {
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
