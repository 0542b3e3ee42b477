import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { newBuildRef } from '../../../src/builder/buildkit/common/ids.ts'
import type {
  Attributes,
  Exporter,
  SessionProviders,
  SolveRequest,
  SolveResult,
} from '../../../src/builder/buildkit/common/solve-request.ts'
import { solve } from '../../../src/builder/buildkit/solve.ts'
import type { BuildStatus } from '../../../src/builder/progress/build-status.ts'
import { encodeRegistryAuth } from '../../../src/domain/registry/registry.ts'
import { Connection } from '../../../src/engine/connection.ts'
import { webClient } from '../../../src/registry/http-client.ts'

export interface TestBuild {
  /** Files of the build context by path. */
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly attributes?: Attributes
  readonly exporters?: readonly Exporter[]
  readonly providers?: Partial<SessionProviders>
  readonly signal?: AbortSignal
  /** Called with every status message. */
  readonly watch?: (status: BuildStatus) => void
}

export interface Built extends SolveResult {
  /** The names of steps that ran, and of those that were cached. */
  readonly ran: readonly string[]
  readonly cached: readonly string[]
  /** What the steps printed. */
  readonly output: string
  /** How many bytes of the build context were transferred. */
  readonly transferred: number
}

/** Runs builds on one engine, in separate directories. */
export class Builder implements AsyncDisposable {
  readonly directory: string
  readonly #connection: Connection

  private constructor(directory: string, socket: string) {
    this.directory = directory
    const endpoint = { host: `unix://${socket}`, address: { kind: 'unix', path: socket } } as const
    this.#connection = new Connection({ endpoint })
  }

  static async open(socket: string): Promise<Builder> {
    return new Builder(await mkdtemp(join(tmpdir(), 'tug-buildkit-')), socket)
  }

  /** The directory of the build context. */
  get context(): string {
    return join(this.directory, 'context')
  }

  async build({ files, attributes = {}, exporters, providers = {}, signal, watch }: TestBuild): Promise<Built> {
    await this.#write(files)
    const events: BuildStatus[] = []
    const request: SolveRequest = {
      ref: newBuildRef(),
      frontend: 'dockerfile.v0',
      frontendAttributes: attributes,
      exporters: exporters ?? [{ type: 'moby', attributes: {} }],
      cacheImports: [],
      cacheExports: [],
      entitlements: [],
    }
    const result = await solve({
      connection: this.#connection,
      request,
      providers: {
        name: 'context',
        directories: { context: { path: this.context }, dockerfile: { path: this.context } },
        uploads: {},
        stores: {},
        secrets: {},
        agents: {},
        credentials: async () => ({}),
        send: webClient({}),
        ...providers,
      },
      onStatus: (status) => {
        events.push(status)
        watch?.(status)
      },
      signal: signal ?? new AbortController().signal,
    })
    return { ...result, ...summary(events) }
  }

  /** Removes the build cache, so that all steps of the next build run. */
  async forget(): Promise<void> {
    await this.#connection.text({ method: 'POST', path: '/build/prune', query: { all: '1' } })
  }

  async removeImage(name: string): Promise<void> {
    await this.#connection.text({ method: 'DELETE', path: `/images/${name}`, query: { force: '1' } })
  }

  /** Pushes busybox to a repository, with credentials for its registry. */
  async push(repository: string, { user, password }: { user: string; password: string }): Promise<void> {
    await this.build({
      files: { Dockerfile: 'FROM busybox\nLABEL pushed=1\n' },
      exporters: [{ type: 'moby', attributes: { name: repository } }],
    })
    const auth = encodeRegistryAuth({ username: user, password })
    const headers = { 'X-Registry-Auth': auth }
    const response = await this.#connection.text({
      method: 'POST',
      path: `/images/${repository}/push`,
      headers,
      query: { tag: 'latest' },
    })
    if (response.includes('"error"')) throw new Error(response)
    await this.removeImage(repository)
    await this.forget()
  }

  /** Returns an image's Config. */
  async config(name: string): Promise<{ Env: string[]; Labels: Record<string, string> | null }> {
    const image = await this.#connection.json<{ Config: { Env: string[]; Labels: Record<string, string> | null } }>({
      method: 'GET',
      path: `/images/${name}/json`,
    })
    return image.Config
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.close()
    await rm(this.directory, { recursive: true })
  }

  async #write(files: TestBuild['files']): Promise<void> {
    await mkdir(this.context, { recursive: true })
    for (const [path, content] of Object.entries(files)) {
      const full = join(this.context, path)
      await mkdir(dirname(full), { recursive: true })
      const existing = await readFile(full).catch(() => undefined)
      // Files that have not changed also keep their time.
      if (existing?.equals(Buffer.from(content))) continue
      await writeFile(full, content)
      await chmod(full, path.endsWith('.sh') ? 0o755 : 0o644)
    }
  }
}

function summary(events: readonly BuildStatus[]) {
  const vertexes = events.flatMap((event) => event.vertexes).filter(({ completed }) => completed !== undefined)
  const context = new Set(vertexes.filter(({ name }) => name === '[internal] load build context').map((v) => v.digest))
  const transfers = events.flatMap((event) => event.statuses).filter(({ vertex }) => context.has(vertex))
  return {
    ran: vertexes.filter(({ isCached }) => !isCached).map(({ name }) => name),
    cached: [...new Set(vertexes.filter(({ isCached }) => isCached).map(({ name }) => name))],
    output: Buffer.concat(events.flatMap((event) => event.logs.map(({ data }) => data))).toString(),
    transferred: Math.max(0, ...transfers.map(({ current }) => current)),
  }
}
