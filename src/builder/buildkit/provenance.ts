import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { messageOf } from '../../domain/errors.ts'
import { parseGoBool } from '../../domain/go/bool.ts'
import type { Connection } from '../../engine/connection.ts'
import type { Announce } from './common/announce.ts'
import { parseJson } from './common/loose-json.ts'
import { openControlClient } from './control/client.ts'
import { ReadContentRequestSchema, ReadContentResponseSchema } from './gen/containerd/content_pb.ts'
import { BuildHistoryEventSchema, BuildHistoryRequestSchema, type BuildResultInfo } from './gen/moby/control_pb.ts'
import type { GrpcClient } from './grpc/client.ts'
import { formatGrpcError, GRPC_CODE, GrpcError } from './grpc/status.ts'

const HISTORY = '/moby.buildkit.v1.Control/ListenBuildHistory'
const READ = '/containerd.services.content.v1.Content/Read'
const MEMBER = 'buildx.build.provenance'

/** How much of the provenance is reported: without the steps and times, all of it, or nothing. */
export type ProvenanceMode = 'min' | 'max' | 'disabled'

/** Reads `BUILDX_METADATA_PROVENANCE`. Like an unset variable, an unknown value means `min`. */
export function parseProvenanceMode(text: string | undefined): ProvenanceMode {
  if (text === 'max' || text === 'disabled') return text
  return text !== undefined && parseGoBool(text) === false ? 'disabled' : 'min'
}

export interface ProvenanceOptions {
  readonly connection: Connection
  readonly mode: Exclude<ProvenanceMode, 'disabled'>
  readonly announce: Announce
  readonly signal: AbortSignal
}

/**
 * Reads the provenance of a build from the daemon's record of it: one member per platform. Daemons before 24 keep no
 * records.
 * @param ref the name of the build at the daemon
 * @throws Error with buildx's text; EngineError ConnectionError
 */
export async function readProvenance(ref: string, options: ProvenanceOptions): Promise<Record<string, unknown>> {
  const { connection, mode, announce, signal } = options
  const client = await openControlClient(connection, signal)
  try {
    const results = await listResults(client, ref, signal)
    if (!results) return {}
    return await announce('resolving provenance for metadata file', async () => {
      const members: Record<string, unknown> = {}
      for (const [platform, result] of results) {
        const digest = provenanceDigest(result)
        if (digest === undefined) continue
        const predicate = parseJson(await readBlob(client, digest, signal))
        members[platform === '' ? MEMBER : `${MEMBER}/${platform}`] =
          mode === 'max' ? predicate : withoutSteps(predicate)
      }
      return members
    })
  } finally {
    client.close()
  }
}

/** Lists the results by platform, `''` when there is only one; undefined when the daemon keeps no records. */
async function listResults(
  client: GrpcClient,
  ref: string,
  signal: AbortSignal,
): Promise<Map<string, BuildResultInfo> | undefined> {
  const request = toBinary(BuildHistoryRequestSchema, create(BuildHistoryRequestSchema, { Ref: ref, EarlyExit: true }))
  const results = new Map<string, BuildResultInfo>()
  try {
    for await (const bytes of client.stream(HISTORY, request, { signal })) {
      const { record } = fromBinary(BuildHistoryEventSchema, bytes)
      if (record?.Result) results.set('', record.Result)
      else for (const [platform, result] of Object.entries(record?.Results ?? {})) results.set(platform, result)
    }
  } catch (error) {
    if (!(error instanceof GrpcError)) throw error
    if (error.code === GRPC_CODE.unimplemented) return undefined
    throw new Error(formatGrpcError(error))
  }
  return results
}

function provenanceDigest({ Attestations }: BuildResultInfo): string | undefined {
  return Attestations.find(
    ({ mediaType, annotations }) =>
      mediaType === 'application/vnd.in-toto+json' &&
      annotations['in-toto.io/predicate-type']?.startsWith('https://slsa.dev/provenance/'),
  )?.digest
}

async function readBlob(client: GrpcClient, digest: string, signal: AbortSignal): Promise<string> {
  const request = toBinary(ReadContentRequestSchema, create(ReadContentRequestSchema, { digest }))
  const pieces: Uint8Array[] = []
  try {
    for await (const bytes of client.stream(READ, request, { signal })) {
      pieces.push(fromBinary(ReadContentResponseSchema, bytes).data)
    }
  } catch (error) {
    const reason = error instanceof GrpcError ? formatGrpcError(error) : messageOf(error)
    throw new Error(`failed to load provenance blob from build record: ${reason}`)
  }
  return Buffer.concat(pieces).toString()
}

function withoutSteps(predicate: unknown): unknown {
  if (typeof predicate !== 'object' || predicate === null) return predicate
  return Object.fromEntries(
    Object.entries(predicate).filter(([member]) => member !== 'buildConfig' && member !== 'metadata'),
  )
}
