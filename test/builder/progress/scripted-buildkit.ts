import http2 from 'node:http2'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { type Timestamp, TimestampSchema } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError, type ConnectRouter, encodeBinaryHeader, type HandlerContext } from '@connectrpc/connect'
import { connectNodeAdapter } from '@connectrpc/connect-node'
import { StatusSchema } from '../../../src/builder/buildkit/gen/google/rpc/status_pb.ts'
import { Control, type StatusResponseSchema } from '../../../src/builder/buildkit/gen/moby/control_pb.ts'
import { LLBBridge } from '../../../src/builder/buildkit/gen/moby/gateway_pb.ts'
import type { BuildStatus, Instant, SourceFile, SourceRange } from '../../../src/builder/progress/build-status.ts'
import type { Scenario, ScriptedFailure } from './scenario.ts'

const CAPABILITIES = [
  'frontend.caps',
  'gateway.solve.metadata',
  'solve.base',
  'solve.inlinereturn',
  'return',
  'returnmap',
]

/**
 * A BuildKit that builds nothing: it sends the events of a scenario at their times, and ends the build as the scenario
 * says. It serves clients that run the frontend themselves, as docker does.
 */
export class ScriptedBuildKit {
  readonly #scenario: Scenario
  readonly #server = http2.createServer()
  readonly #builds = new Map<string, Build>()
  readonly #started = Promise.withResolvers<void>()
  /** Settles when the first event is due. */
  readonly started = this.#started.promise

  constructor(scenario: Scenario) {
    this.#scenario = scenario
    this.#server.on('request', connectNodeAdapter({ routes: (router) => this.#routes(router) }))
    this.#server.on('sessionError', () => {})
  }

  serveControl(socket: Socket): void {
    this.#server.emit('connection', socket)
  }

  /** Accepts a session and sends no requests on it. It stays open until the client closes it. */
  serveSession(socket: Socket): void {
    socket.resume()
  }

  close(): void {
    for (const { begun, finished, returned } of this.#builds.values()) {
      for (const { resolve } of [begun, finished, returned]) resolve()
    }
    this.#server.close()
  }

  #routes(router: ConnectRouter): void {
    const caps = CAPABILITIES.map((ID) => ({ ID, Enabled: true }))
    router.service(Control, {
      info: () => ({ buildkitVersion: { package: 'github.com/moby/buildkit', version: 'v0.22.0', revision: 'abc' } }),
      listWorkers: () => ({
        record: [{ ID: 'worker', Labels: {}, platforms: [{ OS: 'linux', Architecture: 'amd64' }] }],
      }),
      solve: async (request, context) => {
        const build = this.#build(request.Ref)
        context.signal.addEventListener('abort', () => build.interruption.abort())
        if (request.Frontend === '') {
          await build.returned.promise
        } else {
          build.isReal = true
          build.begun.resolve()
          await build.finished.promise
        }
        // A client that only requests the capabilities ends its build at once.
        build.begun.resolve()
        if (!build.isReal) return {}
        this.#fail(context)
        return { ExporterResponse: { 'containerimage.digest': `sha256:${'d'.repeat(64)}` } }
      },
      status: ({ Ref }, context) => this.#play(this.#build(Ref), context),
    })
    router.service(LLBBridge, {
      ping: () => ({ FrontendAPICaps: caps, LLBCaps: caps }),
      solve: async (_, context) => {
        const build = this.#buildOf(context)
        build.isReal = true
        build.begun.resolve()
        await build.finished.promise
        this.#fail(context)
        return { result: { result: { case: 'ref', value: { id: 'ref' } } } }
      },
      return: (_, context) => {
        this.#buildOf(context).returned.resolve()
        return {}
      },
    })
  }

  #build(ref: string): Build {
    const build = this.#builds.get(ref) ?? newBuild()
    this.#builds.set(ref, build)
    return build
  }

  /** Returns the build that a frontend's call belongs to. */
  #buildOf({ requestHeader }: HandlerContext): Build {
    return this.#build(requestHeader.get('buildkit-controlapi-buildid') ?? '')
  }

  async *#play(build: Build, context: HandlerContext) {
    await build.begun.promise
    if (!build.isReal) return
    this.#started.resolve()
    const begin = performance.now()
    const signal = AbortSignal.any([context.signal, build.interruption.signal])
    try {
      for (const { at, status } of this.#scenario.events) {
        await sleep(Math.max(0, at - (performance.now() - begin)), undefined, { signal }).catch(() => {})
        if (signal.aborted) return
        yield toMessage(status)
      }
    } finally {
      build.finished.resolve()
    }
  }

  #fail(context: HandlerContext): void {
    const { failure } = this.#scenario
    if (!failure) return
    context.responseTrailer.set('grpc-status-details-bin', encodeBinaryHeader(detailsOf(failure)))
    throw new ConnectError(failure.message, codeOf(failure.code))
  }
}

