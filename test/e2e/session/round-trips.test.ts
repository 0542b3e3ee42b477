import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReference } from '../../parity/programs.ts'
import { CertificateMaker } from '../../support/certificates.ts'
import { needTools } from '../../support/engines/packages.ts'
import { engines, registry } from '../../support/provided.ts'
import { RoundTripProxy, type Way } from '../../support/round-trip-proxy.ts'
import { programs } from '../../support/run.ts'
import { SSH_HOST, SshServer } from '../../support/ssh-server.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const TEN = Array.from({ length: 10 }, (_, number) => `box${number}`).join(' ')
const CREATE_TEN = `for name in ${TEN}; do tug create --stop-timeout 0 --name $name busybox sleep 1000; done`
const START_TEN = `${CREATE_TEN}; tug start ${TEN}`

/** A command: its line, what is run before it, and the round trips that docker 28.2.2 and tug need over TCP. */
type Row = readonly [line: string, preparation: string, docker: number, tug: number]

/** The commands that are tested in Node too, where connections are opened and attached to by other code. */
const IN_NODE = /^tug (ps$|inspect|run|start -a|attach|exec|logs)/

/**
 * TCP's handshake is the first round trip and the ping the second one, so three is the fewest that docker's requests allow.
 * docker awaits what tug does not: it inspects one object after the other, and opens a connection when a request needs it.
 * tug opens it before.
 */
const OVER_TCP: readonly Row[] = [
  ['tug ps', '', 3, 3],
  ['tug images', '', 3, 3],
  ['tug version', '', 3, 3],
  ['tug info', '', 3, 3],
  ['tug system df', '', 3, 3],
  ['tug events --since 0 --until 1', '', 3, 3],
  ['tug inspect web', '', 3, 3],
  ['tug inspect busybox', '', 4, 4],
  [`tug inspect ${TEN}`, CREATE_TEN, 12, 3],
  ['tug run -d busybox true', '', 6, 4],
  ['tug run --rm busybox true', '', 8, 6],
  ['tug run -i --rm busybox cat', '', 8, 6],
  ['tug start -a job', 'tug create --name job busybox true', 8, 6],
  ['tug attach job', 'tug run -d --name job busybox sleep 2', 8, 6],
  ['tug exec web true', '', 7, 6],
  ['tug exec -d web true', '', 5, 5],
  [`tug stop ${TEN}`, START_TEN, 4, 3],
  [`tug kill ${TEN}`, START_TEN, 4, 3],
  [`tug rm ${TEN}`, CREATE_TEN, 4, 3],
  [`tug start ${TEN}`, CREATE_TEN, 12, 12],
  ['tug logs web', '', 4, 4],
  ['tug stats --no-stream web', '', 3, 3],
  ['tug stats --no-stream', '', 6, 6],
  ['tug cp web:/etc/passwd -', '', 3, 3],
  ['tug cp file web:/tmp', '', 4, 4],
  ['tug cp file web:/tmp/new', '', 4, 4],
  ['tug pull -q busybox', '', 3, 3],
  ['DOCKER_BUILDKIT=0 tug build -q .', '', 3, 3],
  ['tug network create far', '', 3, 3],
  ['tug network ls', '', 3, 3],
  ['tug network rm far', '', 4, 4],
  ['tug volume create far', '', 3, 3],
  ['tug volume ls', '', 3, 3],
  ['tug volume rm far', '', 3, 3],
  ['tug commit web far', '', 3, 3],
  ['tug tag far again', '', 3, 3],
  ['tug rmi far again', '', 4, 4],
  ['DOCKER_API_VERSION=1.41 tug ps', '', 3, 2],
  ['DOCKER_API_VERSION=1.41 tug exec web true', '', 7, 5],
]

/** With TLS a connection takes a round trip more, which tug saves only where it can be opened early enough. */
const OVER_TLS: readonly Row[] = [
  ['tug ps', '', 4, 4],
  [`tug inspect ${TEN}`, CREATE_TEN, 13, 4],
  ['tug run --rm busybox true', '', 11, 7],
  ['tug exec web true', '', 9, 7],
  ['tug cp file web:/tmp', '', 5, 5],
]

/**
 * With ssh, docker logs in for each connection and tug once. The round trips of logins are not counted; a connection
 * takes one. The executable stands for both forms, because Node may start ssh later than the proxy waits.
 */
const OVER_SSH: readonly Row[] = [
  ['tug ps', '', 3, 3],
  [`tug inspect ${TEN}`, CREATE_TEN, 12, 7],
  ['tug run --rm busybox true', '', 8, 6],
  ['tug exec web true', '', 7, 6],
  ['tug cp file web:/tmp', '', 4, 4],
]

/** How often a command is repeated that needs more than expected: a slow machine can only make a count too high. */
const ATTEMPTS = 3

const onLastEngine = engines()
  .slice(-1)
  .flatMap((engine) => programs.map((program) => ({ program, engine })))

