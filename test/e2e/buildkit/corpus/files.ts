import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { extract, type Header } from 'tar-stream'

/** A description of each file by path: type, mode, owner, time, and content or target. */
export type Listing = Readonly<Record<string, string>>

/** Later times depend on the test run and are not compared. */
const RECENT = new Date('2020-01-01T00:00:00Z')

/** Returns the files of an image, read from a container. */
export async function imageFiles(socketPath: string, image: string): Promise<Listing> {
  const id: string = JSON.parse(
    await text(await send(socketPath, 'POST', '/containers/create', { Image: image, Cmd: ['x'] })),
  ).Id
  try {
    return await archiveFiles(await send(socketPath, 'GET', `/containers/${id}/export`))
  } finally {
    await text(await send(socketPath, 'DELETE', `/containers/${id}?force=1`))
  }
}

/** Returns the files of a directory or tar archive; undefined when it does not exist. */
export async function resultFiles(path: string): Promise<Listing | undefined> {
  const stats = await lstat(path).catch(() => undefined)
  if (stats === undefined) return undefined
  if (!stats.isDirectory()) return archiveFiles(createReadStream(path))
  const found: Record<string, string> = {}
  for (const name of (await readdir(path, { recursive: true })).sort())
    found[name] = await directoryEntry(join(path, name))
  return found
}

/** Returns the entries of a listing that are not in another one. */
export function beyond(base: Listing, listing: Listing): Listing {
  return Object.fromEntries(Object.entries(listing).filter(([path, entry]) => base[path] !== entry))
}

async function directoryEntry(path: string): Promise<string> {
  const { mode, uid, gid, mtime, ...stats } = await lstat(path)
  if (stats.isSymbolicLink()) return described('symlink', { mode, uid, gid, mtime }, `-> ${await readlink(path)}`)
  if (stats.isFile()) return described('file', { mode, uid, gid, mtime }, contentOf(await readFile(path)))
  return described(stats.isDirectory() ? 'directory' : 'other', { mode, uid, gid, mtime }, '')
}

async function archiveFiles(stream: Readable): Promise<Listing> {
  const found: Record<string, string> = {}
  const entries = extract()
  stream.on('error', (error) => entries.destroy(error))
  for await (const entry of stream.pipe(entries)) {
    const content = Buffer.concat(await Readable.from(entry).toArray())
    const { name, type, linkname, mode = 0, uid = 0, gid = 0, mtime = new Date(0) }: Header = entry.header
    const detail = linkname ? `-> ${linkname}` : type === 'file' ? contentOf(content) : ''
    found[name.replace(/\/$/, '')] = described(type ?? 'file', { mode, uid, gid, mtime }, detail)
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}

interface Attributes {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtime: Date
}

function described(kind: string, { mode, uid, gid, mtime }: Attributes, detail: string): string {
  const age = mtime < RECENT ? mtime.toISOString() : 'new'
  return [kind, (mode & 0o7777).toString(8), `${uid}:${gid}`, age, detail].filter((word) => word !== '').join(' ')
}

function contentOf(bytes: Buffer): string {
  const isText = bytes.length < 80 && /^[\x20-\x7e\n]*$/.test(bytes.toString('latin1'))
  return isText
    ? JSON.stringify(bytes.toString())
    : `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`
}

function send(socketPath: string, method: string, path: string, body?: object): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const outgoing = request({ socketPath, method, path, headers, agent: false }, (response) => {
      if ((response.statusCode ?? 0) < 300) resolve(response)
      else text(response).then((message) => reject(new Error(`${method} ${path}: ${message}`)), reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

async function text(stream: Readable): Promise<string> {
  return Buffer.concat(await stream.toArray()).toString()
}
