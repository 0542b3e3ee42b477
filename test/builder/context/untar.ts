import { Readable } from 'node:stream'
import { extract, pack } from 'tar-stream'

export interface Untarred {
  readonly name: string
  readonly mode: number | undefined
  readonly type: string | null | undefined
  readonly content: string
}

/** Returns the entries of an archive. docker omits the end of archives to which it adds files, so one is added here. */
export async function untar(archive: Buffer): Promise<Untarred[]> {
  const reader = extract()
  Readable.from([archive, Buffer.alloc(2048 - (archive.length % 512))]).pipe(reader)
  const entries: Untarred[] = []
  for await (const entry of reader) {
    const { name, mode, type } = entry.header
    entries.push({ name, mode, type, content: (await joined(entry)).toString() })
  }
  return entries
}

/** Returns an archive of files with this content. */
export function tarOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const packed = pack()
  for (const name in files) packed.entry({ name }, files[name] ?? '')
  packed.finalize()
  return joined(packed)
}

async function joined(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks)
}