interface Build {
  /** Settles when the events may be sent. */
  readonly begun: PromiseWithResolvers<void>
  /** Settles when all events have been sent or the client has disconnected. */
  readonly finished: PromiseWithResolvers<void>
  /** Settles when a client that runs the frontend has returned its result. */
  readonly returned: PromiseWithResolvers<void>
  /** Aborted when the client cancels the build. */
  readonly interruption: AbortController
  /** Whether the client builds something, and does not only request the capabilities. */
  isReal: boolean
}

function newBuild(): Build {
  return {
    begun: Promise.withResolvers(),
    finished: Promise.withResolvers(),
    returned: Promise.withResolvers(),
    interruption: new AbortController(),
    isReal: false,
  }
}

function codeOf(number: number): Code {
  return Object.values(Code).find((code): code is Code => code === number) ?? Code.Unknown
}

/** Encodes a `google.rpc.Status`. BuildKit's details are JSON in an `Any`, the innermost first. */
export function detailsOf({ code, message, sources = [] }: ScriptedFailure): Uint8Array {
  const details = sources.map(({ file, ranges }) => ({
    typeUrl: 'github.com/moby/buildkit/errdefs.Source+json',
    value: new TextEncoder().encode(JSON.stringify({ info: sourceJson(file), ranges })),
  }))
  return toBinary(StatusSchema, create(StatusSchema, { code, message, details }))
}

function sourceJson({ filename, data, language }: SourceFile) {
  return { filename, data: Buffer.from(data).toString('base64'), language }
}

function toMessage(status: BuildStatus): MessageInitShape<typeof StatusResponseSchema> {
  return {
    vertexes: status.vertexes.map(({ isCached, progressGroup, started, completed, inputs, ...vertex }) => ({
      ...vertex,
      inputs: [...inputs],
      cached: isCached,
      ...times({ started, completed }),
      ...(progressGroup && {
        progressGroup: { id: progressGroup.id, name: progressGroup.name, weak: progressGroup.isWeak },
      }),
    })),
    statuses: status.statuses.map(({ id, current, total, timestamp, started, completed, ...part }) => ({
      ...part,
      ID: id,
      current: BigInt(current),
      total: BigInt(total),
      ...times({ timestamp, started, completed }),
    })),
    logs: status.logs.map(({ vertex, timestamp, stream, data }) => ({
      vertex,
      stream: BigInt(stream),
      msg: bytes(data),
      ...times({ timestamp }),
    })),
    warnings: status.warnings.map(({ vertex, level, short, detail, url, source, ranges }) => ({
      vertex,
      level: BigInt(level),
      short: bytes(short),
      detail: detail.map(bytes),
      url,
      ...(source && { info: { ...source, data: bytes(source.data) } }),
      ranges: ranges.map((range: SourceRange) => ({ ...range })),
    })),
  }
}

function times<K extends string>(moments: Record<K, Instant | undefined>): Partial<Record<K, Timestamp>> {
  const result: Partial<Record<K, Timestamp>> = {}
  for (const name in moments) {
    const moment = moments[name]
    if (moment === undefined) continue
    const nanos = Number(moment % 1_000_000_000n)
    result[name] = create(TimestampSchema, { seconds: moment / 1_000_000_000n, nanos })
  }
  return result
}

/** Copies bytes into a separate ArrayBuffer, as messages need them. */
function bytes(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(data)
}
