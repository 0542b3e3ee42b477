import { warnOfEnvironment } from '../actions/registry/keep-credentials.ts'
import { DockerCommand } from '../cli/command.ts'
import { ExitStatus, messageOf } from '../domain/errors.ts'
import { INDEX_SERVER, registryHostname } from '../domain/registry/registry.ts'
import { optional } from '../flags/arg.ts'

export default class Logout extends DockerCommand {
  static override summary = 'Log out from a registry'
  static override description = 'Log out from a registry.\nDefaults to Docker Hub.'
  static override synopsis = '[SERVER]'
  static override args = { server: optional('SERVER') }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { args } = await this.read(Logout)
    const { out, err, credentials } = this.cli
    const { shown, keys } = spellings(args.server ?? '')
    warnOfEnvironment(this.cli)
    if (keys.includes(INDEX_SERVER)) {
      const { webLogout } = await import('../actions/registry/web-login/web-login.ts')
      await webLogout(credentials, this.cli.env).catch((error: unknown) => err.write(`WARNING: ${messageOf(error)}\n`))
    }
    out.write(`Removing login credentials for ${shown}\n`)
    const failures: string[] = []
    for (const key of keys) {
      await credentials.erase(key).catch((error: unknown) => {
        if (error instanceof ExitStatus) throw error
        failures.push(`${key}: ${messageOf(error)}\n`)
      })
    }
    // As docker: one that worked is enough, and even none is no failure, because there may have been nothing to erase.
    if (failures.length === keys.length) err.write(`WARNING: could not erase credentials:\n${failures.join('')}`)
  }
}

/** A server as it is shown, and the keys under which clients of any age may have kept its credentials. */
function spellings(typed: string): { shown: string; keys: readonly string[] } {
  if (typed === '') return { shown: INDEX_SERVER, keys: [INDEX_SERVER] }
  const host = registryHostname(typed)
  const keys = new Set([
    typed,
    host,
    `http://${host}`,
    `https://${host}`,
    ...(host === 'docker.io' ? [INDEX_SERVER] : []),
  ])
  return { shown: host, keys: [...keys] }
}
