import { type Dirent, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { fieldOf, isObject, type JsonObject, jsonType, keysOfField } from '../domain/go/fields.ts'
import { goJsonError } from '../domain/go/json.ts'
import { objectAt, textAt } from './config-file.ts'
import type { TlsFileContents } from './tls-material.ts'

/** Where a context is kept: its description, and its certificates. */
export interface ContextDirectories {
  readonly meta: string
  readonly tls: string
}

/** A context as it is kept. */
export interface StoredContext {
  readonly name: string
  /** `Metadata` and `Endpoints`, with whatever else somebody has put there. */
  readonly meta: JsonObject
  readonly directories: ContextDirectories
}

/** Files of certificates by name: `ca.pem`, `cert.pem`, `key.pem`. */
export type TlsFiles = Readonly<Record<string, Uint8Array>>

/** Files of certificates by the endpoint that they are for: `docker`. */
export type EndpointTls = Readonly<Record<string, TlsFiles>>

/** What a context says of its daemon. */
export interface ContextEndpoint {
  readonly host: string
  readonly skipTlsVerify: boolean
}

/** @param configDir the directory of config.json */
export function contextDirectories(configDir: string, name: string): ContextDirectories {
  const { createHash } = process.getBuiltinModule('node:crypto')
  const id = createHash('sha256').update(name).digest('hex')
  return { meta: join(configDir, 'contexts', 'meta', id), tls: join(configDir, 'contexts', 'tls', id) }
}

/** @throws Error in docker's words when there is no such context, or it cannot be read */
export function readContext(configDir: string, name: string): StoredContext {
  const directories = contextDirectories(configDir, name)
  const path = join(directories.meta, 'meta.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`context "${name}": ${readFailure(path, error)}`, { cause: error })
  }
  return { name, meta: metaFrom(text, path, `context "${name}": `), directories }
}

function readFailure(path: string, error: unknown): string {
  const code = codeOf(error)
  if (code === 'EISDIR') return `read ${path}: is a directory`
  return `${code === 'ENOENT' ? 'context not found: ' : ''}open ${path}: ${systemReason(error)}`
}

/** @throws Error in docker's words when there is a context of that name, readable or not */
export function checkContextIsNew(configDir: string, name: string): void {
  const path = join(contextDirectories(configDir, name).meta, 'meta.json')
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return
  readContextForCreation(configDir, name)
  throw new Error(`context "${name}" already exists`)
}

function readContextForCreation(configDir: string, name: string): void {
  try {
    readContext(configDir, name)
  } catch (error) {
    throw new Error(`error while getting existing contexts: ${messageOf(error)}`, { cause: error })
  }
}

/** All contexts that are kept, in no order. @throws Error in docker's words */
export function readContexts(configDir: string): StoredContext[] {
  const root = join(configDir, 'contexts', 'meta')
  return metaDirectories(root).flatMap((id): StoredContext[] => {
    const directories = { meta: join(root, id), tls: join(configDir, 'contexts', 'tls', id) }
    const path = join(directories.meta, 'meta.json')
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined || stat.isDirectory()) return []
    const meta = metaFrom(readFileSync(path, 'utf8'), path, 'failed to read metadata: ')
    return [{ name: textAt(meta, 'Name'), meta, directories }]
  })
}

