import { readFileSync, type Stats, statSync } from 'node:fs'
import { codeOf, messageOf, pathErrorText } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import type { Secret } from '../common/solve-request.ts'
import { splitFields } from './fields.ts'

/** The secrets and ssh agents of a build. */

/** A parsed `--secret`. */
export interface TypedSecret {
  readonly id: string
  /** The path of a file; empty when it is not typed. */
  readonly path: string
  /** The name of an environment variable; empty when it is not typed. */
  readonly variable: string
}

/**
 * Parses `--secret`: `id=…` with `src=` or `env=`.
 * @throws Error with buildx's text
 */
export function parseSecret(text: string): TypedSecret {
  let type = ''
  let id = ''
  let path = ''
  let variable = ''
  for (const field of splitSecretFields(text)) {
    const equals = field.indexOf('=')
    if (equals < 0) throw new Error(`invalid field '${field}' must be a key=value pair`)
    const key = field.slice(0, equals).toLowerCase()
    const value = field.slice(equals + 1)
    if (key === 'type') type = value
    else if (key === 'id') id = value
    else if (key === 'source' || key === 'src') path = value
    else if (key === 'env') variable = value
    else throw new Error(`unexpected key '${key}' in '${field}'`)
    if (key === 'type' && value !== 'file' && value !== 'env')
      throw new Error(`unsupported secret type ${goQuote(value)}`)
  }
  if (type === 'env' && variable === '') return { id, path: '', variable: path }
  return { id, path, variable }
}

function splitSecretFields(text: string): readonly string[] {
  try {
    return splitFields(text)
  } catch (error) {
    throw new Error(`failed to parse csv secret: ${messageOf(error)}`)
  }
}

/** A parsed `--ssh`: the id of an agent, and the socket or the keys that it uses. */
export interface TypedAgent {
  readonly id: string
  readonly paths: readonly string[]
}

/** Parses `--ssh`: `default`, `id=socket`, `id=key,key`. */
export function parseAgent(text: string): TypedAgent {
  const equals = text.indexOf('=')
  return equals < 0 ? { id: text, paths: [] } : { id: text.slice(0, equals), paths: text.slice(equals + 1).split(',') }
}

type Environment = Readonly<Record<string, string | undefined>>

/** BuildKit's limit for a secret, in bytes. */
const MAX_SECRET_SIZE = 500 * 1024

/**
 * Finds the sources of secrets, and checks that their files exist. The files are read when a step uses the secret.
 * @throws Error with buildx's text
 */
export function findSecrets(typedSecrets: readonly TypedSecret[], env: Environment): Record<string, Secret> {
  return Object.fromEntries(
    typedSecrets
      .filter(({ id, path, variable }) => id + path + variable !== '')
      .map((secret) => [secret.id, findSecret(secret, env)]),
  )
}

function findSecret({ id, path, variable }: TypedSecret, env: Environment): Secret {
  if (id === '') throw new Error('secret missing ID')
  const isImplied = path === '' && variable === ''
  const name = isImplied && env[id] !== undefined ? id : variable
  if (name !== '') return { kind: 'value', data: Buffer.from(env[name] ?? '') }
  const file = path === '' ? id : path
  if (statOf(file, `failed to stat ${file}: `).size > MAX_SECRET_SIZE) {
    throw new Error(`secret ${id} too big. max size 500KiB`)
  }
  return { kind: 'file', path: file }
}

/** An ssh agent for steps: the socket of a running one, or the keys for one that must be started. */
export type FoundAgent = { readonly socketPath: string } | { readonly keyPaths: readonly string[] }

/**
 * Finds the ssh agents that steps may use. Without a path, it is the agent of `SSH_AUTH_SOCK`.
 * @throws Error with buildx's text when there is no agent, or a path is neither a socket nor a key
 */
export function findAgents(typedAgents: readonly TypedAgent[], env: Environment): Record<string, FoundAgent> {
  return Object.fromEntries(typedAgents.map((agent) => [agent.id === '' ? 'default' : agent.id, findAgent(agent, env)]))
}

function findAgent({ id, paths }: TypedAgent, env: Environment): FoundAgent {
  const agentError = (reason: string) =>
    new Error(`failed to convert agent config {${id} [${paths.join(' ')}] false}: ${reason}`)
  if (paths.length === 0) {
    const socketPath = env.SSH_AUTH_SOCK ?? ''
    if (socketPath === '') throw agentError('invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set')
    return { socketPath }
  }
  try {
    return findSocketOrKeys(paths)
  } catch (error) {
    throw agentError(`failed to convert agent config for ID: ${goQuote(id)}: ${messageOf(error)}`)
  }
}

function findSocketOrKeys(paths: readonly string[]): FoundAgent {
  const isSocket = paths.map((path) => {
    const stats = statOf(path, '')
    if (!stats.isSocket()) checkKey(path)
    return stats.isSocket()
  })
  if (!isSocket.includes(true)) return { keyPaths: paths }
  if (paths.length > 1) throw new Error('invalid combination of keys and sockets')
  return { socketPath: paths[0] ?? '' }
}

/** Checks that a file contains a PEM block, as private keys do. An agent decides later whether it accepts the key. */
function checkKey(path: string): void {
  let text: string
  try {
    text = readFileSync(path, 'latin1')
  } catch (error) {
    throw new Error(
      `failed to read ${path}: ${pathErrorText(codeOf(error) === 'EISDIR' ? 'read' : 'open', path, error)}`,
    )
  }
  if (!/-----BEGIN [A-Z ]+-----/.test(text)) throw new Error(`failed to parse ${path}: ssh: no key found`)
}

/** @throws Error with Go's text after `prefix` when the path does not exist */
function statOf(path: string, prefix: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    throw new Error(prefix + pathErrorText('stat', path, error))
  }
}
