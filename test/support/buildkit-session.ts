import { createHash } from 'node:crypto'
import http2 from 'node:http2'
import type { Socket } from 'node:net'
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import {
  InfoRequestSchema,
  InfoResponseSchema,
  ReadContentRequestSchema,
  ReadContentResponseSchema,
  WriteContentRequestSchema,
  WriteContentResponseSchema,
} from '../../src/builder/buildkit/gen/containerd/content_pb.ts'
import { type Packet, PacketSchema, type Stat } from '../../src/builder/buildkit/gen/fsutil/wire_pb.ts'
import { FetchTokenRequestSchema, FetchTokenResponseSchema } from '../../src/builder/buildkit/gen/moby/auth_pb.ts'
import { GetSecretRequestSchema, GetSecretResponseSchema } from '../../src/builder/buildkit/gen/moby/secrets_pb.ts'
import { BytesMessageSchema } from '../../src/builder/buildkit/gen/moby/upload_pb.ts'
import { parseIgnoreFile } from '../../src/builder/context/ignore.ts'

/** A file that the client sent. A regular file has its content. */
export interface SentFile {
  readonly path: string
  /** Go's file mode, octal. */
  readonly mode: string
  readonly size?: number
  readonly link?: string
  /** The first characters of the content's SHA-256. */
  readonly content?: string
}

/** A blob that the client sent, or the gRPC code and message of its error. */
export type SentBlob =
  | { readonly bytes: number; readonly content: string }
  | { readonly code: number; readonly reason: string }

/** An entry of a tree that the daemon sends. */
export interface TreeEntry {
  readonly path: string
  /** Go's file mode. */
  readonly mode: number
  readonly link?: string
  readonly content?: string
}

const CONTENT = '/containerd.services.content.v1.Content'
/** The header with the store that a call is about. */
const STORE = 'buildkit-attachable-store-id'

/** The files of a directory to request, in the terms of BuildKit's file sync. */
interface Selection {
  readonly followPaths?: readonly string[]
  readonly excludePatterns?: readonly string[]
}

const STAT = 0
const REQUEST = 1
const DATA = 2
const FINISH = 3
const ERROR = 4

/** The bits of Go's file mode that mark a file as something other than a regular file. */
const GO_MODE_TYPES = 0x8f280000

/** The daemon's end of a session: it requests files, uploads and secrets. */
export class SessionReader {
  readonly #connection: http2.ClientHttp2Session

  constructor(socket: Socket) {
    this.#connection = http2.connect('http://localhost', { createConnection: () => socket })
    this.#connection.on('error', () => {})
  }

  close(): void {
    this.#connection.destroy()
  }

