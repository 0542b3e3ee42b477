import {
  type Endpoint,
  formatDaemonHost,
  parseContextHost,
  parseDaemonHost,
  type TlsMaterial,
  UnusableHostError,
} from '../domain/context/endpoint.ts'
import { DEFAULT_CONTEXT } from '../domain/context/name.ts'
import { proxyFor } from '../domain/context/proxy.ts'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { joinPath } from '../domain/go/path.ts'
import { objectIn, textIn } from '../domain/json.ts'
import { type ConfigFile, stringMembers } from './config-file.ts'
import { readContext, readEndpointTls, requireEndpoint } from './context-store.ts'
import { readBoundedBytes } from './read-bounded.ts'
import { toTlsMaterial } from './tls-material.ts'

/** The flags that select the daemon. A flag that was not typed is undefined. */
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
 * Selects the daemon as docker does: --context, --host, DOCKER_HOST, DOCKER_CONTEXT, config.json's currentContext, the
 * default socket. No other code selects a daemon. An invalid selection is an error and never falls back to another daemon.
 * @param certDir the directory of the certificates, unless flags or DOCKER_CERT_PATH name another
 * @throws Error with docker's message
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
  const headers = stringMembers(objectIn(config.data, 'HttpHeaders'))
  try {
    const endpoint = selectEndpoint(flags, env, config, certDir)
    return { ...endpoint, ...selectProxy(endpoint, env), ...selectSshCommand(endpoint, env), headers }
  } catch (error) {
    const prefix = error instanceof UnusableHostError ? '' : 'unable to resolve docker endpoint: '
    throw new Error(`Failed to initialize: ${prefix}${messageOf(error)}`, { cause: error })
  }
}

function selectProxy({ address, tls }: Endpoint, env: Environment): Pick<Endpoint, 'proxy'> {
  if (address.kind !== 'tcp') return {}
  const { hostname, port } = address
  const proxy = proxyFor({ hostname, port, usesTls: tls !== undefined }, env)
  return proxy === undefined ? {} : { proxy }
}

function selectSshCommand({ address }: Endpoint, { TUG_SSH = '' }: Environment): Pick<Endpoint, 'sshCommand'> {
  return address.kind === 'ssh' && TUG_SSH.trim() !== '' ? { sshCommand: TUG_SSH.trim() } : {}
}

