import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemReason } from '../domain/errors.ts'
import { goJsonError } from '../domain/go/json.ts'
import { isObject, type JsonObject, objectAt, textAt } from './config-file.ts'

/** Where a context is kept: its description, and its certificates. */
export interface ContextFolders {
  readonly meta: string
  readonly tls: string
}

/** A context as it is kept. */
export interface StoredContext {
  readonly name: string
  /** `Metadata` and `Endpoints`, with whatever else somebody has put there. */
  readonly meta: JsonObject
  readonly folders: ContextFolders
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

/** @param configDir the folder of config.json */
export function contextFolders(configDir: string, name: string): ContextFolders {
  const { createHash } = process.getBuiltinModule('node:crypto')
  const id = createHash('sha256').update(name).digest('hex')
  return { meta: join(configDir, 'contexts', 'meta', id), tls: join(configDir, 'contexts', 'tls', id) }
}

/** @throws Error in docker's words when there is no such context, or it cannot be read */
export function readContext(configDir: string, name: string): StoredContext {
  const folders = contextFolders(configDir, name)
  const path = join(folders.meta, 'meta.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`context "${name}": context not found: open ${path}: ${systemReason(error)}`, { cause: error })
  }
  const meta = parse(text, path, `context "${name}": `)
  if (!isObject(meta)) throw new Error(`context "${name}": ${path} holds no JSON object`)
  return { name, meta, folders }
}

/** All contexts that are kept, in no order. @throws Error in docker's words */
export function readContexts(configDir: string): StoredContext[] {
  const root = join(configDir, 'contexts', 'meta')
  return namesIn(root).flatMap((id): StoredContext[] => {
    const folders = { meta: join(root, id), tls: join(configDir, 'contexts', 'tls', id) }
    const path = join(folders.meta, 'meta.json')
    if (!existsSync(path)) return []
    const meta = parse(readFileSync(path, 'utf8'), path, 'failed to read metadata: ')
    return isObject(meta) ? [{ name: textAt(meta, 'Name'), meta, folders }] : []
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
export function tlsFileNames({ folders }: StoredContext): Record<string, string[]> {
  return Object.fromEntries(namesIn(folders.tls).map((endpoint) => [endpoint, namesIn(join(folders.tls, endpoint))]))
}

/** The certificates of a context, by endpoint. */
export function allTlsFiles({ folders }: StoredContext): EndpointTls {
  const read = (folder: string): TlsFiles =>
    Object.fromEntries(namesIn(folder).map((name) => [name, readFileSync(join(folder, name))]))
  return Object.fromEntries(namesIn(folders.tls).map((endpoint) => [endpoint, read(join(folders.tls, endpoint))]))
}

/** The certificates for a context's daemon. */
export function tlsFilesOf(context: StoredContext): TlsFiles {
  return allTlsFiles(context).docker ?? {}
}

/** Keeps a context, in the place of one that has its name. @param tls unset leaves certificates as they are */
export async function writeContext({ meta, folders }: StoredContext, tls?: EndpointTls): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic')
  mkdirSync(folders.meta, { recursive: true, mode: 0o755 })
  await writeFileAtomic(join(folders.meta, 'meta.json'), JSON.stringify(meta), { mode: 0o644 })
  if (tls === undefined) return
  rmSync(folders.tls, { recursive: true, force: true })
  for (const [endpoint, files] of Object.entries(tls)) {
    const folder = join(folders.tls, endpoint)
    if (Object.keys(files).length > 0) mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const [name, bytes] of Object.entries(files)) {
      await writeFileAtomic(join(folder, name), Buffer.from(bytes), { mode: 0o600 })
    }
  }
}

export function removeContext({ folders }: Pick<StoredContext, 'folders'>): void {
  rmSync(folders.meta, { recursive: true, force: true })
  rmSync(folders.tls, { recursive: true, force: true })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
