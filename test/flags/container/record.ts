import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cases } from './cases.ts'

/**
 * Asks the reference client (`docker` 28 on PATH) what it makes of every case and writes the responses to
 * `golden/create.json`. Run it by hand after adding a case: `node test/flags/container/record.ts`.
 */
const here = import.meta.dirname
const directory = mkdtempSync(join(tmpdir(), 'tug-record-'))
const project = join(directory, 'project')
cpSync(join(here, 'fixtures'), project, { recursive: true })

let request: { url: string; body: string } | undefined
const daemon = createServer((incoming, reply) => {
  let body = ''
  incoming.on('data', (chunk) => {
    body += chunk
  })
  incoming.on('end', () => {
    reply.setHeader('Api-Version', '1.50').setHeader('Ostype', 'linux')
    if (incoming.url === '/_ping') return reply.end(incoming.method === 'HEAD' ? '' : 'OK')
    request = { url: incoming.url ?? '', body }
    reply.setHeader('Content-Type', 'application/json')
    reply.statusCode = 201
    return reply.end('{"Id":"c0ffee","Warnings":[]}')
  })
})
const socket = join(directory, 'docker.sock')
await new Promise<void>((resolve) => daemon.listen(socket, resolve))

const responses: unknown[] = []
for (const argv of cases) {
  request = undefined
  const { code, stdout, stderr } = await ask(argv)
  const body = request === undefined ? undefined : JSON.parse(neutral((request as { body: string }).body))
  const url = request === undefined ? undefined : (request as { url: string }).url
  responses.push({ argv, code, stdout: neutral(stdout), stderr: neutral(stderr), url, body })
}
const lines = responses.map((response) => JSON.stringify(response))
writeFileSync(join(here, 'golden/create.json'), `[\n${lines.join(',\n')}\n]\n`)
daemon.close()
rmSync(directory, { recursive: true })

/** Paths of this run become `/w/project`, times one time. */
function neutral(text: string): string {
  return text
    .replaceAll(project, '/w/project')
    .replaceAll(directory, '/w')
    .replaceAll(/time="[^"]*"/g, 'time="2001-02-03T04:05:06Z"')
}

function ask(argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: join(directory, 'home'), TUG_FROM_ENV: 'set' }
  return new Promise((resolve) => {
    const args = ['-H', `unix://${socket}`, 'create', ...argv]
    const child = execFile('docker', args, { cwd: project, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}
