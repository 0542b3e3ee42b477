import { posix } from 'node:path'
import { create, toBinary } from '@bufbuild/protobuf'
import { BytesMessageSchema } from '../gen/moby/upload_pb.ts'
import type { Methods } from '../grpc/server.ts'

/** The most bytes of a message, as in BuildKit's own client. */
const LARGEST_PIECE = 3 * 1024 * 1024

/** Sends archives that the daemon fetches from `http://buildkit-session/ID`, each one once. */
export function serveUpload(uploads: Readonly<Record<string, AsyncIterable<Uint8Array>>>): Methods {
  const remaining = new Map(Object.entries(uploads))
  return {
    '/moby.upload.v1.Upload/Pull': async (call) => {
      const id = posix.basename(call.metadata('urlpath')[0] ?? '')
      const bytes = remaining.get(id)
      if (!bytes) throw new Error(`no http response from session for ${id}`)
      remaining.delete(id)
      for await (const chunk of bytes) {
        for (let at = 0; at < chunk.length; at += LARGEST_PIECE) {
          const data = chunk.subarray(at, at + LARGEST_PIECE)
          call.send(Buffer.from(toBinary(BytesMessageSchema, create(BytesMessageSchema, { data }))))
          await call.room()
        }
        if (call.signal.aborted) return
      }
    },
  }
}
