import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CreateRequest, clientEnvironment, createContainer } from '../../../src/actions/container/create.ts'
import { parseArgv } from '../../../src/cli/argv/argv.ts'
import type { Cli } from '../../../src/cli/cli.ts'
import { loadConfigFile } from '../../../src/config/config-file.ts'
import { Credentials } from '../../../src/config/credentials.ts'
import { Engine } from '../../../src/engine/engine.ts'
import { createBody, createFlags } from '../../../src/flags/container/create.ts'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { failure, type Replies } from '../../support/fake-replies.ts'
import { type RecordingOutput, recordingOutput } from '../../support/output.ts'

const ID = 'c0ffee'.repeat(10)
const created = { status: 201, json: { Id: ID, Warnings: [] } }
const missing = failure(404, 'No such image: busybox:latest')
const pulled = { lines: [{ status: 'Pulling from library/busybox', id: 'latest' }, { status: 'Status: Downloaded' }] }

interface TestSetup {
  readonly daemon: FakeDaemon
  readonly cli: Cli & { readonly err: RecordingOutput }
}

let directory = ''
const open: TestSetup[] = []
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-create-'))
})
afterEach(async () => {
  for (const { daemon, cli } of open.splice(0)) {
    await cli.engine.close()
    await daemon.close()
  }
  rmSync(directory, { recursive: true })
})

async function setUp(
  replies: Replies,
  options: { apiVersion?: string; env?: Record<string, string>; config?: object } = {},
) {
  const daemon = new FakeDaemon({ replies, ...(options.apiVersion ? { apiVersion: options.apiVersion } : {}) })
  const path = join(directory, 'docker.sock')
  const host = await daemon.listen(path)
  const config = { ...loadConfigFile(directory), data: { ...options.config } }
  const refuse = (): never => {
    throw new Error('unexpected use')
  }
  const cli = {
    engine: new Engine({ endpoint: { host, address: { kind: 'unix', path } } }),
    config,
    credentials: new Credentials(config),
    in: {
      isTerminal: false,
      get stream() {
        return refuse()
      },
    },
    out: recordingOutput(),
    err: recordingOutput(),
    get prompter() {
      return refuse()
    },
    env: options.env ?? {},
    contextName: 'default',
    defaultHost: '',
    isDebugging: false,
    colorLevel: 0,
    platform: { os: 'linux', architecture: 'amd64' },
    now: () => new Date(0),
    readFile: () => refuse(),
    listPlugins: () => refuse(),
  } satisfies Cli
  open.push({ daemon, cli })
  return { daemon, cli }
}

async function request(cli: Cli, argv: readonly string[]): Promise<CreateRequest> {
  const { flags, typedFlags } = parseArgv(argv, createFlags, false)
  const line = { flags, typedFlags, image: 'busybox', command: [] }
  const body = createBody(line, await clientEnvironment(cli, () => [0, 0]))
  return { body, name: flags.name, platform: flags.platform, pull: 'missing', quiet: false, useApiSocket: false }
}

const requestLines = ({ requests }: FakeDaemon) =>
  requests.map(({ method, path }) => `${method} ${path.replace(/^\/v[\d.]+/, '')}`)

describe('createContainer', () => {
  test('sends one request if the image exists', async () => {
    const { daemon, cli } = await setUp({ 'POST /containers/create': created })
    expect(await createContainer(await request(cli, []), cli)).toBe(ID)
    expect(requestLines(daemon).filter((line) => !line.endsWith('/_ping'))).toEqual(['POST /containers/create'])
    expect(cli.err.text).toBe('')
  })

  test('pulls a missing image and repeats the request', async () => {
    const { daemon, cli } = await setUp({
      'POST /containers/create': [missing, created],
      'POST /images/create': pulled,
    })
    expect(await createContainer(await request(cli, []), cli)).toBe(ID)
    expect(requestLines(daemon).filter((line) => !line.endsWith('/_ping'))).toEqual([
      'POST /containers/create',
      'POST /images/create',
      'POST /containers/create',
    ])
    expect(cli.err.text).toMatch(
      /^Unable to find image 'busybox:latest' locally\nlatest: Pulling from library\/busybox\n/,
    )
  })

  test('shows no progress with --quiet', async () => {
    const { cli } = await setUp({ 'POST /containers/create': [missing, created], 'POST /images/create': pulled })
    await createContainer({ ...(await request(cli, [])), quiet: true }, cli)
    expect(cli.err.text).toBe('')
  })

  test('pulls first with --pull always', async () => {
    const { daemon, cli } = await setUp({ 'POST /containers/create': created, 'POST /images/create': pulled })
    await createContainer({ ...(await request(cli, [])), pull: 'always' }, cli)
    expect(requestLines(daemon).filter((line) => !line.endsWith('/_ping'))[0]).toBe('POST /images/create')
  })

  test('does not pull with --pull never', async () => {
    const { cli } = await setUp({ 'POST /containers/create': missing })
    const never = { ...(await request(cli, [])), pull: 'never' as const }
    await expect(createContainer(never, cli)).rejects.toThrow('No such image: busybox:latest')
  })

  test('prints warnings to stderr', async () => {
    const warned = { status: 201, json: { Id: ID, Warnings: ['no swap'] } }
    const { cli } = await setUp({ 'POST /containers/create': warned })
    await createContainer(await request(cli, ['--dns', '127.0.0.1']), cli)
    expect(cli.err.text).toBe('WARNING: Localhost DNS (127.0.0.1) may fail in containers.\nWARNING: no swap\n')
  })

  test('uses DOCKER_DEFAULT_PLATFORM without --platform', async () => {
    const { daemon, cli } = await setUp(
      { 'POST /containers/create': created },
      { env: { DOCKER_DEFAULT_PLATFORM: 'linux/aarch64' } },
    )
    await createContainer(await request(cli, []), cli)
    expect(JSON.stringify(daemon.requests)).toContain('linux/arm64')
  })

  test('refuses a MAC address for a daemon that is too old', async () => {
    const { cli } = await setUp({ 'POST /containers/create': created }, { apiVersion: '1.41' })
    const withAddress = await request(cli, ['--mac-address', '92:d0:c6:0a:29:33'])
    await expect(createContainer(withAddress, cli)).rejects.toThrow(
      '"specify mac-address per network" requires API version 1.44, but the Docker daemon API version is 1.41',
    )
  })

  test('sets the proxy variables of config.json', async () => {
    const { cli } = await setUp({}, { config: { proxies: { default: { httpProxy: 'http://proxy:3128' } } } })
    const { body } = await request(cli, ['-e', 'A=1'])
    expect(body.Env).toEqual(['A=1', 'HTTP_PROXY=http://proxy:3128', 'http_proxy=http://proxy:3128'])
  })
})