/** The paths of the files with TLS material. They need not exist. */
export interface TlsFilePaths {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

/** Returns where `resolveEndpoint` reads the TLS material of the selected daemon. */
export function tlsFilePaths(
  flags: EndpointFlags,
  env: Environment,
  config: ConfigFile,
  certDir = config.dir,
): TlsFilePaths {
  const name = resolveContextName(flags, env, config)
  const isStored = name !== DEFAULT_CONTEXT
  const dir = isStored
    ? joinPath(readContext(config.dir, name).directories.tls, 'docker')
    : env.DOCKER_CERT_PATH || certDir
  const path = (typed: string | undefined, file: string) =>
    typed === undefined || isStored ? joinPath(dir, file) : withoutQuotes(typed)
  return {
    ca: path(flags.tlscacert, 'ca.pem'),
    cert: path(flags.tlscert, 'cert.pem'),
    key: path(flags.tlskey, 'key.pem'),
  }
}

/** Returns the name of the current context; `default` if flags or the environment name an address. */
export function resolveContextName(flags: EndpointFlags, env: Environment, config: ConfigFile): string {
  return selectedContextName(flags, env) || textIn(config.data, 'currentContext') || DEFAULT_CONTEXT
}

/** Returns the name of the context that flags or the environment select; empty if config.json selects it. */
function selectedContextName(flags: EndpointFlags, env: Environment): string {
  if (flags.context !== '') return flags.context
  if (flags.host.length > 0 || env.DOCKER_HOST) return DEFAULT_CONTEXT
  return env.DOCKER_CONTEXT || ''
}

/** Returns the daemon address of flags and environment, or the default one. @throws Error with docker's message */
export function defaultHost(flags: EndpointFlags, env: Environment): string {
  const [typed] = flags.host
  return formatDaemonHost(typed ?? env.DOCKER_HOST ?? '', usesTls(flags, env))
}

function selectEndpoint(flags: EndpointFlags, env: Environment, config: ConfigFile, certDir: string): Endpoint {
  if (config.isContextUnknown && selectedContextName(flags, env) === '') {
    // docker prints a warning and connects to the daemon on this machine.
    throw new Error(`${config.path} chooses a context and cannot be read: name one with --context`)
  }
  const name = resolveContextName(flags, env, config)
  if (name !== DEFAULT_CONTEXT) return readContextEndpoint(name, config.dir)
  const [host = env.DOCKER_HOST ?? '', ...more] = flags.host
  if (more.length > 0) throw new Error('Specify only one -H')
  const withTls = usesTls(flags, env)
  const parsed = resultOrError(() => parseDaemonHost(host, withTls))
  if (parsed instanceof Error && !(parsed instanceof UnusableHostError)) throw parsed
  // docker reads the certificates even if the connection does not use TLS.
  const files = withTls ? readTlsFiles(flags, env, certDir) : undefined
  if (parsed instanceof Error) throw parsed
  if (files === undefined || parsed.address.kind !== 'tcp') return parsed
  return { ...parsed, tls: requireTlsMaterial(files, isVerified(flags, env)) }
}

function resultOrError<T>(parse: () => T): T | Error {
  try {
    return parse()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function isVerified({ tlsverify }: EndpointFlags, env: Environment): boolean {
  return tlsverify ?? Boolean(env.DOCKER_TLS_VERIFY)
}

/** Returns whether the connection uses TLS. It does with `--tlsverify=false` too, but without verification. */
function usesTls(flags: EndpointFlags, env: Environment): boolean {
  return flags.tlsverify !== undefined || isVerified(flags, env) || (flags.tls ?? Boolean(env.DOCKER_TLS))
}

/** Reads the TLS files. Certificate and key may be missing unless flags name them. @throws Error with Go's message */
function readTlsFiles(flags: EndpointFlags, env: Environment, certDir: string) {
  const dir = env.DOCKER_CERT_PATH || certDir
  return {
    ca: readFlagFile(flags.tlscacert ?? joinPath(dir, 'ca.pem')),
    cert: flags.tlscert === undefined ? readIfExists(joinPath(dir, 'cert.pem')) : readFlagFile(flags.tlscert),
    key: flags.tlskey === undefined ? readIfExists(joinPath(dir, 'key.pem')) : readFlagFile(flags.tlskey),
  }
}

/** Returns the endpoint of a stored context. @throws Error if it names no host */
function readContextEndpoint(name: string, configDir: string): Endpoint {
  const context = readContext(configDir, name)
  const { host, skipTlsVerify } = requireEndpoint(context)
  const files = readEndpointTls(context)
  if (host === '') {
    // docker connects to the daemon on this machine.
    throw new Error(`the docker endpoint of context "${name}" names no host`)
  }
  const withTls = files !== undefined || skipTlsVerify
  const parsed = parseContextHost(host, withTls)
  if (!withTls || parsed.address.kind !== 'tcp') return parsed
  return { ...parsed, tls: requireTlsMaterial(files ?? {}, !skipTlsVerify) }
}

/** @throws UnusableHostError with docker's message */
function requireTlsMaterial(files: Parameters<typeof toTlsMaterial>[0], verify: boolean): TlsMaterial {
  try {
    return toTlsMaterial(files, verify)
  } catch (error) {
    throw new UnusableHostError(messageOf(error), { cause: error })
  }
}

/**
 * Reads the file of a flag. Quotes around the path are removed.
 * @returns undefined for an empty path
 * @throws Error with Go's message
 */
function readFlagFile(typed: string): Uint8Array | undefined {
  const path = withoutQuotes(typed)
  return path === '' ? undefined : read(path)
}

function withoutQuotes(typed: string): string {
  return /^(["']).*\1$/s.test(typed) && typed.length > 1 ? typed.slice(1, -1) : typed
}

function readIfExists(path: string): Uint8Array | undefined {
  try {
    return readBoundedBytes(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(describeReadError(path, error), { cause: error })
  }
}

function read(path: string): Uint8Array {
  try {
    return readBoundedBytes(path)
  } catch (error) {
    throw new Error(describeReadError(path, error), { cause: error })
  }
}

/** Returns Go's message for a failed read, which scripts match. */
function describeReadError(path: string, error: unknown): string {
  return codeOf(error) === 'EISDIR' ? `read ${path}: is a directory` : `open ${path}: ${systemReason(error)}`
}
