import { mkdirSync } from 'node:fs'
import { messageOf } from '../../../domain/errors.ts'
import { osPath } from '../../../domain/go/bytes.ts'
import { pathError } from '../../go-error.ts'
import type { ServerCall } from '../grpc/server.ts'
import { DirectoryWriter } from './directory-writer.ts'
import { isRegularFile } from './mode.ts'
import { decodePacket, encodeEnd, encodeError, encodeRequest, PACKET } from './packet.ts'

/**
 * Receives a tree of files into a directory with fsutil's protocol. The directory is created if missing; existing files
 * stay. The content of each file is requested as soon as its metadata arrives.
 * @throws Error with Go's text when an entry cannot be written, or when the sender names a path outside of the
 *   directory
 */
export async function receiveFiles(call: ServerCall, directory: string): Promise<void> {
  makeDirectory(directory)
  const writer = new DirectoryWriter(directory)
  try {
    await receive(call, writer)
  } catch (error) {
    call.send(encodeError(messageOf(error)))
    throw error
  } finally {
    writer.close()
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(osPath(directory), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw pathError('mkdir', directory, error)
  }
}

async function receive(call: ServerCall, writer: DirectoryWriter): Promise<void> {
  let id = 0
  let isListed = false
  let isFinished = false
  for await (const message of call.messages) {
    const { type, stat, data, id: fileId } = decodePacket(message)
    if (type === PACKET.error) throw new Error(`error from sender: ${Buffer.from(data).toString()}`)
    if (type === PACKET.end && isFinished) return
    if (type === PACKET.end) break
    if (type === PACKET.data) {
      if (data.length > 0) writer.write(fileId, data)
      else writer.finish(fileId)
    } else if (type === PACKET.stat && isListed) throw new Error('walker is closed')
    else if (type === PACKET.stat && stat) {
      const hasContent = writer.add(id, stat) && isRegularFile(stat.mode)
      if (hasContent) call.send(encodeRequest(id))
      id++
    } else if (type === PACKET.stat) isListed = true
    if (isListed && !isFinished && writer.isComplete) {
      isFinished = true
      writer.complete()
      call.send(encodeEnd())
    }
  }
  throw new Error('unexpected EOF')
}
