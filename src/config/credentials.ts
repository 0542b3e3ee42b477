import type { RegistryAuth } from '../domain/registry.ts'
import { registryHostname } from '../domain/registry.ts'
import { type ConfigFile, isObject, type JsonObject, objectAt, textAt } from './config-file.ts'
import { updateConfigFile } from './config-writer.ts'

/** The name that a helper returns for an identity token. */
const TOKEN_USERNAME = '<token>'

/** Where credentials went: into config.json in plain text, to a helper, or nowhere, because they were there already. */
export type Stored = 'plain' | 'helper' | 'unchanged'

/** Credentials of registries, wherever config.json says that they are kept: a helper for one server, for all, or the file. */
export class Credentials {
  readonly #config: ConfigFile

  constructor(config: ConfigFile) {
    this.#config = config
  }

  /**
   * The credentials for a registry; an empty object when there are none.
   * @param server as {@link RegistryAuth.serveraddress} names it: `127.0.0.1:5000`, `https://index.docker.io/v1/`
   * @throws Error when a helper fails
   */
  async get(server: string): Promise<RegistryAuth> {
    const helper = await this.#helper(server)
    if (!helper) return authFromFile(objectAt(this.#config.data, 'auths'), server)
    const kept = await helper.get(server)
    if (!kept) return {}
    if (kept.username === TOKEN_USERNAME) return { identitytoken: kept.secret, serveraddress: server }
    return { username: kept.username, password: kept.secret, serveraddress: server }
  }

  /** Keeps credentials. @throws Error when the helper or the file cannot */
  async store(auth: RegistryAuth): Promise<Stored> {
    const server = auth.serveraddress ?? ''
    const helper = await this.#helper(server)
    if (!helper) {
      const known = objectAt(this.#config.data, 'auths')[server]
      if (isObject(known) && JSON.stringify(fileEntry(auth)) === JSON.stringify(known)) return 'unchanged'
      await this.#changeAuths((auths) => {
        auths[server] = fileEntry(auth)
      })
      return 'plain'
    }
    await helper.store(server, {
      username: auth.identitytoken ? TOKEN_USERNAME : (auth.username ?? ''),
      secret: auth.identitytoken ?? auth.password ?? '',
    })
    await this.#changeAuths((auths) => {
      auths[server] = {}
    })
    return 'helper'
  }

  /** Forgets credentials; there may be none. @throws Error when the helper or the file cannot */
  async erase(server: string): Promise<void> {
    const helper = await this.#helper(server)
    await helper?.erase(server)
    if (server in objectAt(this.#config.data, 'auths')) {
      await this.#changeAuths((auths) => {
        delete auths[server]
      })
    }
  }

  async #helper(server: string) {
    const { data } = this.#config
    const name = textAt(objectAt(data, 'credHelpers'), server) || textAt(data, 'credsStore')
    if (name === '') return undefined
    const { CredentialHelper } = await import('./credential-helper.ts')
    return new CredentialHelper(name)
  }

  #changeAuths(change: (auths: JsonObject) => void): Promise<void> {
    return updateConfigFile(this.#config, (data) => {
      const auths = objectAt(data, 'auths')
      change(auths)
      data.auths = auths
    })
  }
}

/** The user whose credentials config.json itself holds for a server; empty for nobody. */
export function usernameInFile({ data }: ConfigFile, server: string): string {
  const entry = objectAt(data, 'auths')[server]
  return isObject(entry) ? (decoded(textAt(entry, 'auth')).username ?? '') : ''
}

/** An entry of `auths`: the one of that name, or one whose address has the same host, as docker looks them up. */
function authFromFile(auths: JsonObject, server: string): RegistryAuth {
  const key = server in auths ? server : Object.keys(auths).find((name) => registryHostname(name) === server)
  const entry = key === undefined ? undefined : auths[key]
  if (key === undefined || !isObject(entry)) return {}
  return { ...decoded(textAt(entry, 'auth')), ...tokens(entry), serveraddress: key }
}

/** `auth` is base64 of `username:password`. */
function decoded(auth: string): RegistryAuth {
  if (auth === '') return {}
  const text = Buffer.from(auth, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 0) return {}
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') }
}

function tokens(entry: JsonObject): RegistryAuth {
  const identitytoken = textAt(entry, 'identitytoken')
  const registrytoken = textAt(entry, 'registrytoken')
  return { ...(identitytoken ? { identitytoken } : {}), ...(registrytoken ? { registrytoken } : {}) }
}

function fileEntry({ username = '', password = '', identitytoken }: RegistryAuth): JsonObject {
  const auth = Buffer.from(`${username}:${identitytoken ? '' : password}`).toString('base64')
  return identitytoken ? { auth, identitytoken } : { auth }
}
