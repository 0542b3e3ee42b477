import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FlagError, parseArgv } from '../../../src/cli/argv/argv.ts'
import { readNamedFile } from '../../../src/cli/io/read-file.ts'
import type { CreateBody } from '../../../src/domain/container/create-request.ts'
import { formatPlatform, parsePlatform } from '../../../src/domain/image/platform.ts'
import { parsePullPolicy } from '../../../src/domain/image/pull-policy.ts'
import { createBody, createFlags, createWarnings } from '../../../src/flags/container/create.ts'
import type { ClientEnvironment } from '../../../src/flags/container/environment.ts'

/** What the reference client did with a command line; see `record.ts`. */
interface Response {
  argv: string[]
  code: number
  stderr: string
  url?: string
  body?: CreateBody
}

const responses: Response[] = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/create.json'), 'utf8'))

const clientEnvironment: ClientEnvironment = {
  cwd: '/w/project',
  environment: { TUG_FROM_ENV: 'set' },
  proxies: {},
  consoleSize: [0, 0],
  apiVersion: '1.50',
  readFile: (path) => readFixture(path),
}

function readFixture(path: string): Uint8Array {
  const directory = join(import.meta.dirname, 'fixtures/')
  try {
    return readNamedFile(path === '' ? '' : join(directory, path))
  } catch (error) {
    throw new Error(error instanceof Error ? error.message.replace(/^(open|read) [^:]*:/, `$1 ${path}:`) : '')
  }
}

function translate(argv: readonly string[]) {
  const { flags, typedFlags, positionals } = parseArgv(argv, createFlags, false)
  const [image = '', ...command] = positionals
  parsePullPolicy(flags.pull)
  const body = createBody({ flags, typedFlags, image, command }, clientEnvironment)
  const query = new URLSearchParams()
  if (flags.name !== '') query.set('name', flags.name)
  if (flags.platform !== '') {
    query.set('platform', formatPlatform(parsePlatform(flags.platform, { os: 'linux', architecture: 'amd64' })))
  }
  const notes = [
    ...flags.mount
      .flatMap(({ warnings }) => warnings)
      .map((text) => `time="2001-02-03T04:05:06Z" level=warning msg="${text}"`),
    ...createWarnings(body),
  ]
  return { body, query, notes }
}

/** The order of variables and binds is not docker's to keep: it walks over maps. */
function unordered(body: CreateBody): CreateBody {
  const sorted = (list: readonly string[] | null) => (list ? [...list].sort() : list)
  return { ...body, Env: sorted(body.Env), HostConfig: { ...body.HostConfig, Binds: sorted(body.HostConfig.Binds) } }
}

/** The first lines of stderr, up to how the command is used. */
function reason(stderr: string): string {
  return stderr.split('\n\n')[0]?.replace(/\n$/, '') ?? ''
}

const isWindowsOnly = (response: Response) =>
  /only supported on a Docker daemon running on windows/.test(response.stderr)
const isAboutImage = (response: Response) =>
  /^(invalid reference|docker: 'docker create' requires)/.test(response.stderr)
/** `--use-api-socket` changes the body where the stored credentials are at hand: see the parity group `api-socket`. */
const isLeftOut = (response: Response) => response.argv.includes('--use-api-socket')
const ours = responses.filter((response) => !isWindowsOnly(response) && !isAboutImage(response) && !isLeftOut(response))
const accepted = ours.filter((response) => response.body !== undefined)
const refused = ours.filter((response) => response.body === undefined)

describe('create sends what docker sends', () => {
  test.each(accepted.map((response) => [response.argv.join(' '), response] as const))('%s', (_, response) => {
    const { body, query, notes } = translate(response.argv)
    // As it goes over the wire: what JSON leaves out is left out.
    expect(unordered(JSON.parse(JSON.stringify(body)))).toEqual(unordered(response.body ?? body))
    expect(query.toString()).toBe(new URL(`http://docker${response.url}`).search.replace(/^\?/, ''))
    expect(notes.map((note) => `${note}\n`).join('')).toBe(response.stderr)
  })
})

describe('create refuses what docker refuses, in its words', () => {
  test.each(refused.map((response) => [response.argv.join(' '), response] as const))('%s', (_, response) => {
    let error: unknown
    try {
      translate(response.argv)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(Error)
    const message = error instanceof Error ? error.message : ''
    const expected = reason(response.stderr).replace(/^(docker|error parsing specified platform): /, '')
    expect(message).toBe(expected)
    expect(error instanceof FlagError).toBe(response.stderr.includes('Usage:'))
  })
})
