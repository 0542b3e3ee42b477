import { closeSync, constants, openSync, readSync } from 'node:fs'
import { codeOf, messageOf, pathErrorText } from '../../../domain/errors.ts'
import { toBytes } from '../../../domain/go/bytes.ts'
import { nextTurn } from '../../../domain/next-turn.ts'
import type { ServerCall } from '../grpc/server.ts'
import { isRegularFile } from './mode.ts'
import {
  decodePacket,
  encodeDataPrefix,
  encodeEnd,
  encodeError,
  encodeStat,
  type FileStat,
  LAST_STAT,
  PACKET,
} from './packet.ts'
import { ReadBuffer } from './read-buffer.ts'
import { RequestQueue } from './request-queue.ts'

/** The number of files after which the event loop gets a turn, so that requests of the peer are read. */
const FILES_PER_TURN = 200

/**
 * Sends a directory with fsutil's protocol: the metadata of every file, and the content of those that the receiver
 * requests. A file that was deleted meanwhile arrives empty, as in docker. One that cannot be read fails the build: in
 * docker it arrives empty too, and an unreadable .dockerignore excludes nothing.
 * @param root an absolute path without links
 * @throws Error when the receiver reports an error, or when a directory or a file cannot be read
 */
export async function sendFiles(call: ServerCall, root: string, files: Iterable<FileStat>): Promise<void> {
  const queue = new RequestQueue()
  const sent = new Map<number, Buffer>()
  const buffer = new ReadBuffer()
  const stats = sendStats(call, files, sent)
  const contents = sendContents(call, root, queue, buffer)
  const requests = readRequests(call, sent, queue)
  // The first failure ends the call. The others then fail too, and their errors are ignored.
  await Promise.all([stats, contents, requests])
}

async function sendStats(call: ServerCall, files: Iterable<FileStat>, sent: Map<number, Buffer>): Promise<void> {
  let id = 0
  try {
    for (const file of files) {
      if (isRegularFile(file.mode)) sent.set(id, file.path)
      id++
      call.send(encodeStat(file))
      await call.room()
      if (id % FILES_PER_TURN === 0) await nextTurn()
      if (call.signal.aborted) return
    }
  } catch (error) {
    call.send(encodeError(messageOf(error)))
    throw error
  }
  call.send(LAST_STAT)
}

async function readRequests(call: ServerCall, sent: Map<number, Buffer>, queue: RequestQueue): Promise<void> {
  try {
    for await (const message of call.messages) {
      const packet = decodePacket(message)
      if (packet.type === PACKET.error) throw new Error(`error from receiver: ${Buffer.from(packet.data).toString()}`)
      if (packet.type === PACKET.end) {
        call.send(encodeEnd())
        return
      }
      if (packet.type !== PACKET.request) continue
      const path = sent.get(packet.id)
      if (!path) throw new Error(`invalid file id ${packet.id}`)
      sent.delete(packet.id)
      queue.add({ id: packet.id, path })
    }
    throw new Error('EOF')
  } finally {
    queue.end()
  }
}

async function sendContents(call: ServerCall, root: string, queue: RequestQueue, buffer: ReadBuffer): Promise<void> {
  try {
    for await (const { id, path } of queue) {
      if (call.signal.aborted) return
      const file = openFile(root, path)
      if (file !== undefined) await sendFile(call, { id, path }, { root, file, buffer })
      call.send(encodeDataPrefix(id, 0))
      await call.room()
    }
  } catch (error) {
    call.send(encodeError(messageOf(error)))
    throw error
  }
}

async function sendFile(
  call: ServerCall,
  { id, path }: { readonly id: number; readonly path: Buffer },
  { root, file, buffer }: { readonly root: string; readonly file: number; readonly buffer: ReadBuffer },
): Promise<void> {
  try {
    await sendContent(call, id, file, buffer)
  } catch (error) {
    throw codeOf(error) === undefined ? error : new Error(pathErrorText('read', `${root}/${path}`, error))
  } finally {
    closeSync(file)
  }
}

async function sendContent(call: ServerCall, id: number, file: number, buffer: ReadBuffer): Promise<void> {
  while (!call.signal.aborted) {
    const bytes = buffer.read((target) => readSync(file, target))
    if (bytes.length === 0) return
    call.send(encodeDataPrefix(id, bytes.length), bytes)
    await call.room()
  }
}

/**
 * Opens a file that was regular. The flags prevent that a pipe or link that has replaced it blocks or is followed.
 * @returns undefined for a file that does not exist any more
 * @throws Error with Go's text
 */
function openFile(root: string, path: Buffer): number | undefined {
  try {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
    return openSync(Buffer.concat([Buffer.from(toBytes(`${root}/`)), path]), flags)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(pathErrorText('open', `${root}/${path}`, error))
  }
}