/** @throws Error in Go's words for what is not JSON, or has other types than docker expects */
function metaFrom(text: string, path: string, prefix: string): JsonObject {
  try {
    const fault = goJsonError(text, 'unexpected end of JSON input')
    if (fault !== '') throw new Error(fault)
    return decodedMeta(JSON.parse(text))
  } catch (error) {
    throw new Error(`${prefix}parsing ${path}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * A context's description with the fields that docker knows (docker/cli cli/context/store, untypedContextMetadata).
 * @throws Error in Go's words
 */
function decodedMeta(data: unknown): JsonObject {
  if (data === null) return {}
  if (!isObject(data)) throw wrongType(data, 'value of type store.untypedContextMetadata')
  const Name = fieldOf(data, 'Name') ?? ''
  const endpoints = endpointsOf(data)
  if (typeof Name !== 'string') throw wrongType(Name, 'struct field untypedContextMetadata.name of type string')
  const metadata = fieldOf(data, 'Metadata')
  if (metadata !== undefined && !isObject(metadata)) throw wrongType(metadata, 'value of type map[string]interface {}')
  return {
    ...(Name === '' ? {} : { Name }),
    ...(metadata === undefined ? {} : { Metadata: checkedDescription(metadata) }),
    ...(Object.keys(endpoints).length === 0 ? {} : { Endpoints: endpoints }),
  }
}

/** docker panics at a description that is no text. */
function checkedDescription(metadata: JsonObject): JsonObject {
  const { Description } = metadata
  if (Description == null || typeof Description === 'string') return metadata
  throw wrongType(Description, 'struct field DockerContext.Description of type string')
}

/** The endpoints of a context; `Endpoints` that is given again adds to the first. */
function endpointsOf(data: JsonObject): JsonObject {
  let endpoints: JsonObject = {}
  for (const key of keysOfField(data, 'Endpoints')) {
    const value = data[key]
    if (value !== null && !isObject(value)) {
      throw wrongType(value, 'struct field untypedContextMetadata.endpoints of type map[string]json.RawMessage')
    }
    endpoints = value === null ? {} : { ...endpoints, ...value }
  }
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, value]) => [
      name,
      name === 'docker' ? dockerEndpoint(value) : anyObject(value),
    ]),
  )
}

function anyObject(value: unknown): JsonObject | null {
  if (value === null || isObject(value)) return value
  throw wrongType(value, 'value of type map[string]interface {}')
}

function dockerEndpoint(value: unknown): JsonObject | null {
  if (value === null) return null
  if (!isObject(value)) throw wrongType(value, 'value of type context.EndpointMetaBase')
  const Host = fieldOf(value, 'Host') ?? ''
  if (typeof Host !== 'string') throw wrongType(Host, 'struct field EndpointMetaBase.Host of type string')
  const SkipTLSVerify = fieldOf(value, 'SkipTLSVerify') ?? false
  if (typeof SkipTLSVerify === 'boolean') return { ...(Host === '' ? {} : { Host }), SkipTLSVerify }
  throw wrongType(SkipTLSVerify, 'struct field EndpointMetaBase.SkipTLSVerify of type bool')
}

function wrongType(value: unknown, target: string): Error {
  return new Error(`json: cannot unmarshal ${jsonType(value)} into Go ${target}`)
}

/** What a context says of its daemon; undefined where it says nothing. */
export function endpointOf({ meta }: StoredContext): ContextEndpoint | undefined {
  const { docker } = objectAt(meta, 'Endpoints')
  if (!isObject(docker)) return undefined
  return { host: textAt(docker, 'Host'), skipTlsVerify: docker.SkipTLSVerify === true }
}

/**
 * What a context says of its daemon.
 * @throws Error in docker's words when it says nothing, and in our own when it names no host: docker would take the
 * daemon on this machine
 */
export function requiredEndpoint(context: StoredContext): ContextEndpoint {
  const endpoints = objectAt(context.meta, 'Endpoints')
  if (!('docker' in endpoints)) throw new Error('cannot find docker endpoint in context')
  const endpoint = endpointOf(context)
  if (endpoint === undefined) throw new Error('endpoint "docker" is not of type EndpointMeta')
  return endpoint
}

/** The certificates of a context, by the endpoint that they are for; `null` where there are none, as docker shows it. */
export function tlsFileNames({ directories }: StoredContext): Record<string, string[] | null> {
  const endpoints = namesIn(directories.tls)
  return Object.fromEntries(
    endpoints.map((endpoint) => {
      const names = namesIn(join(directories.tls, endpoint))
      return [endpoint, names.length > 0 ? names : null]
    }),
  )
}

/** The certificates of a context, by endpoint. @throws Error where they cannot be read */
export function allTlsFiles({ directories }: StoredContext): EndpointTls {
  return Object.fromEntries(
    namesIn(directories.tls).map((endpoint) => [endpoint, tlsFilesIn(join(directories.tls, endpoint))]),
  )
}

function tlsFilesIn(directory: string): TlsFiles {
  return Object.fromEntries(namesIn(directory).map((name) => [name, readFileSync(join(directory, name))]))
}

/** The certificates for a context's daemon. */
export function tlsFilesOf(context: StoredContext): TlsFiles {
  return allTlsFiles(context).docker ?? {}
}

/**
 * The certificates and key that a context's daemon is spoken to with; undefined where the context has no directory for
 * them, so that nothing is encrypted. A directory that cannot be read is an error: it may hold some.
 * @throws Error in docker's words
 */
export function endpointTls({ name, directories }: StoredContext): TlsFileContents | undefined {
  let entries: readonly Dirent[]
  try {
    entries = readdirSync(directories.tls, { withFileTypes: true })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(
      `failed to retrieve TLS files for context "${name}": failed to list TLS files for context ${name}: open ${directories.tls}: ${systemReason(error)}`,
      { cause: error },
    )
  }
  const docker = entries.find((entry) => entry.name === 'docker')
  const path = join(directories.tls, 'docker')
  if (docker === undefined || !statSync(path).isDirectory()) return undefined
  const read = (file: string) => {
    try {
      return readFileSync(join(path, file))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw new Error(
        `failed to retrieve TLS data (${file}) for context "${name}": open ${join(path, file)}: ${systemReason(error)}`,
        { cause: error },
      )
    }
  }
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
}

/** Keeps a context, in the place of one that has its name. @param tls unset leaves certificates as they are */
export async function writeContext({ meta, directories }: StoredContext, tls?: EndpointTls): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic')
  mkdirSync(directories.meta, { recursive: true, mode: 0o755 })
  await writeFileAtomic(join(directories.meta, 'meta.json'), JSON.stringify(meta), { mode: 0o644 })
  if (tls === undefined) return
  rmSync(directories.tls, { recursive: true, force: true })
  for (const [endpoint, files] of Object.entries(tls)) {
    const directory = join(directories.tls, endpoint)
    if (Object.keys(files).length > 0) mkdirSync(directory, { recursive: true, mode: 0o700 })
    for (const [name, bytes] of Object.entries(files)) {
      await writeFileAtomic(join(directory, name), Buffer.from(bytes), { mode: 0o600 })
    }
  }
}

export function removeContext({ directories }: Pick<StoredContext, 'directories'>): void {
  rmSync(directories.meta, { recursive: true, force: true })
  rmSync(directories.tls, { recursive: true, force: true })
}

/** The names in a directory; none where there is no such directory. @throws Error where it cannot be read */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new Error(`open ${directory}: ${systemReason(error)}`, { cause: error })
  }
}

/** The directories that contexts are described in. */
function metaDirectories(root: string): string[] {
  try {
    return namesIn(root)
  } catch (error) {
    throw new Error(`failed to read metadata: ${messageOf(error)}`, { cause: error })
  }
}