describe.each(onLastEngine)('$program.name on $engine.name', (combination) => {
  const ofDocker = isReference(combination.program.command)
  let fixture: Fixture
  let directory = ''
  let login = ''
  beforeAll(async () => {
    fixture = await openFixture(combination)
    directory = join(fixture.shell.configDirectory, 'far')
    await mkdir(directory, { recursive: true })
    await writeFile(join(directory, 'file'), 'text')
    await writeFile(join(directory, 'Dockerfile'), 'FROM busybox\nRUN true\n')
    await fixture.shell.succeed('tug run -d --stop-timeout 0 --name web busybox sleep 1000')
    const { host, user, password } = registry()
    login = `login -u ${user} -p '${password}' ${host}`
  })
  afterAll(() => closeFixture(fixture))

  /** Runs a command over the proxy, several times if needed. @returns the lowest number of round trips */
  const count = async (proxy: RoundTripProxy, settings: string, [line, preparation, , fewest]: Row) => {
    let roundTrips = Number.POSITIVE_INFINITY
    let attempts = 0
    while (attempts < ATTEMPTS && roundTrips > fewest) {
      attempts++
      await fixture.shell.run(`tug rm -f job ${TEN} 2>/dev/null; ${preparation}`)
      proxy.takeCount()
      await fixture.shell.succeed(`export ${settings}; ${line} </dev/null`, { cwd: directory })
      roundTrips = Math.min(roundTrips, proxy.takeCount())
    }
    return { roundTrips, attempts }
  }

  const open = (way: Way) => RoundTripProxy.open(fixture.engine.socket, way)
  const expected = ([, , docker, tug]: Row) => (ofDocker ? docker : tug)

  describe('over TCP', () => {
    let proxy: RoundTripProxy
    beforeAll(async () => {
      proxy = await open({ kind: 'tcp' })
    })
    afterAll(() => proxy.close())

    const rows = combination.program === programs[0] ? OVER_TCP : OVER_TCP.filter(([line]) => IN_NODE.test(line))
    test.each(rows)('%s (after: %s) needs %i round trips with docker and %i with tug', async (...row) => {
      const { roundTrips } = await count(proxy, `DOCKER_HOST=tcp://127.0.0.1:${proxy.port}`, row)
      expect(roundTrips).toBeLessThanOrEqual(expected(row))
    })

    test('login needs 3 round trips with docker and with tug', async () => {
      const { roundTrips } = await count(proxy, `DOCKER_HOST=tcp://127.0.0.1:${proxy.port}`, [`tug ${login}`, '', 3, 3])
      expect(roundTrips).toBe(3)
    })

    test('run on a terminal needs 8 to 10 round trips with docker and at most 7 with tug', async () => {
      const line = 'tug run -it --rm busybox true'
      const counts: number[] = []
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        proxy.takeCount()
        const terminal = fixture.shell.terminal(`env DOCKER_HOST=tcp://127.0.0.1:${proxy.port} ${line}`)
        expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
        counts.push(proxy.takeCount())
      }
      // The window's size is set once the container runs, unless it has ended by then.
      expect(Math.min(...counts)).toBeLessThanOrEqual(ofDocker ? 10 : 7)
    })
  })

  describe('over TLS', () => {
    let proxy: RoundTripProxy
    let settings = ''
    beforeAll(async () => {
      await needTools(['openssl'], () => {})
      const maker = new CertificateMaker(directory)
      const certificates = await maker.certificate('daemon', await maker.authority('authority'))
      const identity = {
        cert: await readFile(join(certificates, 'cert.pem')),
        key: await readFile(join(certificates, 'key.pem')),
      }
      proxy = await open({ kind: 'tls', identity })
      settings = `DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${certificates} DOCKER_HOST=tcp://127.0.0.1:${proxy.port}`
    })
    afterAll(() => proxy.close())

    test.each(OVER_TLS)('%s (after: %s) needs %i round trips with docker and %i with tug', async (...row) => {
      const { roundTrips } = await count(proxy, settings, row)
      expect(roundTrips).toBeLessThanOrEqual(expected(row))
    })
  })

  if (!ofDocker && combination.program === programs[0])
    describe('over ssh', () => {
      let proxy: RoundTripProxy
      let server: SshServer
      beforeAll(async () => {
        const socketPath = join(directory, 'far.sock')
        proxy = await open({ kind: 'ssh', socketPath })
        // docker's client on the far side would send requests of its own.
        server = await SshServer.start(socketPath, combination.program)
      })
      afterAll(async () => {
        await server.close()
        proxy.close()
      })

      test.each(
        OVER_SSH,
      )('%s (after: %s) needs %i round trips with docker and %i with tug, and one login', async (...row) => {
        const settings = `DOCKER_HOST=ssh://${SSH_HOST} PATH=${server.clientDirectory('none')}:$PATH`
        const logins = await server.countLogins()
        const { roundTrips, attempts } = await count(proxy, settings, [...row])
        // How many of the requests share a round trip depends on how fast ssh opens their connections.
        expect(roundTrips).toBeLessThanOrEqual(row[2])
        expect(await server.countLogins()).toBe(logins + attempts)
      })
    })
})

test('no command needs more round trips than with docker', () => {
  const rows = [...OVER_TCP, ...OVER_TLS, ...OVER_SSH]
  expect(rows.filter(([, , docker, tug]) => tug > docker)).toEqual([])
})
