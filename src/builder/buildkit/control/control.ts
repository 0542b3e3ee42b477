import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { Connection } from '../../../engine/connection.ts'
import type { BuildStatus } from '../../progress/build-status.ts'
import type { Attributes, CacheEntry, SolveRequest } from '../common/solve-request.ts'
import { upgradeToHttp2 } from '../common/upgrade.ts'
import { StatusSchema } from '../gen/google/rpc/status_pb.ts'
import {
  SolveRequestSchema,
  SolveResponseSchema,
  StatusRequestSchema,
  StatusResponseSchema,
} from '../gen/moby/control_pb.ts'
import * as gateway from '../gen/moby/gateway_pb.ts'
import type { OwnDefinitionSchema } from '../gen/moby/ops_pb.ts'
import { type CallOptions, GrpcClient } from '../grpc/client.ts'
import type { GrpcError } from '../grpc/status.ts'
import { buildStatus } from './status.ts'

const SERVICE = '/moby.buildkit.v1.Control'
const GATEWAY = '/moby.buildkit.v1.frontend.LLBBridge'

/** What a frontend came to; undefined where it has nothing to hand on. */
export type FrontendResult = gateway.Result | undefined

/**
 * BuildKit's control API. `/build?version=2` would do for images, but not for other outputs, cache exports and
 * `--call`.
 */
export class Control {
  readonly #client: GrpcClient

  private constructor(client: GrpcClient) {
    this.#client = client
  }

  /** @throws EngineError ConnectionError */
  static async open(connection: Connection, signal: AbortSignal): Promise<Control> {
    const socket = await upgradeToHttp2(connection, { path: '/grpc' }, signal)
    return new Control(new GrpcClient(socket, 'error reading from server: EOF'))
  }

  /**
   * Begins a build, and ends with it. What is built is up to `runFrontend`.
   * @returns the exporters' responses
   * @throws GrpcError
   */
  async solve(request: SolveRequest, session: string, signal: AbortSignal): Promise<Attributes> {
    const [first] = request.exporters
    const message: MessageInitShape<typeof SolveRequestSchema> = {
      Ref: request.ref,
      Session: session,
      // The frontend is run by us, but attestations are made by the daemon.
      FrontendAttrs: frontendOptions(request),
      ExporterDeprecated: first?.type ?? '',
      ExporterAttrsDeprecated: { ...first?.attributes },
      Exporters: request.exporters.map(wireEntry),
      Cache: { Exports: request.cacheExports.map(wireEntry), Imports: request.cacheImports.map(wireEntry) },
      Entitlements: [...request.entitlements],
      Internal: request.isInternal ?? false,
    }
    const response = await this.#call(SERVICE, 'Solve', SolveRequestSchema, SolveResponseSchema, message, { signal })
    return response.ExporterResponse
  }

  /** What happens in a build, until it is over. @throws GrpcError */
  async *status(ref: string, signal: AbortSignal): AsyncGenerator<BuildStatus> {
    const message = toBinary(StatusRequestSchema, create(StatusRequestSchema, { Ref: ref }))
    for await (const bytes of this.#client.stream(`${SERVICE}/Status`, message, { signal })) {
      yield buildStatus(fromBinary(StatusResponseSchema, bytes))
    }
  }

  /**
   * Runs the frontend of a build that `solve` has begun. As docker does it: the frontend's own response is seen only
   * so, and engines word errors otherwise when they run it themselves.
   * @throws GrpcError
   */
  async runFrontend(request: SolveRequest, signal: AbortSignal): Promise<FrontendResult> {
    const options = optionsFor(request, signal)
    await this.#call(GATEWAY, 'Ping', gateway.PingRequestSchema, gateway.PongResponseSchema, {}, options)
    const { result } = await this.#call(
      GATEWAY,
      'Solve',
      gateway.SolveRequestSchema,
      gateway.SolveResponseSchema,
      {
        Frontend: request.frontend,
        FrontendOpt: { ...frontendOptions(request), ...request.callAttributes },
        allowResultReturn: true,
        allowResultArrayRef: true,
      },
      options,
    )
    return result
  }

  /**
   * Has the daemon fetch a file, in a build that `solve` has begun.
   * @param graph what is fetched
   * @param name the file's, in what the graph comes to
   * @param check told the file's size in bytes before it is read; what it throws ends the build
   * @throws GrpcError
   */
  async readFile(
    request: SolveRequest,
    {
      graph,
      name,
      check,
    }: {
      readonly graph: MessageInitShape<typeof OwnDefinitionSchema>
      readonly name: string
      readonly check: (size: number) => void
    },
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const options = optionsFor(request, signal)
    await this.#call(GATEWAY, 'Ping', gateway.PingRequestSchema, gateway.PongResponseSchema, {}, options)
    const { result } = await this.#call(
      GATEWAY,
      'Solve',
      gateway.SolveRequestSchema,
      gateway.SolveResponseSchema,
      { Definition: graph, allowResultReturn: true, allowResultArrayRef: true },
      options,
    )
    const Ref = result?.result.case === 'ref' ? result.result.value.id : ''
    const { StatFileRequestSchema, StatFileResponseSchema, ReadFileRequestSchema, ReadFileResponseSchema } = gateway
    const asked = { Ref, Path: name }
    const { stat } = await this.#call(
      GATEWAY,
      'StatFile',
      StatFileRequestSchema,
      StatFileResponseSchema,
      asked,
      options,
    )
    check(Number(stat?.size ?? 0))
    const wanted = { Ref, FilePath: name }
    return (await this.#call(GATEWAY, 'ReadFile', ReadFileRequestSchema, ReadFileResponseSchema, wanted, options)).Data
  }

  /** Hands what the frontend came to on to the exporters, or why it failed to `solve`. @throws GrpcError */
  async finish(
    request: SolveRequest,
    outcome: { readonly result: FrontendResult } | { readonly error: GrpcError },
    signal: AbortSignal,
  ): Promise<void> {
    const options = optionsFor(request, signal)
    // Engines crash when a build ends well without a result.
    const message = 'error' in outcome ? { error: wireStatus(outcome.error) } : { result: outcome.result ?? {} }
    await this.#call(GATEWAY, 'Return', gateway.ReturnRequestSchema, gateway.ReturnResponseSchema, message, options)
  }

  close(): void {
    this.#client.close()
  }

  async #call<Request extends DescMessage, Response extends DescMessage>(
    service: string,
    method: string,
    request: Request,
    response: Response,
    message: MessageInitShape<Request>,
    options: CallOptions,
  ): Promise<MessageShape<Response>> {
    const bytes = toBinary(request, create(request, message))
    return fromBinary(response, await this.#client.call(`${service}/${method}`, bytes, options))
  }
}

function wireEntry({ type, attributes }: Pick<CacheEntry, 'type' | 'attributes'>) {
  return { Type: type, Attrs: { ...attributes } }
}

function optionsFor({ ref }: SolveRequest, signal: AbortSignal): CallOptions {
  return { metadata: [['buildkit-controlapi-buildid', ref]], signal }
}

/** The frontend looks for caches itself; it reads them as Go writes JSON of them. */
function frontendOptions({ frontendAttributes, cacheImports }: SolveRequest): Record<string, string> {
  const caches = JSON.stringify(cacheImports.map(wireEntry))
  return { ...frontendAttributes, ...(cacheImports.length === 0 ? {} : { 'cache-imports': caches }) }
}

function wireStatus(error: GrpcError) {
  const details = error.details.length === 0 ? [] : fromBinary(StatusSchema, error.details).details
  return { code: error.code, message: error.message, details }
}
