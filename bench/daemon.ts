import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CertificateMaker } from '../test/support/certificates.ts'

/** What the fake daemon has. */
export interface Contents {
  /** The number of containers; 3 of them run. */
  readonly containers?: number
  readonly images?: number
  readonly volumes?: number
  /** The number of events that it sends before it ends the response. */
  readonly events?: number
  /** The number of lines in each container's log; they have 100 bytes. */
  readonly logLines?: number
  /** Whether the containers have terminals, so that their logs are not multiplexed. */
  readonly isTty?: boolean
}

/** How a client finds a fake daemon other than by the path of its socket. */
export type Access = 'context' | 'tcp' | 'tls'

export interface FakeDaemon {
  /** The value of DOCKER_HOST; empty if a context names the daemon. */
  readonly host: string
  /** Further variables that a client needs to find the daemon. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Starts a fake daemon as a process of its own. @param parent where it gets a directory for its files */
export async function startFakeDaemon(parent: string, contents: Contents, access?: Access): Promise<FakeDaemon> {
  const directory = mkdtempSync(join(parent, 'daemon-'))
  const isFar = access === 'tcp' || access === 'tls'
  const certificates = access === 'tls' ? await createCertificates(directory) : ''
  const script = fileURLToPath(new URL('fake-daemon.ts', import.meta.url))
  const address = isFar ? '127.0.0.1' : join(directory, 'docker.sock')
  const daemon = spawn(process.execPath, [script, address, JSON.stringify(contents), certificates], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => daemon.kill()
  process.on('exit', end)
  const failed = once(daemon, 'exit').then(() => Promise.reject(new Error('the fake daemon did not start')))
  const [line] = await Promise.race([once(daemon.stdout, 'data'), failed])
  failed.catch(() => {})
  const host = String(line).trim()
  const close = async () => {
    process.off('exit', end)
    daemon.kill()
    await once(daemon, 'exit')
  }
  if (access === 'context') return { host: '', env: createContext(directory, host), close }
  return { host, env: certificates === '' ? {} : { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates }, close }
}

/** Creates certificates and keys for the daemon and for clients. @returns their directory */
async function createCertificates(directory: string): Promise<string> {
  const maker = new CertificateMaker(directory)
  return maker.certificate('daemon', await maker.authority('authority'))
}

/** Creates a configuration whose context names a daemon. @returns the variables that select it */
function createContext(directory: string, host: string): Record<string, string> {
  const meta = join(directory, 'contexts/meta', createHash('sha256').update('bench').digest('hex'))
  mkdirSync(meta, { recursive: true })
  const endpoint = { Host: host, SkipTLSVerify: false }
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: 'bench', Endpoints: { docker: endpoint } }))
  writeFileSync(join(directory, 'config.json'), JSON.stringify({ auths: {}, currentContext: 'bench' }))
  return { DOCKER_CONFIG: directory }
}
