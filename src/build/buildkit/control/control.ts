import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { Connection } from '../../../engine/connection.ts'
import {
  SolveRequestSchema,
  SolveResponseSchema,
  StatusRequestSchema,
  StatusResponseSchema,
} from '../gen/moby/control_pb.ts'
import * as gateway from '../gen/moby/gateway_pb.ts'
import { type CallOptions, GrpcClient } from '../grpc/client.ts'
import type { Attributes, CacheEntry, SolveRequest } from '../solve-request.ts'
import type { BuildStatus } from '../status.ts'
import { buildStatus } from './status.ts'

const SERVICE = '/moby.buildkit.v1.Control'
const GATEWAY = '/moby.buildkit.v1.frontend.LLBBridge'

/** BuildKit's control API. `/build?version=2` would do for images, but not for other outputs, cache exports and `--call`. */
export class Control {
  readonly #client: GrpcClient

  private constructor(client: GrpcClient) {
    this.#client = client
  }

  /** @throws EngineError ConnectionError */
  static async open(connection: Connection): Promise<Control> {
    const { socket } = await connection.hijack({ method: 'POST', path: '/grpc', headers: { Upgrade: 'h2c' } })
    return new Control(new GrpcClient(socket, 'error reading from server: EOF'))
  }

  /**
   * Builds; it ends with the build.
   * @returns the exporters' answers
   * @throws GrpcError
   */
  async solve(request: SolveRequest, session: string, signal: AbortSignal): Promise<Attributes> {
    const { frontend, frontendAttributes } = request
    const isBridged = request.wantsFrontendAnswer === true
    const [first] = request.exporters
    const message: MessageInitShape<typeof SolveRequestSchema> = {
      Ref: request.ref,
      Session: session,
      Frontend: isBridged ? '' : frontend,
      FrontendAttrs: isBridged ? {} : { ...frontendAttributes },
      ExporterDeprecated: first?.type ?? '',
      ExporterAttrsDeprecated: { ...first?.attributes },
      Exporters: request.exporters.map(wireEntry),
      Cache: { Exports: request.cacheExports.map(wireEntry), Imports: request.cacheImports.map(wireEntry) },
      Entitlements: [...request.entitlements],
    }
    const answer = await this.#call(SERVICE, 'Solve', SolveRequestSchema, SolveResponseSchema, message, { signal })
    return answer.ExporterResponse
  }

  /** What happens in a build, until it is over. @throws GrpcError */
  async *status(ref: string, signal: AbortSignal): AsyncGenerator<BuildStatus> {
    const message = toBinary(StatusRequestSchema, create(StatusRequestSchema, { Ref: ref }))
    for await (const bytes of this.#client.stream(`${SERVICE}/Status`, message, { signal })) {
      yield buildStatus(fromBinary(StatusResponseSchema, bytes))
    }
  }

  /**
   * Runs the frontend of a build that `solve` has begun, and hands its result on to the exporters.
   * @returns what the frontend says of its result
   * @throws GrpcError
   */
  async runFrontend(request: SolveRequest, signal: AbortSignal): Promise<Readonly<Record<string, Uint8Array>>> {
    const options: CallOptions = { metadata: [['buildkit-controlapi-buildid', request.ref]], signal }
    await this.#call(GATEWAY, 'Ping', gateway.PingRequestSchema, gateway.PongResponseSchema, {}, options)
    const { result } = await this.#call(
      GATEWAY,
      'Solve',
      gateway.SolveRequestSchema,
      gateway.SolveResponseSchema,
      {
        Frontend: request.frontend,
        FrontendOpt: { ...request.frontendAttributes },
        CacheImports: request.cacheImports.map(wireEntry),
        allowResultReturn: true,
        allowResultArrayRef: true,
      },
      options,
    )
    const returned = result === undefined ? {} : { result }
    await this.#call(GATEWAY, 'Return', gateway.ReturnRequestSchema, gateway.ReturnResponseSchema, returned, options)
    return result?.metadata ?? {}
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
