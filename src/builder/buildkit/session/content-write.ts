import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { ContentDirectory } from '../common/solve-request.ts'
import { findBlob } from '../content/blob.ts'
import { BlobWriter } from '../content/blob-writer.ts'
import { refusal } from '../content/refusal.ts'
import {
  type WriteContentRequest,
  WriteContentRequestSchema,
  WriteContentResponseSchema,
} from '../gen/containerd/content_pb.ts'
import type { ServerCall } from '../grpc/server.ts'
import { GrpcError } from '../grpc/status.ts'

const STAT = 0
const COMMIT = 2

/** What a blob is to be; the last word counts. */
interface Expected {
  /** Bytes; 0 where it is not told. */
  readonly total: number
  /** Empty where it is not told. */
  readonly digest: string
}

/** Takes one blob, in as many pieces as it comes. */
export async function receiveBlob(call: ServerCall, { path: directory, isWritable }: ContentDirectory): Promise<void> {
  if (!isWritable) throw refusal('permissionDenied', 'nothing is written here: a cache is only imported from it')
  const started = new Date()
  let writer: BlobWriter | undefined
  let expected: Expected = { total: 0, digest: '' }
  try {
    for await (const bytes of call.messages) {
      const request = fromBinary(WriteContentRequestSchema, bytes)
      if (!writer && request.ref === '') throw refusal('invalidArgument', 'first message must have a reference')
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
  // Without an offset a message goes on, unless something is there already: then it begins anew.
  if (offset > 0n && Number(offset) !== writer.length) {
    throw refusal('outOfRange', `write @${offset} must occur at current offset ${writer.length}`)
  }
  if (offset === 0n && writer.length > 0) writer.clear()
  if (data.length > 0) writer.write(data)
}

function commit(writer: BlobWriter, { total, digest }: Expected): void {
  const { length, digest: actual } = writer
  if (total > 0 && length !== total) {
    throw refusal('failedPrecondition', `unexpected commit size ${length}, expected ${total}: failed precondition`)
  }
  if (digest !== '' && digest !== actual) {
    throw refusal('failedPrecondition', `unexpected commit digest ${actual}, expected ${digest}: failed precondition`)
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
  throw refusal('alreadyExists', `content ${digest}: already exists`)
}
