import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FaultyRegistry } from '../../support/faulty-registry.ts'
import { combinations, registry } from '../../support/provided.ts'
import { Relay } from '../../support/relay.ts'
import { Shell } from '../../support/run.ts'

const { host, user, password } = registry()
/** A registry that nobody serves. */
const NOWHERE = '127.0.0.1:1'

/** Podman does not trust registries on 127.0.0.1 without TLS. */
const trusting = combinations().filter(({ engine }) => engine.kind !== 'podman')

describe.each(trusting)('$program.name on $engine.name', ({ program, engine }) => {
  let shell: Shell
  let faulty: FaultyRegistry
  let faultyHost = ''
  let images: string[] = []
  let missing = ''

  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    faulty = new FaultyRegistry(host)
    faultyHost = await faulty.listen()
    for (const name of [host, faultyHost]) {
      await shell.succeed(`tug login -u ${user} --password-stdin ${name}`, { input: password })
    }
  })
  afterAll(async () => {
    await shell?.close()
    await faulty?.close()
  })
  beforeEach(async () => {
    const run = randomBytes(4).toString('hex')
    images = [`${host}/${user}/near`, `${faultyHost}/${user}/far`, `${host}/${user}/near`].map(
      (name, index) => `${name}-${run}:${index}`,
    )
    missing = `${host}/${user}/missing-${run}:1`
    await shell.succeed('tug pull -q busybox')
    for (const image of images) await shell.succeed(`tug tag busybox ${image}`)
  })
  afterEach(async () => {
    faulty.fault = () => undefined
    await shell.run(`tug rmi ${images.join(' ')}`)
  })

  const localImages = async () => {
    const listed = await shell.succeed("tug images --format '{{.Repository}}:{{.Tag}}'")
    return images.filter((image) => listed.split('\n').includes(image))
  }
  const pushAndRemove = async () => {
    await shell.succeed(`tug push -q ${images.join(' ')}`)
    await shell.succeed(`tug rmi ${images.join(' ')}`)
  }

  test('push and pull print in a pipe what a command for each image prints', async () => {
    const each = async (verb: string) =>
      (await Promise.all(images.map((image) => shell.succeed(`tug ${verb} ${image}`)))).join('')
    await each('push')
    const line = images.join(' ')
    expect(await shell.succeed(`tug push ${line}`)).toBe(await each('push'))
    expect(await shell.succeed(`tug push -q ${line}`)).toBe(`${images.join('\n')}\n`)
    await shell.succeed(`tug rmi ${line}`)
    expect(await shell.succeed(`tug pull -q ${line}`)).toBe(`${images.join('\n')}\n`)
    expect(await shell.succeed(`tug pull ${line}`)).toBe(await each('pull'))
    expect(await localImages()).toEqual(images)
  })

  test('a failure does not stop the others, and is reported with its name at the end', async () => {
    await pushAndRemove()
    const [first, second, third] = images
    const names = [missing, first, `${NOWHERE}/a`, second, third]
    const { stdout, stderr, exitCode } = await shell.run(`tug pull -q ${names.join(' ')}`)
    expect({ stdout, exitCode }).toEqual({ stdout: `${images.join('\n')}\n`, exitCode: 1 })
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(`^${missing}: .*(not found|unknown)`),
      expect.stringMatching(`^${NOWHERE}/a: .*connection refused`),
    ])
    expect(await localImages()).toEqual(images)
    const pushed = await shell.run(`tug push -q ${first} ${missing} ${third}`)
    expect(pushed).toEqual({
      stdout: `${first}\n${third}\n`,
      stderr: expect.stringMatching(`^${missing}: .*\n$`),
      exitCode: 1,
    })
  })

  test.each([
    ['BAD:1', '"BAD:1": invalid reference format: repository name (library/BAD) must be lowercase'],
    ['', '"": invalid reference format'],
    ["'a b'", '"a b": invalid reference format'],
    ['-a', '": tag can\'t be used with --all-tags/-a'],
  ])('an invalid name %j is refused before anything is pulled', async (bad, message) => {
    faulty.requests.length = 0
    const line = `tug pull ${images.join(' ')} ${bad === '' ? '""' : bad}`
    const { stdout, stderr, exitCode } = await shell.run(line)
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: '', stderr: expect.stringContaining(message), exitCode: 1 })
    expect(faulty.requests).toEqual([])
  })

  test('an image that is named twice is transferred once', async () => {
    const [first = '', second = ''] = images
    expect(await shell.succeed(`tug push -q ${first} ${second} ${first}`)).toBe(`${first}\n${second}\n`)
    expect(await shell.succeed('tug pull -q busybox docker.io/library/busybox:latest')).toBe(
      'docker.io/library/busybox:latest\n',
    )
  })

  test('tags of one repository are pushed one after the other', async () => {
    const [, image = ''] = images
    const tags = ['a', 'b', 'c'].map((tag) => image.replace(/1$/, tag))
    for (const tag of tags) await shell.succeed(`tug tag busybox ${tag}`)
    faulty.requests.length = 0
    expect(await shell.succeed(`tug push -q ${tags.join(' ')}`)).toBe(`${tags.join('\n')}\n`)
    const manifests = faulty.requests.flatMap(
      (request) => /^(?:HEAD|PUT) .*\/manifests\/(\w+)/.exec(request)?.[1] ?? [],
    )
    expect(manifests).toEqual(manifests.toSorted())
    expect(new Set(manifests)).toEqual(new Set(['a', 'b', 'c']))
    await shell.succeed(`tug rmi ${tags.join(' ')}`)
  })

  test('--all-tags applies to each repository', async () => {
    const [first = '', second = '', third = ''] = images
    await pushAndRemove()
    const repositories = [first, second].map((image) => image.replace(/:\d$/, ''))
    await shell.succeed(`tug pull -aq ${repositories.join(' ')}`)
    expect(await localImages()).toEqual([first, second, third])
  })

  test('the credentials of a registry are looked up once, and reach no other', async () => {
    const log = join(shell.configDirectory, 'asked')
    const directory = join(shell.configDirectory, 'bin')
    await mkdir(directory, { recursive: true })
    const config = join(shell.configDirectory, 'helped')
    await mkdir(config, { recursive: true })
    await writeFile(join(config, 'config.json'), JSON.stringify({ credHelpers: { [host]: 'counting' } }))
    const reply = JSON.stringify({ Username: user, Secret: password })
    await writeFile(
      join(directory, 'docker-credential-counting'),
      `#!/bin/sh\nread -r server\necho "$1 $server" >> ${log}\necho '${reply}'\n`,
      { mode: 0o755 },
    )
    const [first = '', second = '', third = ''] = images
    const line = `PATH=${directory}:$PATH DOCKER_CONFIG=${config} tug push -q ${first} ${second} ${third}`
    const { stdout, stderr, exitCode } = await shell.run(line)
    expect({ stdout, exitCode }).toEqual({ stdout: `${first}\n${third}\n`, exitCode: 1 })
    expect(stderr).toMatch(`${second}: `)
    expect(stderr).toMatch(/no basic auth credentials|unauthorized|authentication required/)
    expect(await shell.succeed(`cat ${log}`)).toBe(`get ${host}\n`)
  })

  test('a terminal shows one display with a line for each image', async () => {
    await pushAndRemove()
    const terminal = shell.terminal(`tug pull ${images.join(' ')} ${missing}`, { columns: 120, rows: 6 })
    expect((await terminal.exit()).exitCode).toBe(1)
    const lines = terminal.screen().split('\n')
    for (const image of images) {
      expect(lines.filter((line) => line.startsWith(`${image}: `))).toEqual([
        expect.stringMatching(/(Downloaded newer image|Image is up to date|Download complete|Digest|Pulling from)/),
      ])
    }
    expect(lines.filter((line) => line.startsWith(`${missing}: failed: `))).toHaveLength(1)
    expect(terminal.screen()).toMatch(new RegExp(`^${missing}: (Error|.*unknown|.*not found)`, 'm'))
  })

  test('Ctrl-C cancels what has not ended', async () => {
    await pushAndRemove()
    let reached = () => {}
    const isReached = new Promise<void>((resolve) => {
      reached = resolve
    })
    faulty.fault = (_method, path) => {
      if (path.includes('/manifests/')) reached()
      return path.includes('/manifests/') ? 'stall' : undefined
    }
    const terminal = shell.terminal(`tug pull ${images.join(' ')}`, { columns: 120 })
    await isReached
    await terminal.waitFor(new RegExp(`^${images[2]}: (Downloaded|Image is|Download complete)`, 'm'))
    terminal.type('\x03')
    expect((await terminal.exit()).exitCode).toBe(130)
    expect(terminal.screen()).toMatch(new RegExp(`^${images[1]}: interrupted$`, 'm'))
    expect(terminal.screen()).not.toMatch(/abort|operation was/i)
  })

  test('a daemon that goes away fails what has not ended, with its name', async () => {
    await pushAndRemove()
    const relay = await Relay.open(engine.socket)
    faulty.fault = (_method, path) => {
      if (path.includes('/manifests/')) relay.close()
      return path.includes('/manifests/') ? 'stall' : undefined
    }
    const [, second = ''] = images
    const outcome = await shell.run(`DOCKER_HOST=tcp://127.0.0.1:${relay.port} tug pull -q ${second} ${NOWHERE}/a`)
    expect({ stdout: outcome.stdout, exitCode: outcome.exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(outcome.stderr).toMatch(new RegExp(`^${second}: .+$`, 'm'))
    expect(outcome.stderr).not.toMatch(/abort| {4}at |socket hang up|ECONN/)
  })

  test('without a daemon, one message says so', async () => {
    const outcome = await shell.run('DOCKER_HOST=unix:///nowhere.sock tug pull a b c')
    expect(outcome).toEqual({
      stdout: expect.stringMatching(/^(Using default tag: latest\n){1,3}$/),
      stderr: expect.stringMatching(/^Cannot connect to the Docker daemon at unix:\/\/\/nowhere\.sock.*\n$/),
      exitCode: 1,
    })
  })

  test('a closed stdout ends the command', async () => {
    const outcome = await shell.run(`{ tug push ${images.join(' ')}; echo $? >&2; } | true`)
    expect(outcome.stderr).toBe('141\n')
  })
})
