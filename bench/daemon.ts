import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

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

export interface FakeDaemon {
  /** The value of DOCKER_HOST. */
  readonly host: string
  close(): Promise<void>
}

/** Starts a fake daemon as a process of its own. @param directory where its socket is made */
export async function startFakeDaemon(directory: string, contents: Contents): Promise<FakeDaemon> {
  const socket = join(mkdtempSync(join(directory, 'daemon-')), 'docker.sock')
  const script = fileURLToPath(new URL('fake-daemon.ts', import.meta.url))
  const daemon = spawn(process.execPath, [script, socket, JSON.stringify(contents)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => daemon.kill()
  process.on('exit', end)
  const failed = once(daemon, 'exit').then(() => Promise.reject(new Error('the fake daemon did not start')))
  await Promise.race([once(daemon.stdout, 'data'), failed])
  failed.catch(() => {})
  const close = async () => {
    process.off('exit', end)
    daemon.kill()
    await once(daemon, 'exit')
  }
  return { host: `unix://${socket}`, close }
}
