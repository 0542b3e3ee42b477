/** Archives of contexts, for `context export` and `context import`. */
import { padding, TAR_END, tarHeader } from '../../archive/tar-header.ts'
import { readTar } from '../../archive/tar-reader.ts'
import { isTooLarge, isZip, readZip } from '../../archive/zip-reader.ts'
import { isObject, type JsonObject, jsonType } from '../../config/config-file.ts'
import type { EndpointTls } from '../../config/context-store.ts'
import { goJsonError } from '../../domain/go/json.ts'

/** The contents of a context's archive. */
export interface ArchivedContext {
  readonly meta: JsonObject
  readonly tls: EndpointTls
}

const META = 'meta.json'
const TLS = 'tls/'

/** docker's limit for an archive and for the contents of a zip, in bytes. */
const MAX_BYTES = 10 * 1024 * 1024

/** The most files that an archive may have. A context has three for each endpoint; docker writes any number. */
const MAX_FILES = 1000

const TOO_LARGE = 'read exceeds the defined limit'

/**
 * Writes a context to a tar archive: `meta.json`, and certificates in a directory for each endpoint. Unlike docker's, it
 * has an end-of-archive marker.
 */
export function contextArchive({ meta, tls }: ArchivedContext): Buffer {
  const parts = [file(META, 0o644, Buffer.from(JSON.stringify(meta))), directory('tls')]
  for (const [endpoint, files] of Object.entries(tls)) {
    parts.push(directory(`tls/${endpoint}`))
    for (const [name, bytes] of Object.entries(files)) parts.push(file(`tls/${endpoint}/${name}`, 0o600, bytes))
  }
  return Buffer.concat([...parts, TAR_END])
}

function directory(name: string): Buffer {
  return tarHeader({ name, type: 'directory', mode: 0o700, size: 0, mtime: 0 })
}

function file(name: string, mode: number, bytes: Uint8Array): Buffer {
  const header = tarHeader({ name, type: 'file', mode, size: bytes.length, mtime: 0 })
  return Buffer.concat([header, bytes, Buffer.alloc(padding(bytes.length))])
}

/**
 * Reads a context from a tar or zip archive. The archive is not trusted: it may contain `meta.json`, files in
 * `tls/ENDPOINT/`, and nothing else.
 * @throws Error with docker's message
 */
export async function contextFromArchive(source: AsyncIterable<Uint8Array>): Promise<ArchivedContext> {
  const bytes = await readAll(source)
  const files = isZip(bytes) ? zipFiles(bytes) : tarFiles(bytes)
  let meta: JsonObject | undefined
  const tls = new Map<string, Map<string, Uint8Array>>()
  let count = 0
  for await (const { name, content } of files) {
    count += 1
    if (count > MAX_FILES) throw new Error(TOO_LARGE)
    checkName(name)
    if (name === META) meta = metaFrom(Buffer.from(content).toString())
    else {
      const [endpoint, path] = tlsPath(name)
      tls.set(endpoint, (tls.get(endpoint) ?? new Map<string, Uint8Array>()).set(path, content))
    }
  }
  if (meta === undefined) throw new Error('invalid context: no metadata found')
  return { meta, tls: Object.fromEntries([...tls].map(([endpoint, map]) => [endpoint, Object.fromEntries(map)])) }
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > MAX_BYTES) throw new Error(TOO_LARGE)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

interface NamedContent {
  readonly name: string
  readonly content: Uint8Array
}

/** Yields the files of a tar archive. Links and directories are ignored. */
async function* tarFiles(bytes: Buffer): AsyncGenerator<NamedContent> {
  for await (const { entry, content } of readTar(once(bytes))) {
    if (entry.type !== 'file') continue
    const chunks: Buffer[] = []
    for await (const chunk of content()) chunks.push(Buffer.from(chunk))
    yield { name: Buffer.from(entry.name, 'latin1').toString(), content: Buffer.concat(chunks) }
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes
}

function zipFiles(bytes: Buffer): NamedContent[] {
  try {
    return readZip(bytes, MAX_BYTES).filter(({ name }) => !name.endsWith('/'))
  } catch (error) {
    throw isTooLarge(error) ? new Error(TOO_LARGE) : error
  }
}

function checkName(name: string): void {
  if (name !== META && !name.startsWith(TLS)) throw new Error(`${name}: unexpected context file`)
  const parts = name.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new Error(`${name}: unexpected path format`)
  }
}

function tlsPath(name: string): [endpoint: string, file: string] {
  const [endpoint, path, ...deeper] = name.slice(TLS.length).split('/')
  if (endpoint === undefined || path === undefined || deeper.length > 0) throw new Error('archive format is invalid')
  return [endpoint, path]
}

/** Parses meta.json, and returns the fields that docker has. @throws Error with Go's message */
function metaFrom(text: string): JsonObject {
  const fault = goJsonError(text, 'unexpected end of JSON input')
  if (fault !== '') throw new Error(fault)
  const data: unknown = JSON.parse(text)
  if (data === null) return {}
  if (!isObject(data)) throw new Error(`json: cannot unmarshal ${jsonType(data)} into Go value of type store.Metadata`)
  const { Name, Metadata, Endpoints } = data
  if (Name != null && typeof Name !== 'string') throw wrongField(Name, 'Name', 'string')
  if (Endpoints != null && !isObject(Endpoints)) throw wrongField(Endpoints, 'Endpoints', 'map[string]interface {}')
  return { ...(Metadata == null ? {} : { Metadata }), ...(Endpoints == null ? {} : { Endpoints }) }
}

function wrongField(value: unknown, field: string, type: string): Error {
  return new Error(`json: cannot unmarshal ${jsonType(value)} into Go struct field Metadata.${field} of type ${type}`)
}
