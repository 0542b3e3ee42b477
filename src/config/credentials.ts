import { ExitStatus, messageOf } from '../domain/errors.ts'
import { objectIn, textIn } from '../domain/json.ts'
import { type RegistryAuth, registryHostname } from '../domain/registry/registry.ts'
import { decodeAuth } from './auth-text.ts'
import { type ConfigFile, isObject, type JsonObject } from './config-file.ts'

/** An empty map without a prototype, so that every name can be looked up safely. */
const NONE: Readonly<Record<string, RegistryAuth>> = Object.create(null)

const NO_ENVIRONMENT: CredentialEnvironment = { environment: '', searchPath: '', warn: () => {} }

/** The username that marks an identity token in a helper. */
const TOKEN_USERNAME = '<token>'

/** Where credentials were stored: unencrypted in config.json, in a helper, or nowhere because config.json had them. */
export type StoreResult = 'plain' | 'helper' | 'unchanged'

/** The parts of the environment that concern credentials. */
export interface CredentialEnvironment {
  /** The value of DOCKER_AUTH_CONFIG, whose credentials take precedence; empty for none. */
  readonly environment: string
  /** The PATH on which credential helpers are looked up. */
  readonly searchPath: string
  /** Reports an error that does not stop the command. @param line without a line break */
  readonly warn: (line: string) => void
}

/**
 * The credential store. Credentials are read from the environment first, and then from the place that config.json selects:
 * a helper for one server, a helper for all servers, or the file itself. They are only written to the latter.
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
   * Returns the credentials for a registry; an empty object if there are none.
   * @param server as {@link RegistryAuth.serveraddress} names it: `127.0.0.1:5000`, `https://index.docker.io/v1/`
   * @throws Error if a helper fails
   */
  async get(server: string): Promise<RegistryAuth> {
    return (await this.environment())[server] ?? this.#read(server)
  }

  /**
   * Returns the name of the helper for all servers; empty if config.json itself stores credentials. If it neither names a
   * helper nor contains credentials, the platform's helper is used if it is installed, as in docker.
   */
  async helperForAll(): Promise<string> {
    const { data } = this.#config
    const configured = textIn(data, 'credsStore')
    const hasCredentials = [data.auths, data.credHelpers].some(
      (value) => isObject(value) && Object.keys(value).length > 0,
    )
    if (configured !== '' || hasCredentials) return configured
    const { findDefaultHelper } = await import('./credential-helper.ts')
    return findDefaultHelper(this.#environment.searchPath, process.platform)
  }

  /** Returns the credentials of the environment by server. If they cannot be parsed, a warning is printed, as in docker. */
  environment(): Promise<Readonly<Record<string, RegistryAuth>>> {
    this.#fromEnvironment ??= this.#readEnvironment()
    return this.#fromEnvironment
  }

  async #readEnvironment(): Promise<Readonly<Record<string, RegistryAuth>>> {
    const { environment, warn } = this.#environment
    if (environment === '') return NONE
    const { parseEnvironmentCredentials } = await import('./environment-credentials.ts')
    try {
      return parseEnvironmentCredentials(environment)
    } catch (error) {
      warn(`Failed to create credential store from DOCKER_AUTH_CONFIG:  ${messageOf(error)}`)
      return NONE
    }
  }

  async #read(server: string): Promise<RegistryAuth> {
    const helper = await this.#helper(server)
    if (!helper) return authFromFile(objectIn(this.#config.data, 'auths'), server)
    const secret = await helper.get(server)
    if (!secret) return {}
    if (secret.username === TOKEN_USERNAME) return { identitytoken: secret.secret, serveraddress: server }
    return { username: secret.username, password: secret.secret, serveraddress: server }
  }

  /** Stores credentials. @throws Error if the helper fails or the file cannot be written */
  async store(auth: RegistryAuth): Promise<StoreResult> {
    const server = auth.serveraddress ?? ''
    const helper = await this.#helper(server)
    if (!helper) {
      const entry = objectIn(this.#config.data, 'auths')[server]
      if (isObject(entry) && JSON.stringify(formatEntry(auth)) === JSON.stringify(entry)) return 'unchanged'
      await this.#changeAuths((auths) => {
        auths[server] = formatEntry(auth)
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

  /** Erases credentials, if there are any. @throws Error if the helper fails or the file cannot be written */
  async erase(server: string): Promise<void> {
    const isLenient = Object.keys(await this.environment()).length > 0
    await this.#erase(server).catch((error: unknown) => {
      if (!isLenient || error instanceof ExitStatus) throw error
      // Like docker, this only warns: for docker, erasing the environment's credentials has succeeded.
      this.#environment.warn(`memorystore:  ${messageOf(error)}`)
    })
  }

  async #erase(server: string): Promise<void> {
    const { isDamaged, path, warning } = this.#config
    if (isDamaged) throw new Error(`not changing ${path}: ${warning.replace(/^WARNING: /, '')}`)
    const helper = await this.#helper(server)
    await helper?.erase(server)
    if (server in objectIn(this.#config.data, 'auths')) {
      await this.#changeAuths((auths) => {
        delete auths[server]
      })
    }
  }

  async #helper(server: string) {
    const helpers = objectIn(this.#config.data, 'credHelpers')
    // An empty name stands for the file.
    const name = typeof helpers[server] === 'string' ? helpers[server] : await this.helperForAll()
    if (name === '') return undefined
    const { CredentialHelper } = await import('./credential-helper.ts')
    return new CredentialHelper(name)
  }

  async #changeAuths(change: (auths: JsonObject) => void): Promise<void> {
    const { updateConfigFile } = await import('./config-writer.ts')
    const helper = await this.helperForAll()
    return updateConfigFile(this.#config, (data) => {
      // The platform's helper is the default only while the file names no server, so it is written to the file.
      if (helper !== '' && !textIn(data, 'credsStore')) data.credsStore = helper
      const auths = objectIn(data, 'auths')
      change(auths)
      data.auths = auths
    })
  }
}

/** Returns the username that config.json itself contains for a server; empty if there is none. */
export function findUsernameInFile({ data }: ConfigFile, server: string): string {
  const entry = objectIn(data, 'auths')[server]
  return isObject(entry) ? (readLogin(entry).username ?? '') : ''
}

/** Returns the credentials of an entry of `auths`. As in docker, it has the server's name or a URL with that host. */
function authFromFile(auths: JsonObject, server: string): RegistryAuth {
  const key = server in auths ? server : Object.keys(auths).find((name) => registryHostname(name) === server)
  const entry = key === undefined ? undefined : auths[key]
  if (key === undefined || !isObject(entry)) return {}
  const others = textsIn(entry, ['email', 'identitytoken', 'registrytoken'])
  return { ...readLogin(entry), ...others, serveraddress: key }
}

/** Returns the user name and password of an entry. docker reads `auth` before the fields that it never writes. */
function readLogin(entry: JsonObject): RegistryAuth {
  const auth = textIn(entry, 'auth')
  if (auth !== '') return decodeAuth(auth) ?? {}
  return textsIn(entry, ['username', 'password'])
}

/** Returns the members with these names that are not empty. */
function textsIn(entry: JsonObject, names: readonly (keyof RegistryAuth & string)[]): RegistryAuth {
  return Object.fromEntries(names.flatMap((name) => (textIn(entry, name) ? [[name, textIn(entry, name)]] : [])))
}

function formatEntry({ username = '', password = '', identitytoken }: RegistryAuth): JsonObject {
  const auth = Buffer.from(`${username}:${identitytoken ? '' : password}`).toString('base64')
  return identitytoken ? { auth, identitytoken } : { auth }
}