  /** Returns the files of a directory in the order they were sent, regular ones with their content. */
  async files(directory: string, selection: Selection): Promise<readonly SentFile[]> {
    return (await this.#sync(directory, selection)).map(({ stat, content }) => sentFile(stat, content))
  }

  /** Returns the patterns of the context's ignore file, as the frontend reads them. */
  async ignorePatterns(): Promise<readonly string[]> {
    const found = await this.#sync('context', { followPaths: ['.dockerignore'] })
    const file = found.find(({ stat }) => textOf(stat.path) === '.dockerignore')
    return file?.content ? parseIgnoreFile(file.content.toString()) : []
  }

  /** Reads the upload at a path and returns its length and the first characters of its SHA-256. */
  async pull(path: string): Promise<{ bytes: number; content: string }> {
    const call = this.#call('/moby.upload.v1.Upload/Pull', { urlpath: path })
    call.end()
    const chunks: Uint8Array[] = []
    for await (const message of call.messages()) chunks.push(fromBinary(BytesMessageSchema, message).data)
    const all = Buffer.concat(chunks)
    return { bytes: all.length, content: digest(all) }
  }

  /** Sends an archive to the exporter at a position in the list of exporters. */
  async send(position: number, content: string): Promise<void> {
    const call = this.#call('/moby.filesync.v1.FileSend/DiffCopy', {
      'buildkit-attachable-exporter-id': String(position),
    })
    call.send(toBinary(BytesMessageSchema, create(BytesMessageSchema, { data: Buffer.from(content) })))
    call.end()
    for await (const _ of call.messages());
  }

  /**
   * Sends a tree of files for one exporter, as fsutil's sender does, but in any order.
   * @param position the position of the exporter among all exporters
   * @throws ConnectError with the client's error
   */
  async sendTree(position: number, entries: readonly TreeEntry[]): Promise<void> {
    const call = this.#call('/moby.filesync.v1.FileSend/DiffCopy', {
      'buildkit-attachable-exporter-id': String(position),
    })
    const send = (packet: MessageInitShape<typeof PacketSchema>) =>
      call.send(toBinary(PacketSchema, create(PacketSchema, packet)))
    for (const { path, mode, link = '' } of entries) {
      send({
        type: STAT,
        stat: { path: Buffer.from(path), linkname: Buffer.from(link), mode, modTime: 1_000_000_000n },
      })
    }
    send({ type: STAT })
    for await (const message of call.messages()) {
      const { type, ID, data } = fromBinary(PacketSchema, message)
      if (type === ERROR) throw new ConnectError(Buffer.from(data).toString(), Code.Unknown)
      if (type === REQUEST) {
        const { content = '' } = entries[ID] ?? {}
        if (content !== '') send({ type: DATA, ID, data: Buffer.from(content) })
        send({ type: DATA, ID })
      }
      if (type === FINISH) {
        send({ type: FINISH })
        call.end()
      }
    }
  }

  /** Returns a secret's value, or the reason for its absence. */
  async secret(id: string): Promise<string> {
    const call = this.#call('/moby.buildkit.secrets.v1.Secrets/GetSecret', {})
    call.send(toBinary(GetSecretRequestSchema, create(GetSecretRequestSchema, { ID: id })))
    call.end()
    try {
      for await (const message of call.messages()) {
        return Buffer.from(fromBinary(GetSecretResponseSchema, message).data).toString()
      }
      return ''
    } catch (error) {
      if (!(error instanceof ConnectError)) return String(error)
      // BuildKit treats a client that serves no secrets like one that lacks this secret.
      return error.code === Code.NotFound || error.code === Code.Unimplemented ? 'not found' : `error ${error.code}`
    }
  }

  /** Returns the registry token that the client fetches, or its error. */
  async token(host: string, realm: string): Promise<string> {
    const call = this.#call('/moby.filesync.v1.Auth/FetchToken', {})
    call.send(toBinary(FetchTokenRequestSchema, create(FetchTokenRequestSchema, { Host: host, Realm: realm })))
    call.end()
    try {
      for await (const message of call.messages()) return fromBinary(FetchTokenResponseSchema, message).Token
      return ''
    } catch (error) {
      return String(error)
    }
  }

  /**
   * Reads a blob from one of the client's stores. Returns its length and the first characters of its SHA-256, or the
   * error.
   */
  async blob(store: string, wanted: string): Promise<SentBlob> {
    try {
      const info = this.#call(`${CONTENT}/Info`, { [STORE]: store })
      info.send(toBinary(InfoRequestSchema, create(InfoRequestSchema, { digest: wanted })))
      info.end()
      let bytes = -1
      for await (const message of info.messages()) bytes = Number(fromBinary(InfoResponseSchema, message).info?.size)
      const read = this.#call(`${CONTENT}/Read`, { [STORE]: store })
      read.send(toBinary(ReadContentRequestSchema, create(ReadContentRequestSchema, { digest: wanted })))
      read.end()
      const chunks: Uint8Array[] = []
      for await (const message of read.messages()) chunks.push(fromBinary(ReadContentResponseSchema, message).data)
      return { bytes, content: digest(Buffer.concat(chunks)) }
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error
      return { code: error.code, reason: error.rawMessage }
    }
  }

  /** Writes a blob to one of the client's stores, as a cache exporter does. */
  async putBlob(store: string, content: string, digest?: string): Promise<{ digest: string; size: number }> {
    const data = Buffer.from(content)
    const expected = digest ?? `sha256:${createHash('sha256').update(data).digest('hex')}`
    const call = this.#call(`${CONTENT}/Write`, { [STORE]: store })
    const send = (message: MessageInitShape<typeof WriteContentRequestSchema>) =>
      call.send(toBinary(WriteContentRequestSchema, create(WriteContentRequestSchema, message)))
    send({ action: 0, ref: 'r', total: BigInt(data.length), expected })
    let step = 0
    for await (const message of call.messages()) {
      step++
      const { offset } = fromBinary(WriteContentResponseSchema, message)
      if (step === 1) send({ action: 1, data: data.subarray(0, 3) })
      if (step === 2) {
        const total = BigInt(data.length)
        send({ action: 2, offset, data: data.subarray(3), total, expected })
        call.end()
      }
    }
    return { digest: expected, size: data.length }
  }

  /** Receives a directory as fsutil does: regular files are requested while the list of files arrives. */
  async #sync(directory: string, { followPaths = [], excludePatterns = [] }: Selection) {
    const call = this.#call('/moby.filesync.v1.FileSync/DiffCopy', {
      'dir-name': directory,
      ...patternHeaders('followpaths', followPaths),
      ...patternHeaders('exclude-patterns', excludePatterns),
    })
    const send = (packet: Packet) => call.send(toBinary(PacketSchema, packet))
    const found: { stat: Stat; content?: Buffer; chunks: Uint8Array[] }[] = []
    let waiting = 0
    let isListed = false
    for await (const message of call.messages()) {
      const { type, stat, ID, data } = fromBinary(PacketSchema, message)
      const entry = found[ID]
      if (type === STAT && stat) {
        const id = found.push({ stat, chunks: [] }) - 1
        if (isPlain(stat)) {
          waiting++
          send(create(PacketSchema, { type: REQUEST, ID: id }))
        }
      } else if (type === STAT) isListed = true
      else if (type === DATA && data.length > 0) entry?.chunks.push(data)
      else if (type === DATA) {
        if (entry) entry.content = Buffer.concat(entry.chunks)
        waiting--
      } else if (type === FINISH) call.end()
      else if (type === ERROR) throw new ConnectError(Buffer.from(data).toString(), Code.Unknown)
      if (isListed && waiting === 0) {
        isListed = false
        send(create(PacketSchema, { type: FINISH }))
      }
    }
    return found
  }

  #call(path: string, headers: http2.OutgoingHttpHeaders): GrpcCall {
    return new GrpcCall(
      this.#connection.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      }),
    )
  }
}

