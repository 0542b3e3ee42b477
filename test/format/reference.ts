import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { referenceProgram, referenceVersion } from '../parity/programs.ts'
import type { Response } from './golden.ts'

/** The reference client with a fake daemon. */
export interface Reference {
  /** The bodies of the daemon's responses, by path without version and query. */
  readonly bodies: Map<string, string>
  readonly docker: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Response>
  close(): void
}

/**
 * Starts the fake daemon.
 * @throws Error when the reference client is missing or not docker 28
 */
export async function startReference(): Promise<Reference> {
  referenceVersion()
  const [program = ''] = referenceProgram()
  const directory = mkdtempSync(join(tmpdir(), 'tug-format-'))
  const socket = join(directory, 'docker.sock')
  const bodies = new Map<string, string>()
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '')
    response.setHeader('Api-Version', '1.50')
    const body = path === '/_ping' ? 'OK' : bodies.get(path)
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
    response.end(body ?? '{"message":"none"}')
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const base = { PATH: process.env.PATH, HOME: directory, DOCKER_HOST: `unix://${socket}`, LANG: 'C.UTF-8', TZ: 'UTC' }
  const docker: Reference['docker'] = (args, env = {}) =>
    new Promise((resolve) => {
      const options = { env: { ...base, ...env }, maxBuffer: 2 ** 28, timeout: 20_000 }
      const child = execFile(program, args, options, (_error, stdout, stderr) => {
        resolve({ stdout, stderr, exitCode: child.exitCode ?? 0 })
      })
    })
  const close = () => {
    server.close()
    server.closeAllConnections()
    rmSync(directory, { recursive: true })
  }
  return { bodies, docker, close }
}
