import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import type { Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { fromBinary, type MessageInitShape, toJson } from '@bufbuild/protobuf'
import { Code, ConnectError, type ConnectRouter, type HandlerContext } from '@connectrpc/connect'
import { connectNodeAdapter } from '@connectrpc/connect-node'
import { Content } from '../../src/builder/buildkit/gen/containerd/content_pb.ts'
import {
  type BuildHistoryRequest,
  Control,
  type PruneRequest,
  PruneRequestSchema,
  type SolveRequest,
  type StatusRequest,
  type StatusResponse,
  type UsageRecordSchema,
} from '../../src/builder/buildkit/gen/moby/control_pb.ts'
import { LLBBridge } from '../../src/builder/buildkit/gen/moby/gateway_pb.ts'
import { OpSchema, type OwnDefinition } from '../../src/builder/buildkit/gen/moby/ops_pb.ts'
import type { WorkerRecordSchema } from '../../src/builder/buildkit/gen/moby/worker_pb.ts'
import { type SentBlob, type SentFile, SessionReader, type TreeEntry } from './buildkit-session.ts'

type UsageInit = MessageInitShape<typeof UsageRecordSchema>
type WorkerInit = MessageInitShape<typeof WorkerRecordSchema>

/** How a fake BuildKit responds, and what it requests from the session during a build. */
export interface BuildKitReplies {
  /** The exporter response of the solve, such as `containerimage.digest`. */
  readonly exporterResponse?: Readonly<Record<string, string>>
  /** Metadata of the frontend: `result.json`, `result.txt` and `result.statuscode` of a call. */
  readonly frontendMetadata?: Readonly<Record<string, string>>
  /** The error that the build fails with. */
  readonly error?: { readonly code: Code; readonly message: string }
  /** Capabilities that the daemon lacks; it has all others that clients look for. */
  readonly without?: readonly string[]
  /** Further capabilities. */
  readonly with?: readonly string[]
  /** Labels of its worker: the snapshotter of a containerd image store, the address of `host-gateway`. */
  readonly workerLabels?: Readonly<Record<string, string>>
  /** The platforms of its worker, `linux/amd64` by default. */
  readonly platforms?: readonly string[]
  /** The rules of its garbage collection. */
  readonly gcPolicy?: WorkerInit['GCPolicy']
  /** The records of its cache, which every prune removes. */
  readonly cache?: readonly UsageInit[]
  /** Reads the build context, with the patterns of its ignore file, and not only the Dockerfile. */
  readonly readsContext?: boolean
  /** The ids of secrets to request. */
  readonly secrets?: readonly string[]
  /**
   * Keeps a history of builds with this provenance by platform (`''` for a build for one platform). Old daemons have no
   * history.
   */
  readonly provenance?: Readonly<Record<string, unknown>>
  /** The content of every file that it fetches from a URL. */
  readonly remoteFile?: string
  /** The tree that exporters of directories send to the client. */
  readonly tree?: readonly TreeEntry[]
  /** Calls of the session that are made before anything is exported. */
  readonly asks?: (session: SessionReader) => Promise<void>
  /** The status messages that the daemon streams for the progress display. */
  readonly status?: readonly StatusResponse[]
}

/** A solve as the daemon understood it, whether it came in one request or from a frontend that the client runs. */
export interface RecordedSolve {
  readonly frontend: string
  readonly attributes: Readonly<Record<string, string>>
  readonly exporters: readonly { type: string; attributes: Readonly<Record<string, string>> }[]
  readonly cacheExports: readonly { type: string; attributes: Readonly<Record<string, string>> }[]
  readonly cacheImports: readonly { type: string; attributes: Readonly<Record<string, string>> }[]
  readonly entitlements: readonly string[]
  readonly isInternal: boolean
  /** Attributes for the daemon itself, when they differ from those for the frontend. */
  readonly daemonAttributes?: Readonly<Record<string, string>>
  /**
   * The files that the session sent from each requested local directory, such as the Dockerfile's and the context's.
   */
  directories: Record<string, readonly SentFile[]>
  /** The sources that files were fetched from before the build. */
  fetched?: readonly unknown[]
  /** The blobs named by the solve that the client's caches and OCI layouts sent. */
  blobs?: Record<string, SentBlob>
  /** The length and digest of a context that is an upload. */
  upload?: unknown
  secrets?: Record<string, string>
}

const CAPABILITIES = [
  'cache.gha',
  'cache.s3',
  'exporter.image.attestations',
  'exporter.multiple',
  'frontend.caps',
  'gateway.solve.metadata',
  'reference.output',
  'solve.base',
  'solve.inlinereturn',
  'resolveimage',
  'readfile',
  'return',
  'returnmap',
  'readdir',
  'statfile',
  'importcaches',
  'proto.refarray',
  'gateway.evaluate',
  'source.http',
  'source.http.checksum',
  'source.http.perm',
  'source.http.uidgid',
  'meta.description',
  'constraints',
  'platform',
]

/** Exporters that send an archive to the client. */
const ARCHIVES = new Set(['tar', 'oci', 'docker'])

interface Build {
  request: SolveRequest
  done: PromiseWithResolvers<void>
  record?: RecordedSolve
}

/**
 * BuildKit's control API as a Docker daemon serves it on an upgraded `/grpc` connection, with the session on another.
 * It builds nothing: it records the solve, reads what a Dockerfile frontend would read, and responds from a table.
 */
export class FakeBuildKit {
  readonly solves: RecordedSolve[] = []
  /** The requests for the cache. Numbers of 64 bits are texts. */
  readonly cacheRequests: Readonly<Record<string, unknown>>[] = []
  /** The gRPC methods that each session offers. */
  readonly sessions: { methods: string[] }[] = []
  readonly #replies: BuildKitReplies
  readonly #fetched: unknown[] = []
  readonly #builds = new Map<string, Build>()
  readonly #events = new EventEmitter()
  readonly #readers = new Map<string, SessionReader>()
  readonly #server = http2.createServer()

  constructor(replies: BuildKitReplies) {
    this.#replies = replies
    this.#events.setMaxListeners(0)
    this.#server.on('request', connectNodeAdapter({ routes: (router) => this.#routes(router) }))
    this.#server.on('sessionError', () => {})
  }

  /** Serves the control API on a connection that was upgraded. */
  serveControl(socket: Socket): void {
    this.#server.emit('connection', socket)
  }

  /** Takes a session's connection, on which the client is the server. */
  serveSession(socket: Socket, headers: IncomingMessage['headersDistinct']): void {
    const id = headers['x-docker-expose-session-uuid']?.[0] ?? ''
    // A Go daemon reads each header as one method, so they must not be joined.
    const methods = (headers['x-docker-expose-session-grpc-method'] ?? []).toSorted()
    this.sessions.push({ methods })
    this.#readers.set(id, new SessionReader(socket))
    this.#events.emit('session')
  }

  close(): void {
    for (const reader of this.#readers.values()) reader.close()
    this.#server.close()
  }

  #routes(router: ConnectRouter): void {
    router.service(Control, {
      listWorkers: () => ({
        record: [
          {
            ID: 'worker',
            Labels: { ...this.#replies.workerLabels },
            platforms: (this.#replies.platforms ?? ['linux/amd64']).map((platform) => {
              const [OS = '', Architecture = '', Variant = ''] = platform.split('/')
              return { OS, Architecture, Variant }
            }),
            GCPolicy: this.#replies.gcPolicy ?? [],
          },
        ],
      }),
      info: () => ({
        buildkitVersion: { package: 'github.com/moby/buildkit', version: 'v0.22.0', revision: 'abc' },
      }),
      diskUsage: ({ filter }) => {
        this.cacheRequests.push({ method: 'DiskUsage', filter })
        return { record: [...(this.#replies.cache ?? [])] }
      },
      prune: async function* (this: FakeBuildKit, request: PruneRequest) {
        this.cacheRequests.push({ method: 'Prune', message: toJson(PruneRequestSchema, request) })
        yield* this.#replies.cache ?? []
      }.bind(this),
      solve: (request) => this.#solve(request),
      status: (request: StatusRequest) => this.#status(request),
      ...(this.#replies.provenance ? { listenBuildHistory: (request) => this.#history(request) } : {}),
    })
    router.service(Content, {
      info: ({ digest }) => ({ info: { digest, size: BigInt(this.#blob(digest).length) } }),
      read: async function* (this: FakeBuildKit, { digest }: { digest: string }) {
        yield { data: this.#blob(digest) }
      }.bind(this),
    })
    const { with: more = [], without = [] } = this.#replies
    const capabilities = [...CAPABILITIES, ...more].filter((id) => !without.includes(id))
    router.service(LLBBridge, {
      ping: async (_, context) => {
        await this.#buildOf(context)
        const caps = capabilities.map((ID) => ({ ID, Enabled: true }))
        return { FrontendAPICaps: caps, LLBCaps: caps }
      },
      solve: async (request, context) => {
        const build = await this.#buildOf(context)
        if (request.Definition) {
          this.#fetched.push(...sourcesIn(request.Definition))
          return { result: { result: { case: 'ref', value: { id: 'file' } } } }
        }
        await this.#run(build, request.Frontend, request.FrontendOpt)
        const metadata = Object.entries(this.#replies.frontendMetadata ?? {}).map(([name, text]) => [
          name,
          new TextEncoder().encode(text),
        ])
        return {
          result: { result: { case: 'ref', value: { id: 'ref' } }, metadata: Object.fromEntries(metadata) },
        }
      },
      statFile: () => ({ stat: { path: Buffer.from('Dockerfile'), size: BigInt(this.#remoteFile().length) } }),
      readFile: () => ({ Data: this.#remoteFile() }),
      return: async (request, context) => {
        const build = await this.#buildOf(context)
        const { error } = request
        if (error) build.done.reject(new ConnectError(error.message, error.code))
        else build.done.resolve()
        return {}
      },
    })
  }

  async #solve(request: SolveRequest) {
    const build: Build = { request, done: Promise.withResolvers() }
    build.done.promise.catch(() => {})
    this.#builds.set(request.Ref, build)
    this.#events.emit('build')
    try {
      if (request.Frontend === '') await build.done.promise
      else await this.#run(build, request.Frontend, request.FrontendAttrs)
    } finally {
      build.done.resolve()
    }
    if (!build.record) return { ExporterResponse: {} }
    return {
      ExporterResponse: {
        ...this.#replies.exporterResponse,
        ...(await this.#exportCaches(build.record, request.Session)),
      },
    }
  }

  /** Yields the records of finished builds. */
  async *#history({ Ref }: BuildHistoryRequest) {
    if (!this.#builds.get(Ref)?.record) return
    const infos = Object.entries(this.#replies.provenance ?? {}).map(([platform, provenance]) => {
      const digest = `sha256:${createHash('sha256').update(JSON.stringify(provenance)).digest('hex')}`
      const annotations = { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' }
      const other = { mediaType: 'application/vnd.in-toto+json', digest, size: 1n }
      return { platform, info: { Attestations: [other, { ...other, annotations }] } }
    })
    const only = infos.find(({ platform }) => platform === '')
    const several = Object.fromEntries(infos.map(({ platform, info }) => [platform, info]))
    yield { record: { Ref, ...(only ? { Result: only.info } : { Results: several }) } }
  }

  #remoteFile(): Buffer {
    const { remoteFile } = this.#replies
    if (remoteFile === undefined) throw new ConnectError('invalid response status 404', Code.Unknown)
    return Buffer.from(remoteFile)
  }

  #blob(wanted: string): Buffer {
    for (const provenance of Object.values(this.#replies.provenance ?? {})) {
      const blob = Buffer.from(JSON.stringify(provenance))
      if (wanted === `sha256:${createHash('sha256').update(blob).digest('hex')}`) return blob
    }
    throw new ConnectError(`content ${wanted}: not found`, Code.NotFound)
  }

  /** Writes a cache of one blob to every local cache that the solve exports. */
  async #exportCaches({ cacheExports }: RecordedSolve, session: string): Promise<Record<string, string>> {
    const reader = this.#readers.get(session)
    let described = {}
    for (const { type, attributes } of cacheExports) {
      if (type !== 'local' || !reader) continue
      const blob = await reader.putBlob(`local:${attributes.dest}`, '{"a":"cache"}')
      const descriptor = { mediaType: 'application/vnd.oci.image.manifest.v1+json', ...blob }
      described = { 'cache.manifest': JSON.stringify(descriptor) }
    }
    return described
  }

  async *#status({ Ref }: StatusRequest) {
    const build = await this.#waitFor('build', () => this.#builds.get(Ref))
    if (build.request.Frontend !== '') yield* this.#replies.status ?? []
    await build.done.promise.catch(() => {})
    if (build.request.Frontend === '' && build.record) yield* this.#replies.status ?? []
  }

  /** Returns the build that a frontend's call belongs to. */
  #buildOf(context: HandlerContext): Promise<Build> {
    const ref = context.requestHeader.get('buildkit-controlapi-buildid') ?? ''
    return this.#waitFor('build', () => this.#builds.get(ref))
  }

  async #run(build: Build, frontend: string, attributes: Readonly<Record<string, string>>): Promise<void> {
    const { request } = build
    const entries = (list: readonly { Type: string; Attrs: Record<string, string> }[] = []) =>
      list.map(({ Type, Attrs }) => ({ type: Type, attributes: sorted(Attrs) }))
    const record: RecordedSolve = {
      frontend,
      attributes: sorted(attributes),
      exporters: entries(request.Exporters),
      cacheExports: entries(request.Cache?.Exports),
      cacheImports: entries(request.Cache?.Imports),
      entitlements: request.Entitlements.toSorted(),
      isInternal: request.Internal,
      ...(isDeepStrictEqual(sorted(request.FrontendAttrs), sorted(attributes))
        ? {}
        : { daemonAttributes: sorted(request.FrontendAttrs) }),
      ...(this.#fetched.length > 0 ? { fetched: this.#fetched } : {}),
      directories: {},
    }
    build.record = record
    this.solves.push(record)
    const session = await this.#waitFor('session', () => this.#readers.get(request.Session))
    await this.#readInputs(record, session)
    await this.#replies.asks?.(session)
    const { error } = this.#replies
    if (error) throw new ConnectError(error.message, error.code)
    for (const [position, { type }] of record.exporters.entries()) {
      if (ARCHIVES.has(type)) await session.send(position, `the ${type} archive`)
      if (type === 'local' && this.#replies.tree) await session.sendTree(position, this.#replies.tree)
    }
  }

  /** Reads from the session what a Dockerfile frontend reads before it builds anything. */
  async #readInputs(record: RecordedSolve, session: SessionReader): Promise<void> {
    const { attributes } = record
    const { context = '', filename = '' } = attributes
    if (context.startsWith('http://buildkit-session/')) {
      record.upload = await session.pull(context.slice('http://buildkit-session'.length))
    }
    const isRemote = context !== ''
    if (!isRemote || attributes.dockerfilekey) {
      const names = [filename, `${filename}.dockerignore`]
      record.directories.dockerfile = await session.files('dockerfile', { followPaths: names }).catch(() => {
        throw new ConnectError('failed to read dockerfile: no local sources enabled', Code.Unknown)
      })
      const found = record.directories.dockerfile.some(({ path }) => path === filename)
      if (!found) {
        const reason = `failed to read dockerfile: open ${filename}: no such file or directory`
        throw new ConnectError(reason, Code.Unknown)
      }
    }
    if (this.#replies.readsContext && !isRemote) {
      record.directories.context = await session.files('context', { excludePatterns: await session.ignorePatterns() })
    }
    for (const [name, value] of Object.entries(attributes)) {
      const local = /^local:(.*)$/.exec(name.startsWith('context:') ? value : '')?.[1]
      if (local) record.directories[local] = await session.files(local, {})
    }
    for (const [place, { store, digest }] of namedBlobs(record)) {
      record.blobs = { ...record.blobs, [place]: await session.blob(store, digest) }
    }
    for (const id of this.#replies.secrets ?? []) {
      record.secrets = { ...record.secrets, [id]: await session.secret(id) }
    }
  }

  async #waitFor<T>(event: string, find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      await new Promise((resolve) => this.#events.once(event, resolve))
    }
  }
}

/** Returns the sources in a build graph, and the custom names of its steps. */
function sourcesIn({ def, metadata }: OwnDefinition): unknown[] {
  const names = Object.values(metadata).flatMap(({ description }) => description['llb.customname'] ?? [])
  const sources = def.map((bytes) => fromBinary(OpSchema, bytes).source)
  return [...sources.flatMap((source) => (source ? [{ address: source.identifier, ...source.attrs }] : [])), ...names]
}

/** Returns the blobs of the client that a solve names, by the attribute that names them. */
function namedBlobs({ attributes, cacheImports }: RecordedSolve): [string, { store: string; digest: string }][] {
  const layouts = Object.entries(attributes).flatMap(([name, value]): [string, { store: string; digest: string }][] => {
    const [, id = '', digest = ''] = /^oci-layout:\/\/(\w+):[^@]*@(.*)$/.exec(value) ?? []
    return id === '' ? [] : [[name, { store: `oci:${id}`, digest }]]
  })
  const caches = cacheImports
    .filter(({ type }) => type === 'local')
    .map(({ attributes: { src = '', digest = '' } }): [string, { store: string; digest: string }] => [
      `cache ${src}`,
      { store: `local:${src}`, digest },
    ])
  return [...layouts, ...caches]
}

function sorted(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}
