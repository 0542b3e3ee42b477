/** Reads and writes stored contexts (docker/cli cli/context/store). */
import { type Dirent, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { fieldOf, isObject, type JsonObject, jsonType, keysOfField } from '../domain/go/fields.ts'
import { goJsonError } from '../domain/go/json.ts'
import { joinPath } from '../domain/go/path.ts'
import { objectIn, textIn } from '../domain/json.ts'
import { isMissingWithBun } from '../files/bun-files.ts'
import { sha256 } from '../files/sha256.ts'
import { readBoundedBytes, readBoundedFile } from './read-bounded.ts'
import type { TlsFileContents } from './tls-material.ts'

/** The directories of a context: one for its metadata, and one for its certificates. */
export interface ContextDirectories {
  readonly meta: string
  readonly tls: string
}

/** A stored context. */
export interface StoredContext {
  readonly name: string
  /** `Name`, `Metadata` and `Endpoints`; `Metadata` may have unknown fields. */
  readonly meta: JsonObject
  readonly directories: ContextDirectories
}

/** The contents of certificate files by name: `ca.pem`, `cert.pem`, `key.pem`. */
export type TlsFiles = Readonly<Record<string, Uint8Array>>

/** Certificate files by the name of their endpoint, such as `docker`. */
export type EndpointTls = Readonly<Record<string, TlsFiles>>

/** The daemon endpoint of a context. */
export interface ContextEndpoint {
  readonly host: string
  readonly skipTlsVerify: boolean
}

/** Returns the directories of a context. @param configDir the directory of config.json */
export function contextDirectories(configDir: string, name: string): ContextDirectories {
  const id = sha256(name)
  return { meta: joinPath(configDir, 'contexts', 'meta', id), tls: joinPath(configDir, 'contexts', 'tls', id) }
}

/** Reads a context. @throws Error with docker's message if it does not exist or cannot be read */
export function readContext(configDir: string, name: string): StoredContext {
  const directories = contextDirectories(configDir, name)
  const path = joinPath(directories.meta, 'meta.json')
  let text: string
  try {
    text = readBoundedFile(path)
  } catch (error) {
    throw new Error(`context "${name}": ${readFailure(path, error)}`, { cause: error })
  }
  return { name, meta: parseMeta(text, path, `context "${name}": `), directories }
}

function readFailure(path: string, error: unknown): string {
  const code = codeOf(error)
  if (code === 'EISDIR') return `read ${path}: is a directory`
  return `${code === 'ENOENT' ? 'context not found: ' : ''}open ${path}: ${systemReason(error)}`
}

/** Checks that no context has the name. @throws Error with docker's message if one has, readable or not */
export function checkContextIsNew(configDir: string, name: string): void {
  const path = joinPath(contextDirectories(configDir, name).meta, 'meta.json')
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

/** Reads all contexts, in no particular order. @throws Error with docker's message */
export function readContexts(configDir: string): StoredContext[] {
  const root = joinPath(configDir, 'contexts', 'meta')
  return listMetaDirectories(root).flatMap((id): StoredContext[] => {
    const directories = { meta: joinPath(root, id), tls: joinPath(configDir, 'contexts', 'tls', id) }
    const path = joinPath(directories.meta, 'meta.json')
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined || stat.isDirectory()) return []
    const meta = parseMeta(readBoundedFile(path), path, 'failed to read metadata: ')
    return [{ name: textIn(meta, 'Name'), meta, directories }]
  })
}

/** Parses meta.json. @throws Error with Go's message if it is not JSON or has values of unexpected types */
function parseMeta(text: string, path: string, prefix: string): JsonObject {
  try {
    const fault = goJsonError(text, 'unexpected end of JSON input')
    if (fault !== '') throw new Error(fault)
    return decodeMeta(JSON.parse(text))
  } catch (error) {
    throw new Error(`${prefix}parsing ${path}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Returns the fields of a context's metadata that docker knows, as it decodes them (docker/cli cli/context/store,
 * untypedContextMetadata).
 * @throws Error with Go's message
 */
function decodeMeta(data: unknown): JsonObject {
  if (data === null) return {}
  if (!isObject(data)) throw wrongType(data, 'value of type store.untypedContextMetadata')
  const Name = fieldOf(data, 'Name') ?? ''
  const endpoints = decodeEndpoints(data)
  if (typeof Name !== 'string') throw wrongType(Name, 'struct field untypedContextMetadata.name of type string')
  const metadata = fieldOf(data, 'Metadata')
  if (metadata !== undefined && !isObject(metadata)) throw wrongType(metadata, 'value of type map[string]interface {}')
  return {
    ...(Name === '' ? {} : { Name }),
    ...(metadata === undefined ? {} : { Metadata: checkDescription(metadata) }),
    ...(Object.keys(endpoints).length === 0 ? {} : { Endpoints: endpoints }),
  }
}

/** Checks that the description is a string. docker panics otherwise. @throws Error */
function checkDescription(metadata: JsonObject): JsonObject {
  const { Description } = metadata
  if (Description == null || typeof Description === 'string') return metadata
  throw wrongType(Description, 'struct field DockerContext.Description of type string')
}

/** Decodes the endpoints of a context. As in Go, repeated `Endpoints` fields are merged. */
function decodeEndpoints(data: JsonObject): JsonObject {
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
      name === 'docker' ? decodeDockerEndpoint(value) : decodeObject(value),
    ]),
  )
}

function decodeObject(value: unknown): JsonObject | null {
  if (value === null || isObject(value)) return value
  throw wrongType(value, 'value of type map[string]interface {}')
}

function decodeDockerEndpoint(value: unknown): JsonObject | null {
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

/** Returns the daemon endpoint of a context; undefined if it has none. */
export function findEndpoint({ meta }: StoredContext): ContextEndpoint | undefined {
  const { docker } = objectIn(meta, 'Endpoints')
  if (!isObject(docker)) return undefined
  return { host: textIn(docker, 'Host'), skipTlsVerify: docker.SkipTLSVerify === true }
}

/** Returns the daemon endpoint of a context. @throws Error with docker's message if it has none */
export function requireEndpoint(context: StoredContext): ContextEndpoint {
  const endpoints = objectIn(context.meta, 'Endpoints')
  if (!('docker' in endpoints)) throw new Error('cannot find docker endpoint in context')
  const endpoint = findEndpoint(context)
  if (endpoint === undefined) throw new Error('endpoint "docker" is not of type EndpointMeta')
  return endpoint
}

/** Lists a context's certificate files by endpoint. Like docker, it returns `null` for an endpoint without files. */
export function listTlsFiles({ directories }: StoredContext): Record<string, string[] | null> {
  const endpoints = listNames(directories.tls)
  return Object.fromEntries(
    endpoints.map((endpoint) => {
      const names = listNames(joinPath(directories.tls, endpoint))
      return [endpoint, names.length > 0 ? names : null]
    }),
  )
}

/** Reads a context's certificate files of all endpoints. @throws Error if one cannot be read */
export function readAllTlsFiles({ directories }: StoredContext): EndpointTls {
  return Object.fromEntries(
    listNames(directories.tls).map((endpoint) => [endpoint, readTlsDirectory(joinPath(directories.tls, endpoint))]),
  )
}

function readTlsDirectory(directory: string): TlsFiles {
  return Object.fromEntries(listNames(directory).map((name) => [name, readFileSync(joinPath(directory, name))]))
}

/** Reads the certificate files for a context's daemon. @throws Error if one cannot be read */
export function readTlsFiles(context: StoredContext): TlsFiles {
  return readAllTlsFiles(context).docker ?? {}
}

/**
 * Reads the certificates and key for the connection to a context's daemon.
 * @returns undefined if the context has no directory for them; the connection then has no TLS
 * @throws Error with docker's message, also if the directory cannot be read, because it may contain certificates
 */
export function readEndpointTls({ name, directories }: StoredContext): TlsFileContents | undefined {
  if (isMissingWithBun(directories.tls)) return undefined
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
  const path = joinPath(directories.tls, 'docker')
  if (docker === undefined || !statSync(path).isDirectory()) return undefined
  const read = (file: string) => {
    try {
      return readBoundedBytes(joinPath(path, file))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw new Error(
        `failed to retrieve TLS data (${file}) for context "${name}": open ${joinPath(path, file)}: ${systemReason(error)}`,
        { cause: error },
      )
    }
  }
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
}

/** Stores a context, replacing one of the same name. @param tls undefined leaves the certificates unchanged */
export async function writeContext({ meta, directories }: StoredContext, tls?: EndpointTls): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic')
  mkdirSync(directories.meta, { recursive: true, mode: 0o755 })
  await writeFileAtomic(joinPath(directories.meta, 'meta.json'), JSON.stringify(meta), { mode: 0o644 })
  if (tls === undefined) return
  rmSync(directories.tls, { recursive: true, force: true })
  for (const [endpoint, files] of Object.entries(tls)) {
    const directory = joinPath(directories.tls, endpoint)
    if (Object.keys(files).length > 0) mkdirSync(directory, { recursive: true, mode: 0o700 })
    for (const [name, bytes] of Object.entries(files)) {
      await writeFileAtomic(joinPath(directory, name), Buffer.from(bytes), { mode: 0o600 })
    }
  }
}

/** Removes a context's metadata and certificates. */
export function removeContext({ directories }: Pick<StoredContext, 'directories'>): void {
  rmSync(directories.meta, { recursive: true, force: true })
  rmSync(directories.tls, { recursive: true, force: true })
}

/** Lists the names in a directory; none if it does not exist. @throws Error if it cannot be read */
function listNames(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new Error(`open ${directory}: ${systemReason(error)}`, { cause: error })
  }
}

/** Lists the names of the directories with metadata. @throws Error with docker's message */
function listMetaDirectories(root: string): string[] {
  try {
    return listNames(root)
  } catch (error) {
    throw new Error(`failed to read metadata: ${messageOf(error)}`, { cause: error })
  }
}
