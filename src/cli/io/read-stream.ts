/** Reads a stream to its end, or the first `limit` bytes, because it may have no end. */
export async function readStreamUpTo(stream: NodeJS.ReadStream, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    size += bytes.length
    if (size >= limit) break
  }
  return Buffer.concat(chunks).subarray(0, limit)
}
