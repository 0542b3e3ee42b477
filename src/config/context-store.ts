import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemReason } from '../domain/errors.ts'
import { goJsonError } from '../domain/go/json.ts'
import { isObject, type JsonObject, objectAt, textAt } from './config-file.ts'

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
    throw new Error(`context "${name}": context not found: open ${path}: ${systemReason(error)}`, { cause: error })
  }
  const meta = parse(text, path, `context "${name}": `)
  if (!isObject(meta)) throw new Error(`context "${name}": ${path} holds no JSON object`)
  return { name, meta, directories }
}

/** All contexts that are kept, in no order. @throws Error in docker's words */
export function readContexts(configDir: string): StoredContext[] {
  const root = join(configDir, 'contexts', 'meta')
  return namesIn(root).flatMap((id): StoredContext[] => {
    const directories = { meta: join(root, id), tls: join(configDir, 'contexts', 'tls', id) }
    const path = join(directories.meta, 'meta.json')
    if (!existsSync(path)) return []
    const meta = parse(readFileSync(path, 'utf8'), path, 'failed to read metadata: ')
    return isObject(meta) ? [{ name: textAt(meta, 'Name'), meta, directories }] : []
  })
}

/** @throws Error in Go's words for what is not JSON */
function parse(text: string, path: string, prefix: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${prefix}parsing ${path}: ${goJsonError(text)}`)
  }
}

/** What a context says of its daemon; undefined where it says nothing. */
export function endpointOf({ meta }: StoredContext): ContextEndpoint | undefined {
  const endpoints = objectAt(meta, 'Endpoints')
  if (!isObject(endpoints.docker)) return undefined
  return { host: textAt(endpoints.docker, 'Host'), skipTlsVerify: endpoints.docker.SkipTLSVerify === true }
}

/** The certificates of a context, by the endpoint that they are for. */
export function tlsFileNames({ directories }: StoredContext): Record<string, string[]> {
  return Object.fromEntries(
    namesIn(directories.tls).map((endpoint) => [endpoint, namesIn(join(directories.tls, endpoint))]),
  )
}

/** The certificates of a context, by endpoint. */
export function allTlsFiles({ directories }: StoredContext): EndpointTls {
  const read = (directory: string): TlsFiles =>
    Object.fromEntries(namesIn(directory).map((name) => [name, readFileSync(join(directory, name))]))
  return Object.fromEntries(
    namesIn(directories.tls).map((endpoint) => [endpoint, read(join(directories.tls, endpoint))]),
  )
}

/** The certificates for a context's daemon. */
export function tlsFilesOf(context: StoredContext): TlsFiles {
  return allTlsFiles(context).docker ?? {}
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

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch {
    return []
  }
}
