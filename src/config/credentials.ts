import { ExitStatus, messageOf } from '../domain/errors.ts'
import { type RegistryAuth, registryHostname } from '../domain/registry/registry.ts'
import { type ConfigFile, isObject, type JsonObject, objectAt, textAt } from './config-file.ts'

/** Without a prototype, so that any name may be looked up. */
const NONE: Readonly<Record<string, RegistryAuth>> = Object.create(null)

const NO_ENVIRONMENT: CredentialEnvironment = { environment: '', searchPath: '', warn: () => {} }

/** The name that a helper returns for an identity token. */
const TOKEN_USERNAME = '<token>'

/** Where credentials went: into config.json in plain text, to a helper, or nowhere, because they were there already. */
export type Stored = 'plain' | 'helper' | 'unchanged'

/** Credentials that come before all others, and who is told what is wrong with them. */
export interface CredentialEnvironment {
  /** The text of DOCKER_AUTH_CONFIG; empty for none. */
  readonly environment: string
  /** The PATH on which credential helpers are looked for. */
  readonly searchPath: string
  /** Told, in a line without its end, what does not stop the command. */
  readonly warn: (line: string) => void
}

/**
 * Credentials of registries, wherever they are kept: in the environment, or where config.json says, which is a helper
 * for one server, one for all, or the file itself. What is stored goes to config.json's place only.
 */
export class Credentials {
  readonly #config: ConfigFile
  readonly #environment: CredentialEnvironment
  #fromEnvironment: Promise<Readonly<Record<string, RegistryAuth>>> | undefined

  constructor(config: ConfigFile, clientEnvironment: CredentialEnvironment = NO_ENVIRONMENT) {
    this.#config = config
    this.#environment = clientEnvironment
  }

  /**
   * The credentials for a registry; an empty object when there are none.
   * @param server as {@link RegistryAuth.serveraddress} names it: `127.0.0.1:5000`, `https://index.docker.io/v1/`
   * @throws Error when a helper fails
   */
  async get(server: string): Promise<RegistryAuth> {
    return (await this.environment())[server] ?? this.#kept(server)
  }

  /**
   * The name of the helper for all servers; empty when config.json keeps credentials itself. Where it names none and
   * holds none, docker takes the platform's own helper, if that is installed.
   */
  async helperForAll(): Promise<string> {
    const { data } = this.#config
    const named = textAt(data, 'credsStore')
    const holdsAny = [data.auths, data.credHelpers].some((value) => isObject(value) && Object.keys(value).length > 0)
    if (named !== '' || holdsAny) return named
    const { defaultHelper } = await import('./default-helper.ts')
    return defaultHelper(this.#environment.searchPath, process.platform)
  }

  /** Those of the environment, by server. docker goes on without them, after a word, when they cannot be read. */
  environment(): Promise<Readonly<Record<string, RegistryAuth>>> {
    this.#fromEnvironment ??= this.#readEnvironment()
    return this.#fromEnvironment
  }

  async #readEnvironment(): Promise<Readonly<Record<string, RegistryAuth>>> {
    const { environment, warn } = this.#environment
    if (environment === '') return NONE
    const { environmentCredentials } = await import('./environment-credentials.ts')
    try {
      return environmentCredentials(environment)
    } catch (error) {
      warn(`Failed to create credential store from DOCKER_AUTH_CONFIG:  ${messageOf(error)}`)
      return NONE
    }
  }

  async #kept(server: string): Promise<RegistryAuth> {
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
    const isLenient = Object.keys(await this.environment()).length > 0
    await this.#erase(server).catch((error: unknown) => {
      if (!isLenient || error instanceof ExitStatus) throw error
      // docker takes credentials of the environment for erased, though they will be there again.
      this.#environment.warn(`memorystore:  ${messageOf(error)}`)
    })
  }

  async #erase(server: string): Promise<void> {
    const helper = await this.#helper(server)
    await helper?.erase(server)
    if (server in objectAt(this.#config.data, 'auths')) {
      await this.#changeAuths((auths) => {
        delete auths[server]
      })
    }
  }

  async #helper(server: string) {
    const name = textAt(objectAt(this.#config.data, 'credHelpers'), server) || (await this.helperForAll())
    if (name === '') return undefined
    const { CredentialHelper } = await import('./credential-helper.ts')
    return new CredentialHelper(name)
  }

  async #changeAuths(change: (auths: JsonObject) => void): Promise<void> {
    const { updateConfigFile } = await import('./config-writer.ts')
    const helper = await this.helperForAll()
    return updateConfigFile(this.#config, (data) => {
      // From now on the file holds a server's name, and the platform's helper would no longer be found by itself.
      if (helper !== '' && !textAt(data, 'credsStore')) data.credsStore = helper
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
