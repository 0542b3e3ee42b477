import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { goQuote } from '../../../domain/go/quote.ts'
import type { ContentDirectory } from '../common/solve-request.ts'
import { findBlob, readBlob } from '../content/blob.ts'
import { createRefusal } from '../content/refusal.ts'
import {
  InfoRequestSchema,
  InfoResponseSchema,
  type ReadContentRequest,
  ReadContentRequestSchema,
  ReadContentResponseSchema,
} from '../gen/containerd/content_pb.ts'
import type { Methods, ServerCall } from '../grpc/server.ts'
import { receiveBlob } from './content-write.ts'
import { createUnaryHandler } from './unary.ts'

const SERVICE = '/containerd.services.content.v1.Content'
/** The metadata name of the id of the directory that a call concerns. */
const STORE = 'buildkit-attachable-store-id'
/** The most bytes of a message, as in containerd. */
const LARGEST_PIECE = 1024 * 1024

type Stores = Readonly<Record<string, ContentDirectory>>

/** Serves the blobs of local OCI layouts, and receives blobs in directories that a cache is exported to. */
export function serveContent(stores: Stores): Methods {
  const isAnyWritable = Object.values(stores).some(({ isWritable }) => isWritable)
  return {
    [`${SERVICE}/Info`]: createUnaryHandler(InfoRequestSchema, InfoResponseSchema, ({ digest }, call) => {
      const { size, changed } = findBlob(storeOf(call, stores).path, digest)
      const time = timestampFromDate(changed)
      return { info: { digest, size: BigInt(size), createdAt: time, updatedAt: time } }
    }),
    [`${SERVICE}/Read`]: async (call) => {
      for await (const bytes of call.messages) {
        return await sendBlob(call, storeOf(call, stores), fromBinary(ReadContentRequestSchema, bytes))
      }
    },
    ...(isAnyWritable ? { [`${SERVICE}/Write`]: (call) => receiveBlob(call, storeOf(call, stores)) } : {}),
  }
}

async function sendBlob(call: ServerCall, { path }: ContentDirectory, request: ReadContentRequest): Promise<void> {
  const blob = findBlob(path, request.digest)
  const start = Math.max(Number(request.offset), 0)
  if (start > blob.size) throw createRefusal('outOfRange', `read past object length ${blob.size} bytes`)
  const size = Number(request.size)
  const end = size <= 0 ? blob.size : Math.min(start + size, blob.size)
  let at = start
  for (const data of readBlob(blob, start, end, LARGEST_PIECE)) {
    const message = create(ReadContentResponseSchema, { offset: BigInt(at), data })
    call.send(Buffer.from(toBinary(ReadContentResponseSchema, message)))
    at += data.length
    await call.room()
    if (call.signal.aborted) return
  }
}

function storeOf(call: ServerCall, stores: Stores): ContentDirectory {
  const [id] = call.metadata(STORE)
  if (id === undefined)
    throw createRefusal('invalidArgument', `request lacks metadata ${goQuote(STORE)}: invalid argument`)
  const store = Object.hasOwn(stores, id) ? stores[id] : undefined
  if (!store) throw createRefusal('notFound', `unknown store ${id}: not found`)
  return store
}
