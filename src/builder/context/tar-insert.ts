import { BlockReader } from '../../archive/block-reader.ts'
import { numberAt, stringAt } from '../../archive/tar-fields.ts'
import { BLOCK, padding } from '../../archive/tar-header.ts'
import { type AddedFile, writeArchiveEnd } from './tar.ts'

/**
 * Adds files to an uncompressed tar archive, or replaces them in it. Everything else is copied block by block.
 * @param now the modification time of the new files, in seconds since 1970
 * @throws Error `archive/tar: invalid tar header` when the bytes are not an uncompressed tar archive
 */
export async function* insertIntoTar(
  archive: AsyncIterable<Buffer>,
  added: readonly AddedFile[],
  now: number,
): AsyncGenerator<Buffer> {
  const reader = new BlockReader(archive)
  const pending = new Map(added.map((file) => [file.name, file]))
  for (;;) {
    const header = await reader.read(BLOCK)
    if (header.length === 0 || header.every((byte) => byte === 0)) break
    if (header.length < BLOCK) throw new Error('unexpected EOF')
    const size = numberAt(header, 124, 12)
    const name = stringAt(header, 0, 100).replace(/^\.\//, '')
    const file = isPlainFile(header) ? pending.get(name) : undefined
    if (file === undefined) {
      yield header
      for (let left = size + padding(size); left > 0; ) {
        const piece = await reader.read(Math.min(left, 128 * BLOCK))
        if (piece.length === 0) throw new Error('unexpected EOF')
        left -= piece.length
        yield piece
      }
    } else {
      pending.delete(name)
      const present = await reader.read(size + padding(size))
      const content = file.content(present.subarray(0, size))
      yield withSize(header, content.length)
      yield content
      yield Buffer.alloc(padding(content.length))
    }
  }
  yield* writeArchiveEnd([...pending.values()], now)
}

function isPlainFile(header: Buffer): boolean {
  const prefix = stringAt(header, 345, 155)
  return (header[156] === 0x30 || header[156] === 0) && prefix === ''
}

function withSize(header: Buffer, size: number): Buffer {
  const copy = Buffer.from(header)
  copy.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  copy.fill(' ', 148, 156)
  const sum = copy.reduce((total, byte) => total + byte, 0)
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return copy
}
