import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cached } from './cache.ts'
import { command } from './command.ts'
import { request, until } from './http.ts'
import { makeBusybox, makePython } from './images.ts'
import type { Keeping } from './keeping.ts'
import { type Launched, launch } from './launch.ts'
import { needTools } from './packages.ts'
import { uploadImage } from './registry-upload.ts'

export interface RegistryOptions {
  /** Who may log in. Absent: the registry takes everything from everyone. */
  readonly account?: { readonly user: string; readonly password: string }
}

export interface RegistryAddress {
  /** `127.0.0.1:port`: plain HTTP, which engines accept from this address. */
  readonly host: string
}

export interface MirrorAddress {
  /** What `dockerd --registry-mirror` takes. */
  readonly url: string
}

/** Runs an empty registry, with basic authentication when an account is given. */
export async function runRegistry(options: RegistryOptions, keeping: Keeping): Promise<RegistryAddress> {
  await needTools(options.account ? ['docker-registry', 'htpasswd'] : ['docker-registry'], keeping.note)
  const { folder } = keeping.workspace
  const auth = options.account ? { auth: { htpasswd: await htpasswd(options.account, folder) } } : {}
  const storage = join(folder, 'storage')
  const { port, daemon } = await serve(folder, { ...auth, storage: { filesystem: { rootdirectory: storage } } })
  keeping.onStop(() => daemon.kill())
  return { host: `127.0.0.1:${port}` }
}

/** Runs a read-only registry with the base images, for engines to mirror Docker Hub's `library/` with. */
export async function runMirror(_options: object, keeping: Keeping): Promise<MirrorAddress> {
  await needTools(['docker-registry'], keeping.note)
  const storage = await cached('mirror-1', (folder) => fillMirror(folder, keeping))
  const { port, daemon } = await serve(keeping.workspace.folder, {
    storage: { filesystem: { rootdirectory: storage }, maintenance: { readonly: { enabled: true } } },
  })
  keeping.onStop(() => daemon.kill())
  return { url: `http://127.0.0.1:${port}` }
}

async function fillMirror(rootdirectory: string, { workspace, note }: Keeping): Promise<void> {
  const scratch = join(workspace.folder, 'images')
  await mkdir(join(scratch, 'busybox'), { recursive: true })
  await mkdir(join(scratch, 'python'))
  note('making the base images busybox and python (once, about a minute)')
  const busybox = await makeBusybox(join(scratch, 'busybox'), note)
  const python = await makePython(join(scratch, 'python'), note)
  const { port, daemon } = await serve(scratch, { storage: { filesystem: { rootdirectory } } })
  try {
    await uploadImage(busybox, ['library/busybox:latest'], { port, scratch })
    await uploadImage(python, ['library/python:3.8-slim', 'library/python:2.7-slim'], { port, scratch })
  } finally {
    await daemon.kill()
  }
}

/** Starts `docker-registry` on a port of its own choice and waits until it answers. */
async function serve(folder: string, settings: object): Promise<{ port: number; daemon: Launched }> {
  const log = join(folder, 'registry.log')
  const config = join(folder, 'registry.yml')
  // JSON is YAML. The port is 0: the registry logs which one it was given, so two never fight for one.
  const http = { addr: '127.0.0.1:0', secret: randomBytes(16).toString('hex') }
  await writeFile(config, JSON.stringify({ version: 0.1, http, log: { level: 'info' }, ...settings }))
  const daemon = launch('exec docker-registry serve "$1"', [config], log)
  const port = await until({
    attempt: async () => {
      const found = /listening on 127\.0\.0\.1:(\d+)/.exec(await readFile(log, 'utf8'))?.[1]
      if (found === undefined) return undefined
      const { status } = await request({ port: Number(found), path: '/v2/' })
      return status === 200 || status === 401 ? Number(found) : undefined
    },
    failure: () => `docker-registry did not get ready:\n${daemon.logTail()}`,
    isOver: daemon.hasEnded,
    timeout: 30_000,
  })
  return { port, daemon }
}

async function htpasswd(account: { user: string; password: string }, folder: string) {
  const path = join(folder, 'htpasswd')
  await command('htpasswd', ['-Bbc', path, account.user, account.password])
  return { realm: 'tug', path }
}
