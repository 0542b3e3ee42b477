/**
 * Reads a line, or the rest of the stream if it ends before. Bytes after the line stay in the stream, since they reply to
 * the next question.
 * @param signal ends the reading; the promise then does not settle
 */
export async function readLine(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  await readChunks(stdin, signal, (chunk) => {
    const end = chunk.indexOf('\n')
    chunks.push(end < 0 ? chunk : chunk.subarray(0, end))
    return end < 0 ? undefined : end + 1
  })
  return Buffer.concat(chunks).toString()
}

/**
 * Passes the chunks of a stream to a function until it returns how many bytes of a chunk it has used. The bytes after
 * those stay in the stream.
 * @param signal ends the reading; the promise then does not settle
 * @returns whether the stream ended first
 */
export function readChunks(
  stdin: NodeJS.ReadStream,
  signal: AbortSignal,
  use: (chunk: Buffer) => number | undefined,
): Promise<boolean> {
  if (stdin.readableEnded) return Promise.resolve(true)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const take = (data: Uint8Array | string) => {
    const chunk = Buffer.from(data)
    const used = use(chunk)
    if (used === undefined) return
    release()
    if (used < chunk.length) stdin.unshift(chunk.subarray(used))
    resolve(false)
  }
  const end = () => {
    release()
    resolve(true)
  }
  const release = () => {
    stdin.off('data', take).off('end', end).off('error', end)
    signal.removeEventListener('abort', release)
    stdin.pause()
    // An open pipe would keep the process running. Files have no `unref`.
    stdin.unref?.()
  }
  signal.addEventListener('abort', release)
  stdin.ref?.()
  stdin.on('end', end).on('error', end).on('data', take).resume()
  return promise
}
