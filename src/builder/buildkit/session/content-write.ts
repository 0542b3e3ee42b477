import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { ContentDirectory } from '../common/solve-request.ts'
import { findBlob } from '../content/blob.ts'
import { BlobWriter } from '../content/blob-writer.ts'
import { createRefusal } from '../content/refusal.ts'
import {
  type WriteContentRequest,
  WriteContentRequestSchema,
  WriteContentResponseSchema,
} from '../gen/containerd/content_pb.ts'
import type { ServerCall } from '../grpc/server.ts'
import { GrpcError } from '../grpc/status.ts'

const STAT = 0
const COMMIT = 2

/** The expected size and digest of a blob, from the last request that has them. */
interface Expected {
  /** The size in bytes; 0 when it is not known. */
  readonly total: number
  /** The digest; empty when it is not known. */
  readonly digest: string
}

/** Receives one blob in pieces. */
export async function receiveBlob(call: ServerCall, { path: directory, isWritable }: ContentDirectory): Promise<void> {
  if (!isWritable)
    throw createRefusal('permissionDenied', 'the directory is read-only, because a cache is only imported from it')
  const started = new Date()
  let writer: BlobWriter | undefined
  let expected: Expected = { total: 0, digest: '' }
  try {
    for await (const bytes of call.messages) {
      const request = fromBinary(WriteContentRequestSchema, bytes)
      if (!writer && request.ref === '') throw createRefusal('invalidArgument', 'first message must have a reference')
      expected = {
        total: Number(request.total) > 0 ? Number(request.total) : expected.total,
        digest: request.expected || expected.digest,
      }
      if (request.expected !== '') refuseExisting(directory, request.expected)
      writer ??= new BlobWriter(directory)
      if (request.action !== STAT) write(writer, request)
      if (request.action === COMMIT) commit(writer, expected)
      const message = create(WriteContentResponseSchema, {
        action: request.action,
        startedAt: timestampFromDate(started),
        updatedAt: timestampFromDate(new Date()),
        offset: BigInt(writer.length),
        total: BigInt(expected.total),
        digest: writer.digest,
      })
      call.send(Buffer.from(toBinary(WriteContentResponseSchema, message)))
      if (request.action === COMMIT) return
    }
  } finally {
    writer?.close()
  }
}

function write(writer: BlobWriter, { offset, data }: WriteContentRequest): void {
  // As in containerd, a message with offset 0 restarts a blob that has already been written to.
  if (offset > 0n && Number(offset) !== writer.length) {
    throw createRefusal('outOfRange', `write @${offset} must occur at current offset ${writer.length}`)
  }
  if (offset === 0n && writer.length > 0) writer.clear()
  if (data.length > 0) writer.write(data)
}

function commit(writer: BlobWriter, { total, digest }: Expected): void {
  const { length, digest: actual } = writer
  if (total > 0 && length !== total) {
    throw createRefusal(
      'failedPrecondition',
      `unexpected commit size ${length}, expected ${total}: failed precondition`,
    )
  }
  if (digest !== '' && digest !== actual) {
    throw createRefusal(
      'failedPrecondition',
      `unexpected commit digest ${actual}, expected ${digest}: failed precondition`,
    )
  }
  writer.finish()
}

function refuseExisting(directory: string, digest: string): void {
  try {
    findBlob(directory, digest)
  } catch (error) {
    if (error instanceof GrpcError) return
    throw error
  }
  throw createRefusal('alreadyExists', `content ${digest}: already exists`)
}
