import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { sha256 } from '../../files/sha256.ts'
import { newBuildRef } from './common/ids.ts'
import { OpSchema, type OwnDefinitionSchema } from './gen/moby/ops_pb.ts'
import { GRPC_CODE, GrpcError } from './grpc/status.ts'
import { type SolveOptions, solve } from './solve.ts'

const NAME = 'Dockerfile'
/** BuildKit's limit for a Dockerfile, in bytes. */
const LARGEST = 2 * 1024 * 1024

/**
 * Lets the daemon fetch a Dockerfile over HTTP in a small separate build. buildx does this because the daemon may reach
 * servers that the client cannot.
 * @throws SolveError EngineError ConnectionError
 */
export async function fetchDockerfile(
  url: string,
  { connection, onStatus, signal }: Pick<SolveOptions, 'connection' | 'onStatus' | 'signal'>,
): Promise<Uint8Array> {
  let content: Uint8Array = new Uint8Array()
  const request = {
    ref: newBuildRef(),
    frontend: '',
    frontendAttributes: {},
    exporters: [],
    cacheImports: [],
    cacheExports: [],
    entitlements: [],
    isInternal: true,
  }
  await solve({
    connection,
    request,
    onStatus,
    signal,
    frontend: async (control, signal) => {
      const check = (size: number) => {
        if (size <= LARGEST) return
        throw new GrpcError(GRPC_CODE.unknown, `Dockerfile ${url} bigger than allowed max size (2.097MB)`)
      }
      content = await control.readFile(request, { graph: createHttpSource(url), name: NAME, check }, signal)
      return undefined
    },
  })
  return content
}

/** Returns a build graph with one step that downloads the URL. */
function createHttpSource(url: string): MessageInitShape<typeof OwnDefinitionSchema> {
  const source = { identifier: url, attrs: { 'http.filename': NAME } }
  const step = toBinary(OpSchema, create(OpSchema, { source }))
  const digest = `sha256:${sha256(step)}`
  const end = toBinary(OpSchema, create(OpSchema, { inputs: [{ digest, index: 0n }] }))
  const metadata = { description: { 'llb.customname': `[internal] load ${url}` }, caps: { 'source.http': true } }
  return { def: [step, end], metadata: { [digest]: metadata } }
}