/** A gRPC call on a raw HTTP/2 stream, because Connect joins repeated headers, which Go would read as one pattern. */
class GrpcCall {
  readonly #stream: http2.ClientHttp2Stream
  readonly #failed = Promise.withResolvers<never>()

  constructor(stream: http2.ClientHttp2Stream) {
    this.#stream = stream
    this.#failed.promise.catch(() => {})
    const check = (headers: http2.IncomingHttpHeaders) => {
      const status = headers['grpc-status']
      if (status !== undefined && status !== '0') {
        this.#failed.reject(new ConnectError(decodeURIComponent(String(headers['grpc-message'] ?? '')), Number(status)))
      }
    }
    stream.on('response', check)
    stream.on('trailers', check)
    stream.on('error', (error) => this.#failed.reject(error))
  }

  send(message: Uint8Array): void {
    const head = Buffer.alloc(5)
    head.writeUInt32BE(message.length, 1)
    this.#stream.write(Buffer.concat([head, message]))
  }

  end(): void {
    this.#stream.end()
  }

  async *messages(): AsyncGenerator<Uint8Array> {
    let rest = Buffer.alloc(0)
    for await (const chunk of this.#stream) {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
        const end = 5 + rest.readUInt32BE(1)
        yield rest.subarray(5, end)
        rest = rest.subarray(end)
      }
    }
    // The trailers with the status are parsed shortly after the last message.
    await Promise.race([this.#failed.promise, new Promise((resolve) => setImmediate(resolve))])
  }
}

/**
 * Returns patterns as gRPC metadata, one header each. They are URL-encoded, and marked as such, when one is not ASCII.
 */
function patternHeaders(name: string, patterns: readonly string[]): Record<string, string[]> {
  if (patterns.length === 0) return {}
  if (patterns.every((pattern) => /^[\x20-\x7e]*$/.test(pattern))) return { [name]: [...patterns] }
  return { [name]: patterns.map(encodeURIComponent), [`${name}-encoded`]: ['1'] }
}

function isPlain(stat: Stat): boolean {
  return (stat.mode & GO_MODE_TYPES) === 0 && stat.linkname.length === 0
}

function sentFile({ path, mode, size, linkname }: Stat, content: Buffer | undefined): SentFile {
  return {
    path: textOf(path),
    mode: mode.toString(8),
    ...(content ? { size: Number(size), content: digest(content) } : {}),
    ...(linkname.length > 0 ? { link: textOf(linkname) } : {}),
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12)
}
