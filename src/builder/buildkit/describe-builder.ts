import { textIn } from '../../domain/json.ts'
import type { Engine } from '../../engine/engine.ts'
import { callControl, withControlClient } from './control/call.ts'
import { Control } from './gen/moby/control_pb.ts'
import type { GCPolicy } from './gen/moby/worker_pb.ts'
import type { GrpcClient } from './grpc/client.ts'
import { GRPC_CODE, GrpcError } from './grpc/status.ts'

/** The engine's BuildKit, as `buildx inspect` shows it. */
export interface BuilderDescription {
  readonly workerIds: readonly string[]
  /** `linux/amd64`, in the daemon's order and without repetitions. */
  readonly platforms: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly gcPolicy: readonly GCPolicy[]
  /** BuildKit's version; empty when the engine does not report it. */
  readonly version: string
}

/**
 * Describes the engine's BuildKit (docker/buildx builder/node.go).
 * @throws NoBuildKitError when the engine has none; EngineError ConnectionError GrpcError
 */
export async function describeBuilder(engine: Engine, signal: AbortSignal): Promise<BuilderDescription> {
  const description = await withControlClient(engine.connection, signal, async (client) => {
    const { record } = await callControl(client, Control.method.listWorkers, {}, signal)
    const platforms = record.flatMap((worker) =>
      worker.platforms.map(({ OS, Architecture, Variant }) => [OS, Architecture, Variant].filter(Boolean).join('/')),
    )
    return {
      workerIds: record.map(({ ID }) => ID).sort(),
      platforms: [...new Set(platforms)],
      labels: record[0]?.Labels ?? {},
      gcPolicy: record[0]?.GCPolicy ?? [],
      version: await fetchVersion(client, signal),
    }
  })
  if (description.version !== '') return description
  return { ...description, version: versionOfEngine(await fetchEngineVersion(engine)) }
}

async function fetchEngineVersion({ connection }: Engine): Promise<string> {
  return textIn(await connection.json({ method: 'GET', path: '/version' }), 'Version')
}

/** Returns the BuildKit of an engine that does not report it; empty where it is not known. */
function versionOfEngine(version: string): string {
  return version.startsWith('20.10.') ? 'v0.8+unknown' : ''
}

/** Returns BuildKit's version; empty for an old engine, which does not report it. */
async function fetchVersion(client: GrpcClient, signal: AbortSignal): Promise<string> {
  try {
    const { buildkitVersion } = await callControl(client, Control.method.info, {}, signal)
    return buildkitVersion?.version ?? ''
  } catch (error) {
    if (error instanceof GrpcError && error.code === GRPC_CODE.unimplemented) return ''
    throw error
  }
}
