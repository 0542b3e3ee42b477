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
import { StatusSchema } from '../gen/google/rpc/status_pb.ts'
import {
  SolveRequestSchema,
  SolveResponseSchema,
  StatusRequestSchema,
  StatusResponseSchema,
} from '../gen/moby/control_pb.ts'
import * as gateway from '../gen/moby/gateway_pb.ts'
import type { OwnDefinitionSchema } from '../gen/moby/ops_pb.ts'
import type { CallOptions, GrpcClient } from '../grpc/client.ts'
import type { GrpcError } from '../grpc/status.ts'
import { openControlClient } from './client.ts'
import { toBuildStatus } from './status.ts'

const SERVICE = '/moby.buildkit.v1.Control'
const GATEWAY = '/moby.buildkit.v1.frontend.LLBBridge'

/** The result of a frontend; undefined when it has none. */
export type FrontendResult = gateway.Result | undefined

/**
 * A client of BuildKit's control API. `/build?version=2` supports images, but no other outputs, cache exports or
 * `--call`.
 */
export class Control {
  readonly #client: GrpcClient

  private constructor(client: GrpcClient) {
    this.#client = client
  }

  /**
   * Connects to BuildKit. The caller closes the result.
   * @throws EngineError when the daemon refuses the upgrade
   * @throws ConnectionError when the daemon cannot be reached
   */
  static async open(connection: Connection, signal: AbortSignal): Promise<Control> {
    return new Control(await openControlClient(connection, signal))
  }

  /**
   * Starts a build and waits for its end. `runFrontend` produces the result.
   * @returns the responses of the exporters
   * @throws GrpcError
   */
  async solve(request: SolveRequest, session: string, signal: AbortSignal): Promise<Attributes> {
    const [first] = request.exporters
    const message: MessageInitShape<typeof SolveRequestSchema> = {
      Ref: request.ref,
      Session: session,
      // The client runs the frontend, but the daemon creates attestations, for which it needs the attributes.
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

  /** Yields the status events of a build until it ends. @throws GrpcError */
  async *status(ref: string, signal: AbortSignal): AsyncGenerator<BuildStatus> {
    const message = toBinary(StatusRequestSchema, create(StatusRequestSchema, { Ref: ref }))
    for await (const bytes of this.#client.stream(`${SERVICE}/Status`, message, { signal })) {
      yield toBuildStatus(fromBinary(StatusResponseSchema, bytes))
    }
  }

  /**
   * Runs the frontend of a build that `solve` has started. docker does the same, instead of having the daemon run it:
   * only this way does the client receive the frontend's response and the same error texts as docker.
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
   * Lets the daemon fetch a file in a build that `solve` has started.
   * @param graph the build graph that fetches the file
   * @param name the name of the file in the result of the graph
   * @param check called with the size of the file in bytes before it is read; its error ends the build
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
    const statRequest = { Ref, Path: name }
    const { stat } = await this.#call(
      GATEWAY,
      'StatFile',
      StatFileRequestSchema,
      StatFileResponseSchema,
      statRequest,
      options,
    )
    check(Number(stat?.size ?? 0))
    const readRequest = { Ref, FilePath: name }
    return (await this.#call(GATEWAY, 'ReadFile', ReadFileRequestSchema, ReadFileResponseSchema, readRequest, options))
      .Data
  }

  /** Passes the result of the frontend to the exporters, or its error to `solve`. @throws GrpcError */
  async finish(
    request: SolveRequest,
    outcome: { readonly result: FrontendResult } | { readonly error: GrpcError },
    signal: AbortSignal,
  ): Promise<void> {
    const options = optionsFor(request, signal)
    // An engine crashes when a build succeeds without a result, so an empty one is sent.
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

/** Returns the attributes of the frontend. It imports caches itself, from JSON with Go's field names. */
function frontendOptions({ frontendAttributes, cacheImports }: SolveRequest): Record<string, string> {
  const caches = JSON.stringify(cacheImports.map(wireEntry))
  return { ...frontendAttributes, ...(cacheImports.length === 0 ? {} : { 'cache-imports': caches }) }
}

function wireStatus(error: GrpcError) {
  const details = error.details.length === 0 ? [] : fromBinary(StatusSchema, error.details).details
  return { code: error.code, message: error.message, details }
}
