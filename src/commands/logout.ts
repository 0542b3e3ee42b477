import { warnAboutEnvironment } from '../actions/registry/store-credentials.ts'
import { DockerCommand } from '../cli/command.ts'
import { ExitStatus, messageOf } from '../domain/errors.ts'
import { objectIn } from '../domain/json.ts'
import { DOCKER_HUB, INDEX_SERVER, registryHostname } from '../domain/registry/registry.ts'
import { optional } from '../flags/arg.ts'

export default class Logout extends DockerCommand {
  static override summary = 'Log out from a registry'
  static override description = 'Log out from a registry.\nDefaults to Docker Hub.'
  static override examples = [
    { description: 'Forget the credentials of a registry', command: 'tug logout localhost:5000' },
  ]
  static override synopsis = '[SERVER]'
  static override args = { server: optional('SERVER') }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { args } = await this.read(Logout)
    const { out, err, credentials } = this.cli
    const { name, keys } = credentialKeys(args.server ?? '')
    warnAboutEnvironment(this.cli)
    if (keys.includes(INDEX_SERVER)) {
      const { webLogout } = await import('../actions/registry/web-login/web-login.ts')
      await webLogout(credentials, this.cli.env).catch((error: unknown) => err.write(`WARNING: ${messageOf(error)}\n`))
    }
    out.write(`Removing login credentials for ${name}\n`)
    const failures: { readonly key: string; readonly text: string }[] = []
    for (const key of keys) {
      await credentials.erase(key).catch((error: unknown) => {
        if (error instanceof ExitStatus) throw error
        failures.push({ key, text: `${key}: ${messageOf(error)}\n` })
      })
    }
    // As in docker, one success is enough, since the other keys are those of older clients; but not if credentials are
    // left in the file. Even without one the exit code is 0, since nothing may have been stored.
    const isLeft = failures.some(({ key }) => key in objectIn(this.cli.config.data, 'auths'))
    if (failures.length < keys.length && !isLeft) return
    err.write(`WARNING: could not erase credentials:\n${failures.map(({ text }) => text).join('')}`)
  }
}

/** Returns a server's name, and the keys under which older and newer clients store its credentials. */
function credentialKeys(typed: string): { name: string; keys: readonly string[] } {
  if (typed === '') return { name: INDEX_SERVER, keys: [INDEX_SERVER] }
  const host = registryHostname(typed)
  const keys = new Set([
    typed,
    host,
    `http://${host}`,
    `https://${host}`,
    ...(host === DOCKER_HUB ? [INDEX_SERVER] : []),
  ])
  return { name: host, keys: [...keys] }
}
