import { fromBinary } from '@bufbuild/protobuf'
import type { Output } from '../common/solve-request.ts'
import { receiveFiles } from '../fsutil/receiver.ts'
import { BytesMessageSchema } from '../gen/moby/filesync_pb.ts'
import type { Methods, ServerCall } from '../grpc/server.ts'
import { openSink } from './sink.ts'

/**
 * Receives the results of a build that are exported to this machine.
 * @param onFailure called with the error when one cannot be written; the daemon's error for it has additional text
 */
export function serveFileSend(outputs: ReadonlyMap<number, Output>, onFailure: (error: unknown) => void): Methods {
  return {
    '/moby.filesync.v1.FileSend/DiffCopy': async (call) => {
      // Engines that support only one exporter do not number it.
      const id = Number(call.metadata('buildkit-attachable-exporter-id')[0] ?? 0)
      const output = outputs.get(id)
      if (!output) throw new Error(`exporter ${id} not found`)
      try {
        if (output.kind === 'directory') await receiveFiles(call, output.path)
        else await receiveStream(call, output)
      } catch (error) {
        if (!call.signal.aborted) onFailure(error)
        throw error
      }
    },
  }
}

async function receiveStream(call: ServerCall, output: Exclude<Output, { kind: 'directory' }>): Promise<void> {
  const sink = openSink(output)
  try {
    for await (const message of call.messages) await sink.write(fromBinary(BytesMessageSchema, message).data)
    await sink.finish()
  } catch (error) {
    sink.abandon()
    throw error
  }
}
