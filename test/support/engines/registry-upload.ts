import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { arch } from 'node:os'
import { join } from 'node:path'
import { command } from './command.ts'
import { request } from './http.ts'
import { type ImageSource, ROOT_OWNER } from './images.ts'

interface Descriptor {
  readonly mediaType: string
  readonly size: number
  readonly digest: string
}

/** Uploads an image of one layer to the registry at 127.0.0.1:`port`, under each of `references` (`name:tag`). */
export async function uploadImage(
  source: ImageSource,
  references: readonly string[],
  options: { port: number; scratch: string },
): Promise<void> {
  const layer = await packLayer(source.directory, options.scratch)
  const config = JSON.stringify({
    architecture: arch() === 'x64' ? 'amd64' : arch(),
    os: 'linux',
    created: new Date().toISOString(),
    config: { Cmd: source.cmd, Env: source.env },
    rootfs: { type: 'layers', diff_ids: [layer.diffId] },
    history: [{ created: new Date().toISOString(), created_by: 'made for tests' }],
  })
  const configDescriptor: Descriptor = {
    mediaType: 'application/vnd.docker.container.image.v1+json',
    size: Buffer.byteLength(config),
    digest: digestOf(config),
  }
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: configDescriptor,
    layers: [layer.descriptor],
  })
  for (const reference of references) {
    const [name = '', tag = 'latest'] = reference.split(':')
    await uploadBlob(options.port, name, layer.descriptor, () => createReadStream(layer.path))
    await uploadBlob(options.port, name, configDescriptor, () => config)
    const response = await request(
      {
        port: options.port,
        method: 'PUT',
        path: `/v2/${name}/manifests/${tag}`,
        headers: { 'Content-Type': 'application/vnd.docker.distribution.manifest.v2+json' },
      },
      manifest,
    )
    if (response.status !== 201) throw new Error(`cannot upload ${reference}: ${response.status} ${response.body}`)
  }
}

async function packLayer(directory: string, scratch: string) {
  const path = join(scratch, 'layer.tar')
  await command('tar', [...ROOT_OWNER, '--sort=name', '--one-file-system', '-C', directory, '-cf', path, '.'])
  const diffId = await digestOfFile(path)
  await command('gzip', ['-n', '-3', '-f', path])
  const packed = `${path}.gz`
  const descriptor: Descriptor = {
    mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    size: (await stat(packed)).size,
    digest: await digestOfFile(packed),
  }
  return { path: packed, diffId, descriptor }
}

async function uploadBlob(
  port: number,
  name: string,
  { digest, size }: Descriptor,
  open: () => string | ReturnType<typeof createReadStream>,
): Promise<void> {
  const started = await request({ port, method: 'POST', path: `/v2/${name}/blobs/uploads/` })
  const location = new URL(started.headers.location ?? '', `http://127.0.0.1:${port}`)
  location.searchParams.set('digest', digest)
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': size }
  const response = await request(
    { port, method: 'PUT', path: `${location.pathname}${location.search}`, headers },
    open(),
  )
  if (response.status !== 201) throw new Error(`cannot upload a blob of ${name}: ${response.status} ${response.body}`)
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}
