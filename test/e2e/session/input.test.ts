import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CertificateMaker } from '../../support/certificates.ts'
import { needTools } from '../../support/engines/packages.ts'
import { combinations } from '../../support/provided.ts'
import { Relay } from '../../support/relay.ts'
import { programs } from '../../support/run.ts'
import { SSH_HOST, SshServer } from '../../support/ssh-server.ts'
import { Terminal } from '../../support/terminal.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const SIZE = 3_000_000
const BYTES = randomBytes(SIZE)

/** Typed input that a terminal does not change. */
const TYPED = randomBytes(60_000).toString('hex')

const TRANSPORTS = ['unix', 'tcp', 'tls', 'ssh'] as const

// Commands that read stdin with a delay and write its checksum to a volume.
const SUM = `'sleep 0.5; sha256sum >/out/sum'`
const SUM_OF_SIZE = `'sleep 0.5; head -c ${SIZE} | sha256sum >/out/sum'`

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

interface Session {
  readonly line: string
  /** A command to run before. VOLUME is replaced by the volume's flag. */
  readonly before?: string
  readonly exitCode?: number
}

const IDLE = 'tug run -d --name box VOLUME busybox sleep 1000'

const SESSIONS: readonly Session[] = [
  { line: `run -i -a stdin --name box VOLUME busybox sh -c ${SUM}` },
  { line: `run -i -a stdin --rm VOLUME busybox sh -c ${SUM}` },
  { line: `run -i -a stdin --rm --sig-proxy=false VOLUME busybox sh -c 'sha256sum >/out/sum; exit 3'`, exitCode: 3 },
  { line: `run -i -a stdin -a stderr --rm VOLUME busybox sh -c ${SUM}` },
  { line: `run -i --rm VOLUME busybox sh -c ${SUM}` },
  // This one closes its output long before it reads.
  { line: `run -i --rm VOLUME busybox sh -c 'exec >&- 2>&-; sleep 0.5; sha256sum >/out/sum'` },
  { line: 'start -i box', before: `tug create -i --name box VOLUME busybox sh -c ${SUM}` },
  { line: 'start -ai box', before: `tug create -i --name box VOLUME busybox sh -c ${SUM}` },
  { line: 'attach box', before: `tug run -di --name box VOLUME busybox sh -c ${SUM_OF_SIZE}` },
  { line: 'attach --sig-proxy=false box', before: `tug run -di --name box VOLUME busybox sh -c ${SUM_OF_SIZE}` },
  { line: `exec -i box sh -c ${SUM}`, before: IDLE },
]

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  let tcp: Relay
  let tls: Relay
  let ssh: SshServer
  let scratch = ''
  let certificates = ''
  beforeAll(async () => {
    await needTools(['openssl'], () => {})
    fixture = await openFixture(combination)
    scratch = join(fixture.shell.configDirectory, '..', 'input')
    await mkdir(join(scratch, 'out'), { recursive: true })
    await writeFile(join(scratch, 'bytes'), BYTES)
    const maker = new CertificateMaker(scratch)
    certificates = await maker.certificate('server', await maker.authority('authority'))
    const pem = (name: string) => readFile(join(certificates, name))
    tcp = await Relay.open(fixture.engine.socket)
    tls = await Relay.open(fixture.engine.socket, { cert: await pem('cert.pem'), key: await pem('key.pem') })
    ssh = await SshServer.start(fixture.engine.socket)
  })
  afterEach(async () => {
    await fixture.state.removeContainers()
    await rm(join(scratch, 'out/sum'), { force: true })
  })
  afterAll(async () => {
    tcp.close()
    tls.close()
    await ssh.close()
    await closeFixture(fixture)
  })

  /** Returns the environment variables for the daemon's address. */
  const settings = (transport: (typeof TRANSPORTS)[number]) => {
    switch (transport) {
      case 'unix':
        return `DOCKER_HOST=unix://${fixture.engine.socket}`
      case 'tcp':
        return `DOCKER_HOST=tcp://127.0.0.1:${tcp.port}`
      case 'tls':
        return `DOCKER_HOST=tcp://127.0.0.1:${tls.port} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${certificates}`
      case 'ssh':
        return `DOCKER_HOST=ssh://${SSH_HOST} PATH=${ssh.clientDirectory('none')}:$PATH`
    }
  }
  const sumIn = async (directory: string) => (await readFile(join(directory, 'sum'), 'utf8')).split(' ')[0]
  const received = () => sumIn(join(scratch, 'out'))
  const withVolume = (line: string) => line.replace('VOLUME', `-v ${scratch}/out:/out`)

  const transports = combination.program === programs[0] ? TRANSPORTS : (['unix', 'tls'] as const)

  describe.each(transports)('over %s', (transport) => {
    test.each(SESSIONS)('$line passes all of a piped stdin', async ({ line, before, exitCode = 0 }) => {
      if (before !== undefined) await fixture.shell.succeed(withVolume(before))
      const outcome = await fixture.shell.run(
        `cat ${scratch}/bytes | env ${settings(transport)} tug ${withVolume(line)}`,
      )
      expect({ ...outcome, sum: await received() }).toEqual({
        stdout: '',
        stderr: '',
        exitCode,
        sum: sha256(BYTES),
      })
    })

    test.each([
      ['run -it --name box VOLUME busybox', 0],
      ['exec -it box', 1],
    ])('%s passes everything that was typed before the detach keys', async (line, exitCode) => {
      if (line.startsWith('exec')) await fixture.shell.succeed(withVolume(IDLE))
      const command = `sh -c 'stty raw -echo; echo ready; sleep 0.5; head -c ${TYPED.length} | sha256sum >/out/sum'`
      const script = `env ${settings(transport)} tug ${withVolume(line)} ${command}; echo "ended $?"`
      const terminal = Terminal.open('sh', ['-c', script], { env: fixture.shell.env })
      await terminal.waitFor('ready')
      terminal.type(`${TYPED}\x10\x11`)
      await terminal.exit()
      expect(terminal.screen()).toContain(`ended ${exitCode}`)
      await expect.poll(() => received().catch(() => ''), { timeout: 20_000 }).toBe(sha256(TYPED))
    })
  })

  // With sizes around the sum of all buffers on the way, the last bytes are still in transit when stdin ends.
  test('run -a stdin loses nothing at the end of stdin, whatever the size', async () => {
    const sizes = Array.from({ length: 11 }, (_, index) => 180_000 + index * 30_000)
    const outcomes = sizes.map(async (size) => {
      const out = join(scratch, `out-${size}`)
      await mkdir(out, { recursive: true })
      await fixture.shell.succeed(
        `head -c ${size} ${scratch}/bytes | tug run -i -a stdin --rm -v ${out}:/out busybox sh -c ${SUM}`,
      )
      return { size, sum: await sumIn(out) }
    })
    expect(await Promise.all(outcomes)).toEqual(sizes.map((size) => ({ size, sum: sha256(BYTES.subarray(0, size)) })))
  })

  test('run -a stdin exits with the container and its exit code while stdin is open', async () => {
    const line = "tug run -i -a stdin --rm busybox sh -c 'exit 4'"
    const outcome = await fixture.shell.run(`mkfifo open; sleep 50 >open & ${line} <open; echo $?; kill $!`, {
      cwd: scratch,
    })
    expect(outcome.stdout).toBe('4\n')
  })

  test('run -a stdin waits for a container that never reads stdin', async () => {
    const line = `tug run -i -a stdin --rm busybox sh -c 'sleep 1; exit 5'`
    expect(await fixture.shell.run(`cat ${scratch}/bytes | ${line}`)).toEqual({ stdout: '', stderr: '', exitCode: 5 })
    expect(await fixture.shell.run(line.replace('-i ', ''))).toEqual({ stdout: '', stderr: '', exitCode: 5 })
  })
})
