import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CertificateMaker } from '../certificates.ts'
import { createBridge } from './bridge.ts'
import { cached } from './cache.ts'
import { command } from './command.ts'
import { request, until } from './http.ts'
import { makeBusybox, makePython } from './images.ts'
import type { Keeping } from './keeping.ts'
import { type Launched, launchProgram } from './launch.ts'
import { needTools } from './packages.ts'
import { uploadImage } from './registry-upload.ts'

export interface RegistryOptions {
  /** The account that may log in. Without one the registry needs no authentication. */
  readonly account?: { readonly user: string; readonly password: string }
  /** The token issuer that grants access, instead of an account. */
  readonly tokens?: TokenSource
  /** Serves TLS on an address other than loopback, because engines check certificates there. */
  readonly tls?: 'valid' | 'expired'
}

/** A token issuer in the form of the registry's configuration. */
export interface TokenSource {
  readonly realm: string
  readonly service: string
  readonly issuer: string
  /** The path of the certificate that verifies its signatures. */
  readonly rootcertbundle: string
}

export interface RegistryAddress {
  /** `127.0.0.1:port`, where engines accept plain HTTP. With TLS it is another address. */
  readonly host: string
  /** The path of the authority's certificate, with TLS. */
  readonly authority?: string
}

export interface MirrorAddress {
  /** What `dockerd --registry-mirror` takes. */
  readonly url: string
}

/** Runs an empty registry, with basic authentication when an account is given. */
export async function runRegistry(options: RegistryOptions, keeping: Keeping): Promise<RegistryAddress> {
  const { account, tokens, tls } = options
  const { directory } = keeping.workspace
  await needTools(account ? ['docker-registry', 'htpasswd'] : ['docker-registry'], keeping.note)
  const auth = account ? { htpasswd: await htpasswd(account, directory) } : tokens ? { token: tokens } : undefined
  const storage = { filesystem: { rootdirectory: join(directory, 'storage') }, delete: { enabled: true } }
  const place = tls === undefined ? LOOPBACK : await securePlace(tls, keeping)
  const { port, daemon } = await serve(directory, { ...(auth ? { auth } : {}), storage }, place)
  keeping.onStop(() => daemon.kill())
  return { host: `${place.address}:${port}`, ...(place.authority ? { authority: place.authority } : {}) }
}

/** The address and the certificate of a registry. */
interface Place {
  readonly address: string
  readonly tls?: { readonly certificate: string; readonly key: string }
  readonly authority?: string
}

const LOOPBACK: Place = { address: '127.0.0.1' }

/** Creates a bridge and returns its address, with a certificate for it. */
async function securePlace(tls: 'valid' | 'expired', { workspace, note }: Keeping): Promise<Place> {
  await needTools(['ip', 'openssl'], note)
  const { address } = await createBridge(workspace.name)
  const maker = new CertificateMaker(workspace.directory)
  const authority = await maker.authority('ca')
  const own = await maker.certificate('registry', authority, tls === 'expired' ? '-1' : undefined, `IP:${address}`)
  const files = { certificate: join(own, 'cert.pem'), key: join(own, 'key.pem') }
  return { address, tls: files, authority: join(authority, 'ca.pem') }
}

/** Runs a read-only registry with the base images, for engines to mirror Docker Hub's `library/` with. */
export async function runMirror(_options: object, keeping: Keeping): Promise<MirrorAddress> {
  await needTools(['docker-registry'], keeping.note)
  const storage = await cached('mirror-3', (directory) => fillMirror(directory, keeping))
  const { port, daemon } = await serve(keeping.workspace.directory, {
    storage: { filesystem: { rootdirectory: storage }, maintenance: { readonly: { enabled: true } } },
  })
  keeping.onStop(() => daemon.kill())
  return { url: `http://127.0.0.1:${port}` }
}

async function fillMirror(rootdirectory: string, { workspace, note }: Keeping): Promise<void> {
  const scratch = join(workspace.directory, 'images')
  await mkdir(join(scratch, 'busybox'), { recursive: true })
  await mkdir(join(scratch, 'python'))
  note('making the base images busybox and python (once, about a minute)')
  const busybox = await makeBusybox(join(scratch, 'busybox'), note)
  const python = await makePython(join(scratch, 'python'))
  const { port, daemon } = await serve(scratch, { storage: { filesystem: { rootdirectory } } })
  try {
    await uploadImage(busybox, ['library/busybox:latest'], { port, scratch })
    await uploadImage(python, ['library/python:3.8-slim', 'library/python:2.7-slim'], { port, scratch })
  } finally {
    await daemon.kill()
  }
}

/** Starts `docker-registry` on a free port and waits until it responds. */
async function serve(
  directory: string,
  settings: object,
  { address, tls }: Place = LOOPBACK,
): Promise<{ port: number; daemon: Launched }> {
  const log = join(directory, 'registry.log')
  const config = join(directory, 'registry.yml')
  // JSON is valid YAML. With port 0 the registry chooses a free port and logs it, so two registries never collide.
  const secret = randomBytes(16).toString('hex')
  const http = { addr: `${address}:0`, secret, ...(tls ? { tls } : {}) }
  await writeFile(config, JSON.stringify({ version: 0.1, http, log: { level: 'info' }, ...settings }))
  const daemon = launchProgram(['docker-registry', 'serve', config], log)
  const port = await until({
    attempt: async () => {
      const found = /listening on [\d.]+:(\d+)/.exec(await readFile(log, 'utf8'))?.[1]
      if (found === undefined) return undefined
      if (tls) return Number(found)
      const { status } = await request({ port: Number(found), path: '/v2/' })
      return status === 200 || status === 401 ? Number(found) : undefined
    },
    failure: () => `docker-registry did not get ready:\n${daemon.logTail()}`,
    isOver: daemon.hasEnded,
    timeout: 30_000,
  })
  return { port, daemon }
}

async function htpasswd(account: { user: string; password: string }, directory: string) {
  const path = join(directory, 'htpasswd')
  await command('htpasswd', ['-Bbc', path, account.user, account.password])
  return { realm: 'tug', path }
}
