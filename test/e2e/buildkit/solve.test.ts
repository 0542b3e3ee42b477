import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { link, lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SolveError } from '../../../src/builder/buildkit/common/solve-request.ts'
import { until } from '../../support/engines/http.ts'
import { engines, mirrorUrl, registry } from '../../support/provided.ts'
import { Builder } from './builder.ts'
import { CuttingProxy } from './cutting-proxy.ts'
import { TokenRegistry } from './token-registry.ts'

/** Podman has no BuildKit. */
const withBuildKit = engines().filter(({ kind }) => kind !== 'podman')

const UNIQUE = () => `${process.pid}-${performance.now()}`

describe.each(withBuildKit)('$name', ({ socket, apiVersion }) => {
  const isOld = apiVersion === '1.41'
  let builder: Builder
  beforeEach(async () => {
    builder = await Builder.open(socket)
  })
  afterEach(() => builder[Symbol.asyncDispose]())

  test('an image with a name', async () => {
    const files = { Dockerfile: 'FROM busybox\nCOPY greeting /\nRUN cat /greeting\nENV A=b\n', greeting: UNIQUE() }
    const exporters = [{ type: 'moby', attributes: { name: 'docker.io/library/bk-named' } }]
    const built = await builder.build({ files, exporters })
    expect(built.output).toContain(files.greeting)
    expect(built.exporterResponse['containerimage.digest']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect((await builder.config('bk-named')).Env).toContain('A=b')
    await builder.removeImage('bk-named')
  })

  test('a second build uses the cache, and only changed files are sent again', async () => {
    const large = Buffer.alloc(3_000_000, UNIQUE())
    const files = { Dockerfile: 'FROM busybox\nCOPY . /context\n', large, small: UNIQUE() }
    const first = await builder.build({ files })
    expect(first.transferred).toBeGreaterThan(3_000_000)
    const again = await builder.build({ files })
    expect(again.cached).toContain('[2/2] COPY . /context')
    expect(again.transferred).toBeLessThan(1000)
    const changed = await builder.build({ files: { ...files, small: UNIQUE() } })
    expect(changed.ran).toContain('[2/2] COPY . /context')
    expect(changed.transferred).toBeLessThan(1000)
  })

  test('only the copied files of a large context are sent', async () => {
    const files = { Dockerfile: 'FROM busybox\nCOPY a/small /\n', large: Buffer.alloc(3_000_000), 'a/small': UNIQUE() }
    expect((await builder.build({ files })).transferred).toBeLessThan(1000)
  })

  test('.dockerignore and followed links', async () => {
    const files = {
      Dockerfile: 'FROM busybox\nCOPY . /all\nCOPY link /link\nRUN find /all /link | sort && echo end\n',
      '.dockerignore': `*.log\nout\n!out/kept\n# ${UNIQUE()}\n`,
      'a.log': '',
      'out/dropped': '',
      'out/kept': 'kept',
      'deep/file with ünïcode, and commas': '',
    }
    await mkdir(builder.context)
    await symlink('out/kept', join(builder.context, 'link'))
    const { output } = await builder.build({ files })
    expect(output.replaceAll(/^.*(?=\/all$)/gm, '').split('\n')).toEqual(
      expect.arrayContaining(['/all/out/kept', '/all/deep/file with ünïcode, and commas', '/all/link', '/link']),
    )
    expect(output).not.toMatch(/dropped|a\.log/)
  })

  test('all types of files, as docker sends them', async () => {
    const files = { Dockerfile: 'FROM scratch\nCOPY . /\n', 'run.sh': '', once: UNIQUE() }
    await mkdir(builder.context)
    await writeFile(join(builder.context, 'once'), '')
    await link(join(builder.context, 'once'), join(builder.context, 'twice'))
    await symlink('/nowhere', join(builder.context, 'dangling'))
    await execa('mkfifo', [join(builder.context, 'pipe')])
    const out = join(builder.directory, 'out')
    await builder.build({
      files,
      exporters: [{ type: 'local', attributes: {}, output: { kind: 'directory', path: out } }],
    })
    const stats = async (name: string) => lstat(join(out, name))
    expect((await stats('run.sh')).mode & 0o777).toBe(0o755)
    expect((await stats('once')).ino).toBe((await stats('twice')).ino)
    expect(await readFile(join(out, 'twice'), 'utf8')).toBe(files.once)
    expect(await readlink(join(out, 'dangling'))).toBe('/nowhere')
  })

  test('secrets for steps that request them', async () => {
    const Dockerfile = [
      '# syntax-free',
      'FROM busybox',
      'RUN --mount=type=secret,id=file cat /run/secrets/file',
      `RUN --mount=type=secret,id=value,required=true test "$(cat /run/secrets/value)" = "${UNIQUE()}x" || echo other`,
      'RUN --mount=type=secret,id=absent test ! -e /run/secrets/absent && echo none',
    ].join('\n')
    const path = join(builder.directory, 'secret')
    const secret = UNIQUE()
    await writeFile(path, secret)
    const value = { kind: 'value', data: Buffer.from('v') } as const
    const secrets = { file: { kind: 'file', path }, value } as const
    const { output } = await builder.build({ files: { Dockerfile }, providers: { secrets } })
    expect(output).toContain(secret)
    expect(output).toMatch(/other.*none/s)
  })

  test('a required secret that is missing', async () => {
    const Dockerfile = `FROM busybox\nRUN --mount=type=secret,id=nope,required=true echo ${UNIQUE()}\n`
    const failing = builder.build({ files: { Dockerfile }, providers: { secrets: {} } })
    await expect(failing).rejects.toThrow(/nope/)
  })

  test('an ssh agent, which steps can use but not change', async () => {
    const agent = join(builder.directory, 'agent.sock')
    const requests: number[] = []
    await using _server = await fakeAgent(agent, (type) => requests.push(type))
    const script = [
      'import os, socket',
      'agent = socket.socket(socket.AF_UNIX)',
      'agent.connect(os.environ["SSH_AUTH_SOCK"])',
      // Remove all keys, then list them.
      'agent.sendall(bytes([0, 0, 0, 1, 19, 0, 0, 0, 1, 11]))',
      'said = b""',
      'while len(said) < 14: said += agent.recv(100)',
      'print(said.hex())',
    ].join('\n')
    const Dockerfile = `# ${UNIQUE()}\nFROM python:3.8-slim\nCOPY ask.py /\nRUN --mount=type=ssh python3 /ask.py\n`
    const { output } = await builder.build({
      files: { Dockerfile, 'ask.py': `# ${UNIQUE()}\n${script}\n` },
      providers: { agents: { default: { socketPath: agent } } },
    })
    // The list of keys is empty, and the removal is refused without reaching the agent.
    expect(output).toContain('0000000105' + '000000050c00000000')
    expect(requests).toEqual([11])
  })

  test('a tar archive as context', async () => {
    await builder.build({ files: { Dockerfile: 'FROM busybox\nCOPY a /\nRUN cat /a\n', a: UNIQUE() } })
    const archive = join(builder.directory, 'context.tar')
    const content = UNIQUE()
    await writeFile(join(builder.context, 'a'), content)
    await execa('tar', ['-cf', archive, '-C', builder.context, '.'])
    const { output } = await builder.build({
      files: {},
      attributes: { context: 'http://buildkit-session/abc' },
      providers: { uploads: { abc: createReadStream(archive) }, directories: {} },
    })
    expect(output).toContain(content)
  })

  test('named contexts', async () => {
    const other = join(builder.directory, 'other')
    await mkdir(other)
    await writeFile(join(other, 'file'), 'from elsewhere')
    const files = { Dockerfile: `# ${UNIQUE()}\nFROM busybox\nCOPY --from=other file /\nRUN cat /file\n` }
    const directories = {
      context: { path: builder.context },
      dockerfile: { path: builder.context },
      other: { path: other },
    }
    const attributes = { 'context:other': 'local:other' }
    const built = builder.build({ files, attributes, providers: { directories } })
    // The frontend of Engine 20.10 does not support them and looks for an image, with docker's client too.
    if (isOld) await expect(built).rejects.toThrow()
    else expect((await built).output).toContain('from elsewhere')
  })

  test('exports to a directory that has files already', async () => {
    const out = join(builder.directory, 'out')
    await mkdir(join(out, 'kept'), { recursive: true })
    await writeFile(join(out, 'file'), 'old')
    await symlink('/', join(out, 'directory'))
    const Dockerfile = `FROM busybox AS made\nRUN mkdir -p /o/directory && echo ${UNIQUE()} > /o/directory/new && echo new > /o/file && chmod 4755 /o/file && touch -d '2001-02-03 04:05:06' /o/file /o/directory\nFROM scratch\nCOPY --from=made /o /\n`
    const exporters = [{ type: 'local', attributes: {}, output: { kind: 'directory', path: out } }] as const
    for (let round = 0; round < 2; round++) {
      await builder.build({ files: { Dockerfile }, exporters })
      expect((await readdir(out)).sort()).toEqual(['directory', 'file', 'kept'])
      expect(await readFile(join(out, 'file'), 'utf8')).toBe('new\n')
      expect((await lstat(join(out, 'file'))).mode & 0o7777).toBe(0o4755)
      expect((await lstat(join(out, 'file'))).mtime).toEqual(new Date('2001-02-03T04:05:06Z'))
      expect((await lstat(join(out, 'directory'))).isDirectory()).toBe(true)
      expect(await readdir(join(out, 'directory'))).toEqual(['new'])
    }
  })

  test('exports to an archive', async () => {
    const path = join(builder.directory, 'out.tar')
    const files = { Dockerfile: 'FROM scratch\nCOPY made /\n', made: UNIQUE() }
    await builder.build({ files, exporters: [{ type: 'tar', attributes: {}, output: { kind: 'file', path } }] })
    expect((await execa('tar', ['-xOf', path, 'made'])).stdout).toBe(files.made)
    expect((await readdir(builder.directory)).sort()).toEqual(['context', 'out.tar'])
  })

  test('an archive that cannot be written', async () => {
    const path = join(builder.directory, 'missing/out.tar')
    const failing = builder.build({
      files: { Dockerfile: 'FROM scratch\nCOPY . /\n' },
      exporters: [{ type: 'tar', attributes: {}, output: { kind: 'file', path } }],
    })
    await expect(failing).rejects.toThrow(`open ${path}: no such file or directory`)
  })

  test('a step that fails', async () => {
    const files = { Dockerfile: 'FROM busybox\nRUN echo told && exit 3\n' }
    const failure = await builder.build({ files }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SolveError)
    expect(String(failure)).toMatch(/^SolveError: failed to solve: .*echo told && exit 3.*: exit code: 3$/)
  })

  test('credentials of a registry: user name and password', async () => {
    const { host, user, password } = registry()
    await builder.push(`${host}/bk-private`, { user, password })
    const files = { Dockerfile: `FROM ${host}/bk-private\nRUN echo ${UNIQUE()}\n` }
    const requests: string[] = []
    const credentials = async (server: string) => {
      requests.push(server)
      return server === host ? { username: user, password } : {}
    }
    const { ran } = await builder.build({ files, providers: { credentials } })
    expect(ran).toContain(`[auth] sharing credentials for ${host}`)
    expect(requests).toEqual([host])
    await builder.forget()
    await expect(builder.build({ files })).rejects.toThrow(/401|authoriz|credentials|denied/i)
  })

  test('tokens of a registry, which the client requests so that the password stays on this machine', async () => {
    await using tokens = await TokenRegistry.open(mirrorUrl())
    const files = { Dockerfile: `FROM ${tokens.host}/library/busybox\nRUN echo ${UNIQUE()}\n` }
    const credentials = async () => ({ username: tokens.user, password: tokens.password })
    const { ran } = await builder.build({ files, providers: { credentials } })
    expect(ran).toContain(`[auth] library/busybox:pull token for ${tokens.host}`)
    expect(tokens.grants).toEqual(['password'])
  })

  test('a subrequest of the frontend', async () => {
    const response = builder.build({
      files: { Dockerfile: 'FROM busybox AS first\nFROM first AS second\n' },
      attributes: { requestid: 'frontend.targets' },
      exporters: [],
    })
    if (isOld) {
      await expect(response).rejects.toThrow('unsupported request frontend.targets')
    } else {
      const text = Buffer.from((await response).frontendResponse['result.txt'] ?? []).toString()
      expect(text).toMatch(/first.*second/s)
    }
  })

  test('canceling also ends the build at the daemon', async () => {
    const marker = `${7_000_000 + Math.floor(Math.random() * 1_000_000)}`
    const aborter = new AbortController()
    const failing = builder.build({
      files: { Dockerfile: `FROM busybox\nRUN sleep ${marker}\n` },
      signal: aborter.signal,
    })
    failing.catch(() => {})
    await until({
      attempt: async () => ((await running(`sleep ${marker}`)) ? true : undefined),
      failure: () => 'the step does not run',
      timeout: 30_000,
    })
    aborter.abort()
    await expect(failing).rejects.toThrow('failed to solve: Canceled: context canceled')
    await until({
      attempt: async () => ((await running(`sleep ${marker}`)) ? undefined : true),
      failure: () => 'the step still runs',
      timeout: 10_000,
    })
  })

  test.each(['while a step runs', 'while files are sent'])('the daemon dies %s', async (moment) => {
    const path = join(builder.directory, 'cut.sock')
    await using proxy = await CuttingProxy.open(socket, path)
    await using other = await Builder.open(path)
    const step = moment === 'while a step runs' ? `RUN echo ${UNIQUE()} && sleep 1000` : 'COPY . /'
    const failing = other.build({
      files: { Dockerfile: `FROM busybox\n${step}\n`, large: Buffer.alloc(300_000_000, UNIQUE()) },
      watch: ({ logs, statuses }) => {
        const isSending = statuses.some(({ name, current }) => name === 'transferring' && current > 1_000_000)
        if (logs.length > 0 || isSending) proxy.cut()
      },
    })
    await expect(failing).rejects.toThrow('failed to solve: Unavailable: error reading from server: EOF')
    await expect.poll(() => proxy.connections).toBe(0)
  })

  test('files that are removed or change while they are sent', async () => {
    const files: Record<string, string> = { Dockerfile: 'FROM scratch\nCOPY . /\n' }
    for (let index = 0; index < 3000; index++) files[`f${index}`] = UNIQUE()
    let changes: Promise<unknown> | undefined
    await builder.build({
      files,
      watch: () => {
        changes ??= execa('sh', ['-c', 'rm f1* && for f in f2*; do echo more >> $f; done'], { cwd: builder.context })
      },
    })
    await changes
  })
})

/** Whether a process with these arguments runs on this machine, which includes the processes of containers. */
async function running(command: string): Promise<boolean> {
  const { stdout } = await execa('ps', ['-eo', 'args'])
  return stdout.split('\n').some((line) => line === command)
}

/** Starts an ssh agent without keys. */
async function fakeAgent(path: string, onRequest: (type: number) => void): Promise<AsyncDisposable> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      onRequest(data[4] ?? 0)
      socket.write(Buffer.from([0, 0, 0, 5, 12, 0, 0, 0, 0]))
    })
  })
  server.listen(path)
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      server.close()
    },
  }
}
