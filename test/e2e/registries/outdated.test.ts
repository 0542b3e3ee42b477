import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FaultyRegistry } from '../../support/faulty-registry.ts'
import { firstProgramCombinations, registry } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'

const { host, user, password } = registry()
const MANIFEST_UNKNOWN = JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] })

/** Podman does not trust registries on 127.0.0.1 without TLS. */
const trusting = firstProgramCombinations().filter(({ engine }) => engine.kind !== 'podman')

describe.each(trusting)('images --outdated with $program.name on $engine.name', ({ program, engine }) => {
  let shell: Shell
  let faulty: FaultyRegistry
  let faultyHost = ''
  let repository = ''
  let far = ''

  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    faulty = new FaultyRegistry(host)
    faultyHost = await faulty.listen()
    for (const name of [host, faultyHost]) {
      await shell.succeed(`tug login -u ${user} --password-stdin ${name}`, { input: password })
    }
    await shell.succeed('tug pull -q busybox')
  })
  afterAll(async () => {
    await shell?.close()
    await faulty?.close()
  })
  beforeEach(() => {
    const run = randomBytes(4).toString('hex')
    repository = `${host}/${user}/near-${run}`
    far = `${faultyHost}/${user}/far-${run}`
  })
  afterEach(async () => {
    faulty.fault = () => undefined
    faulty.requests.length = 0
    await shell.run(`tug rmi -f $(tug images -q '${host}/${user}/*' '${faultyHost}/${user}/*')`)
    for (const name of [repository, far]) await shell.run(`tug images -q ${name} | xargs -r tug rmi -f`)
    await shell.run('tug pull -q busybox')
  })

  const push = async (name: string) => shell.succeed(`tug tag busybox ${name} && tug push -q ${name}`)
  /** Gives a tag in the registry another image than the local one. */
  const replaceInRegistry = async (name: string) => {
    await shell.succeed(`printf 'FROM busybox\\nLABEL name=${name}\\n' | tug build -q -t ${name} -`)
    await shell.succeed(`tug push -q ${name}`)
    await shell.succeed(`tug rmi ${name}`)
    await shell.succeed(`tug tag busybox ${name}`)
  }
  const states = async (name: string) => {
    const lines = await shell.succeed(`tug images --outdated --format '{{.Tag}} {{.State}}' ${name}`)
    return lines.trimEnd().split('\n').toSorted()
  }

  test('lists the state of each tag, and exits with 1 only with --check', async () => {
    await push(`${repository}:same`)
    await push(`${repository}:other`)
    await replaceInRegistry(`${repository}:other`)
    await shell.succeed(`tug tag busybox ${repository}-local:1`)
    expect(await states(repository)).toEqual(['other outdated', 'same current'])
    expect(await states(`${repository}-local`)).toEqual(['1 local'])
    const table = await shell.succeed(`tug images --outdated ${repository}`)
    expect(table).toMatch(/^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE +STATE\n/)
    expect(table).toMatch(/ other .* outdated\n/)
    expect(await shell.run(`tug images --outdated --check -q ${repository}`)).toEqual({
      stdout: await shell.succeed(`tug images -q ${repository}:other`),
      stderr: '',
      exitCode: 1,
    })
    const same = await shell.run(`tug images --outdated --check -q --filter reference=${repository}:same`)
    expect(same).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    const [row = ''] = (await shell.succeed(`tug images --outdated --format json ${repository}:same`)).split('\n')
    const { Digest, RegistryDigest, State } = JSON.parse(row)
    expect(State).toBe('current')
    expect(RegistryDigest).toMatch(/^sha256:[a-f0-9]{64}$/)
    expect(Digest).toBe(RegistryDigest)
    await shell.succeed(`tug rmi ${repository}-local:1`)
  })

  test('a digest of a manifest in the index of the tag is current', async () => {
    const [tag, part] = [`${repository}:multi`, `${repository}:part`]
    await push(tag)
    await push(part)
    await shell.succeed(`tug manifest create --insecure ${tag} ${part}`)
    await shell.succeed(`tug manifest push --insecure ${tag}`)
    expect(await states(tag)).toEqual(['multi current'])
    await replaceInRegistry(part)
    await shell.succeed(`tug manifest rm ${tag}; tug manifest create --insecure ${tag} ${part}`)
    await shell.succeed(`tug manifest push --insecure ${tag}`)
    expect(await states(tag)).toEqual(['multi outdated'])
  })

  test('an image that the registry does not have any more is missing', async () => {
    await push(`${far}:1`)
    faulty.fault = (_method, path) =>
      path.includes('/manifests/')
        ? { status: 404, body: MANIFEST_UNKNOWN, headers: { 'content-type': 'application/json' } }
        : undefined
    expect(await states(far)).toEqual(['1 missing'])
  })

  test.each([
    [403, 'DENIED'],
    [429, 'TOOMANYREQUESTS'],
  ])('an image for which the registry responds %d is unknown, which is no success with --check', async (status, code) => {
    await push(`${far}:1`)
    const body = JSON.stringify({ errors: [{ code, message: 'you are not welcome' }] })
    faulty.fault = (_method, path) => (path.includes('/manifests/') ? { status, body } : undefined)
    const { stdout, stderr, exitCode } = await shell.run(`tug images --outdated --check ${far}`)
    expect(exitCode).toBe(2)
    expect(stdout).toMatch(/ unknown\n$/)
    expect(stderr).toMatch(`${far}:1: Error response from daemon: `)
    expect(stderr).not.toContain(password)
  })

  test('a registry that cannot be reached is reported once', async () => {
    const gone = new FaultyRegistry(host)
    const goneHost = await gone.listen()
    await shell.succeed(`tug login -u ${user} --password-stdin ${goneHost}`, { input: password })
    const names = ['a', 'b'].map((tag) => `${goneHost}/${user}/gone:${tag}`)
    for (const name of names) await push(name)
    await gone.close()
    const { stdout, stderr, exitCode } = await shell.run(`tug images --outdated ${goneHost}/${user}/gone`)
    expect({ stdout, exitCode }).toEqual({
      stdout: expect.stringMatching(/ unreachable\n.* unreachable\n$/),
      exitCode: 0,
    })
    expect(stderr).toMatch(new RegExp(`^${goneHost}: .*connection refused.*\n$`))
    await shell.succeed(`tug rmi ${names.join(' ')}`)
  })

  test('a registry that does not respond is unreachable', async () => {
    await push(`${far}:1`)
    faulty.fault = () => 'stall'
    const { stdout, stderr, exitCode } = await shell.run(`tug images --outdated ${far}`)
    expect({ stdout, exitCode }).toEqual({ stdout: expect.stringMatching(/ unreachable\n$/), exitCode: 0 })
    expect(stderr).toMatch(`${faultyHost}: `)
  })

  test('a registry gets no requests for images of other registries', async () => {
    await push(`${repository}:1`)
    faulty.requests.length = 0
    expect(await states(repository)).toEqual(['1 current'])
    expect(faulty.requests).toEqual([])
  })

  test.each([
    ['--check', '--check needs --outdated'],
    ['--outdated --tree', '--outdated and --tree cannot be used together'],
  ])('refuses %s', async (flags, message) => {
    const { stdout, stderr, exitCode } = await shell.run(`tug images ${flags}`)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toMatch(/--tree|--check/)
    if (!stderr.includes('requires API')) expect(stderr).toBe(`${message}\n`)
  })
})
