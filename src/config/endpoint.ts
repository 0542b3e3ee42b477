import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Endpoint,
  parseContextHost,
  parseDaemonHost,
  shownDaemonHost,
  type TlsMaterial,
  UnusableHostError,
} from '../domain/context/endpoint.ts'
import { DEFAULT_CONTEXT } from '../domain/context/name.ts'
import { proxyFor } from '../domain/context/proxy.ts'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { type ConfigFile, objectAt, textAt, textsIn } from './config-file.ts'
import { endpointTls, readContext, requiredEndpoint } from './context-store.ts'
import { usableTls } from './tls-material.ts'

/** What was said on the command line about the daemon; a flag that was not given is unset. */
export interface EndpointFlags {
  readonly host: readonly string[]
  readonly context: string
  readonly tls?: boolean | undefined
  readonly tlsverify?: boolean | undefined
  readonly tlscacert?: string | undefined
  readonly tlscert?: string | undefined
  readonly tlskey?: string | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The daemon to talk to, chosen as docker chooses: --context, --host, DOCKER_HOST, DOCKER_CONTEXT, config.json's
 * currentContext, the default socket. No other place decides this. A choice that cannot be followed is an error, never
 * another daemon.
 * @param certDir where certificates are unless flags or DOCKER_CERT_PATH say otherwise
 * @throws Error with docker's sentence
 */
export function resolveEndpoint(
  flags: EndpointFlags,
  env: Environment,
  config: ConfigFile,
  certDir = config.dir,
): Endpoint {
  if (flags.context !== '' && flags.host.length > 0) {
    throw new Error('conflicting options: cannot specify both --host and --context')
  }
  const headers = textsIn(objectAt(config.data, 'HttpHeaders'))
  try {
    const chosen = choose(flags, env, config, certDir)
    return { ...chosen, ...proxied(chosen, env), headers }
  } catch (error) {
    const where = error instanceof UnusableHostError ? '' : 'unable to resolve docker endpoint: '
    throw new Error(`Failed to initialize: ${where}${messageOf(error)}`, { cause: error })
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
  return typedContextName(flags, env) || textAt(config.data, 'currentContext') || DEFAULT_CONTEXT
}

/** The name of the context that flags and environment choose; empty where they leave it to config.json. */
function typedContextName(flags: EndpointFlags, env: Environment): string {
  if (flags.context !== '') return flags.context
  if (flags.host.length > 0 || env.DOCKER_HOST) return DEFAULT_CONTEXT
  return env.DOCKER_CONTEXT || ''
}

/** The address of the daemon that flags and environment name, or the default one's. @throws Error in docker's words */
export function defaultHost(flags: EndpointFlags, env: Environment): string {
  const [typed] = flags.host
  return shownDaemonHost(typed ?? env.DOCKER_HOST ?? '', usesTls(flags, env))
}

function choose(flags: EndpointFlags, env: Environment, config: ConfigFile, certDir: string): Endpoint {
  if (config.isContextUnknown && typedContextName(flags, env) === '') {
    // docker warns and goes on with the daemon on this machine.
    throw new Error(`${config.path} chooses a context and cannot be read: name one with --context`)
  }
  const name = currentContextName(flags, env, config)
  if (name !== DEFAULT_CONTEXT) return contextEndpoint(name, config.dir)
  const [host = env.DOCKER_HOST ?? '', ...more] = flags.host
  if (more.length > 0) throw new Error('Specify only one -H')
  const withTls = usesTls(flags, env)
  const parsed = parsedOrFault(() => parseDaemonHost(host, withTls))
  if (parsed instanceof Error && !(parsed instanceof UnusableHostError)) throw parsed
  // docker reads the certificates before it connects, even where there is nothing to encrypt.
  const files = withTls ? tlsFilesFrom(flags, env, certDir) : undefined
  if (parsed instanceof Error) throw parsed
  if (files === undefined || parsed.address.kind !== 'tcp') return parsed
  return { ...parsed, tls: tlsOver(files, isVerified(flags, env)) }
}

function parsedOrFault<T>(parse: () => T): T | Error {
  try {
    return parse()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function isVerified({ tlsverify }: EndpointFlags, env: Environment): boolean {
  return tlsverify ?? Boolean(env.DOCKER_TLS_VERIFY)
}

/** Whether the daemon is spoken to by TLS. `--tlsverify=false` still asks for TLS, without verification. */
function usesTls(flags: EndpointFlags, env: Environment): boolean {
  return flags.tlsverify !== undefined || isVerified(flags, env) || (flags.tls ?? Boolean(env.DOCKER_TLS))
}

/** The files that flags and DOCKER_CERT_PATH name; certificate and key may be absent where no flag names them. */
function tlsFilesFrom(flags: EndpointFlags, env: Environment, certDir: string) {
  const dir = env.DOCKER_CERT_PATH || certDir
  return {
    ca: readNamed(flags.tlscacert ?? join(dir, 'ca.pem')),
    cert: flags.tlscert === undefined ? readIfThere(join(dir, 'cert.pem')) : readNamed(flags.tlscert),
    key: flags.tlskey === undefined ? readIfThere(join(dir, 'key.pem')) : readNamed(flags.tlskey),
  }
}

function contextEndpoint(name: string, configDir: string): Endpoint {
  const context = readContext(configDir, name)
  const { host, skipTlsVerify } = requiredEndpoint(context)
  const files = endpointTls(context)
  if (host === '') {
    // docker takes the daemon on this machine.
    throw new Error(`the docker endpoint of context "${name}" names no host`)
  }
  const withTls = files !== undefined || skipTlsVerify
  const parsed = parseContextHost(host, withTls)
  if (!withTls || parsed.address.kind !== 'tcp') return parsed
  return { ...parsed, tls: tlsOver(files ?? {}, !skipTlsVerify) }
}

/** @throws UnusableHostError in docker's words */
function tlsOver(files: Parameters<typeof usableTls>[0], verify: boolean): TlsMaterial {
  try {
    return usableTls(files, verify)
  } catch (error) {
    throw new UnusableHostError(messageOf(error), { cause: error })
  }
}

/** The file of a flag, whose quotes are not part of the path; nothing for an empty one. @throws Error in Go's words */
function readNamed(typed: string): Buffer | undefined {
  const path = /^(["']).*\1$/s.test(typed) && typed.length > 1 ? typed.slice(1, -1) : typed
  return path === '' ? undefined : read(path)
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(readFailure(path, error), { cause: error })
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Error(readFailure(path, error), { cause: error })
  }
}

/** Go's words for a failed read, which scripts match. */
function readFailure(path: string, error: unknown): string {
  return codeOf(error) === 'EISDIR' ? `read ${path}: is a directory` : `open ${path}: ${systemReason(error)}`
}
