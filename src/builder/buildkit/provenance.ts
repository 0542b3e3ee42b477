import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { messageOf } from '../../domain/errors.ts'
import { parseGoBool } from '../../domain/go/bool.ts'
import type { Connection } from '../../engine/connection.ts'
import type { Announce } from './common/announce.ts'
import { parsedJson } from './common/loose-json.ts'
import { upgradeToHttp2 } from './common/upgrade.ts'
import { ReadContentRequestSchema, ReadContentResponseSchema } from './gen/containerd/content_pb.ts'
import { BuildHistoryEventSchema, BuildHistoryRequestSchema, type BuildResultInfo } from './gen/moby/control_pb.ts'
import { GrpcClient } from './grpc/client.ts'
import { GRPC_CODE, GrpcError, printableText } from './grpc/status.ts'

const HISTORY = '/moby.buildkit.v1.Control/ListenBuildHistory'
const READ = '/containerd.services.content.v1.Content/Read'
const MEMBER = 'buildx.build.provenance'

/** How much of the provenance is told: without the steps and times, all of it, or nothing. */
export type ProvenanceMode = 'min' | 'max' | 'disabled'

/** Reads `BUILDX_METADATA_PROVENANCE`; what is none of buildx's words means as much as nothing. */
export function provenanceMode(text: string | undefined): ProvenanceMode {
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
 * What a build was made of, from the daemon's record of it: one member for each platform that was built for. Daemons
 * before 24 remember no builds.
 * @param ref the build's name at the daemon
 * @throws Error in buildx's words; EngineError ConnectionError
 */
export async function readProvenance(ref: string, options: ProvenanceOptions): Promise<Record<string, unknown>> {
  const { connection, mode, announce, signal } = options
  const socket = await upgradeToHttp2(connection, { path: '/grpc' }, signal)
  const client = new GrpcClient(socket, 'error reading from server: EOF')
  try {
    const results = await listResults(client, ref, signal)
    if (!results) return {}
    return await announce('resolving provenance for metadata file', async () => {
      const members: Record<string, unknown> = {}
      for (const [platform, result] of results) {
        const digest = provenanceDigest(result)
        if (digest === undefined) continue
        const predicate = parsedJson(await readBlob(client, digest, signal))
        members[platform === '' ? MEMBER : `${MEMBER}/${platform}`] = mode === 'max' ? predicate : shortened(predicate)
      }
      return members
    })
  } finally {
    client.close()
  }
}

/** By platform, `''` where there is one only; undefined where the daemon does not remember builds. */
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
    throw new Error(printableText(error))
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
    const reason = error instanceof GrpcError ? printableText(error) : messageOf(error)
    throw new Error(`failed to load provenance blob from build record: ${reason}`)
  }
  return Buffer.concat(pieces).toString()
}

function shortened(predicate: unknown): unknown {
  if (typeof predicate !== 'object' || predicate === null) return predicate
  return Object.fromEntries(
    Object.entries(predicate).filter(([member]) => member !== 'buildConfig' && member !== 'metadata'),
  )
}
