import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Endpoint, parseDaemonHost, type TlsMaterial, UnsupportedSchemeError } from '../domain/context/endpoint.ts'
import { proxyFor } from '../domain/context/proxy.ts'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { goJsonError } from '../domain/go/json.ts'
import { type ConfigFile, isObject, type JsonObject, objectAt, textAt, textsIn } from './config-file.ts'

/** What was said on the command line about the daemon; `given` names the flags that were typed. */
export interface EndpointFlags {
  readonly host: readonly string[]
  readonly context: string
  readonly tls: boolean
  readonly tlsverify: boolean
  readonly tlscacert: string
  readonly tlscert: string
  readonly tlskey: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The daemon to talk to, chosen as docker chooses: --context, --host, DOCKER_HOST, DOCKER_CONTEXT, config.json's
 * currentContext, the default socket.
 * @throws Error with docker's sentence
 */
export function resolveEndpoint(flags: EndpointFlags, env: Environment, config: ConfigFile): Endpoint {
  if (flags.context !== '' && flags.host.length > 0) {
    throw new Error('conflicting options: cannot specify both --host and --context')
  }
  const headers = textsIn(objectAt(config.data, 'HttpHeaders'))
  try {
    const chosen = choose(flags, env, config)
    return { ...chosen, ...proxied(chosen, env), headers }
  } catch (error) {
    const where = error instanceof UnsupportedSchemeError ? '' : 'unable to resolve docker endpoint: '
    throw new Error(`Failed to initialize: ${where}${messageOf(error)}`)
  }
}

function proxied({ address, tls }: Endpoint, env: Environment): Pick<Endpoint, 'proxy'> {
  if (address.kind !== 'tcp') return {}
  const { hostname, port } = address
  const proxy = proxyFor({ hostname, port, usesTls: tls !== undefined }, env)
  return proxy === undefined ? {} : { proxy }
}

/** The name of the context in force; `default` stands for flags and environment. */
export function currentContextName(flags: EndpointFlags, env: Environment, config: ConfigFile): string {
  if (flags.context !== '') return flags.context
  if (flags.host.length > 0 || env.DOCKER_HOST) return 'default'
  return env.DOCKER_CONTEXT || textAt(config.data, 'currentContext') || 'default'
}

/** The address of the daemon that flags and environment name, or the default socket's. @throws Error in docker's words */
export function defaultHost({ host: [typed], tls, tlsverify }: EndpointFlags, env: Environment): string {
  const hasTls = tls || tlsverify || Boolean(env.DOCKER_TLS_VERIFY) || Boolean(env.DOCKER_TLS)
  return parseDaemonHost(typed ?? env.DOCKER_HOST ?? '', hasTls).host
}

function choose(flags: EndpointFlags, env: Environment, config: ConfigFile): Endpoint {
  const name = currentContextName(flags, env, config)
  if (name !== 'default') return contextEndpoint(name, config.dir)
  const [host = env.DOCKER_HOST ?? '', ...more] = flags.host
  if (more.length > 0) throw new Error('Specify only one -H')
  const tls = tlsFromFlags(flags, env, config.dir)
  return { ...parseDaemonHost(host, tls !== undefined), ...(tls ? { tls } : {}) }
}

/** TLS as --tls*, DOCKER_TLS, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say; certificate and key may be absent by default. */
function tlsFromFlags(flags: EndpointFlags, env: Environment, configDir: string): TlsMaterial | undefined {
  const verify = flags.tlsverify || Boolean(env.DOCKER_TLS_VERIFY)
  if (!flags.tls && !verify && !env.DOCKER_TLS) return undefined
  const dir = env.DOCKER_CERT_PATH || configDir
  const ca = read(flags.tlscacert === '' ? join(dir, 'ca.pem') : flags.tlscacert)
  const cert = flags.tlscert === '' ? readIfThere(join(dir, 'cert.pem')) : read(flags.tlscert)
  const key = flags.tlskey === '' ? readIfThere(join(dir, 'key.pem')) : read(flags.tlskey)
  return {
    ca,
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
    verify,
  }
}

function contextEndpoint(name: string, configDir: string): Endpoint {
  const { createHash } = process.getBuiltinModule('node:crypto')
  const id = createHash('sha256').update(name).digest('hex')
  const meta = contextMeta(name, join(configDir, 'contexts', 'meta', id, 'meta.json'))
  const docker = objectAt(objectAt(meta, 'Endpoints'), 'docker')
  const tls = contextTls(join(configDir, 'contexts', 'tls', id, 'docker'), docker.SkipTLSVerify === true)
  return { ...parseDaemonHost(textAt(docker, 'Host'), tls !== undefined), ...(tls ? { tls } : {}) }
}

function contextMeta(name: string, path: string): JsonObject {
  const text = read(path, (reason) => `context "${name}": context not found: ${reason}`)
  const meta = parseMeta(name, path, text.toString())
  if (!isObject(meta)) throw new Error(`context "${name}": ${path} holds no JSON object`)
  return meta
}

function parseMeta(name: string, path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`context "${name}": parsing ${path}: ${goJsonError(text)}`)
  }
}

function contextTls(dir: string, skipVerify: boolean): TlsMaterial | undefined {
  const files = new Set(namesIn(dir))
  if (files.size === 0 && !skipVerify) return undefined
  const material = (file: string) => (files.has(file) ? read(join(dir, file)) : undefined)
  const ca = material('ca.pem')
  const cert = material('cert.pem')
  const key = material('key.pem')
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}), verify: !skipVerify }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

/** @param explain wraps Go's words for a failed open, which scripts match */
function read(path: string, explain = (reason: string) => reason): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Error(explain(`open ${path}: ${systemReason(error)}`))
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(`open ${path}: ${systemReason(error)}`)
  }
}
