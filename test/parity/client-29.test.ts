import { describe, expect, test } from 'vitest'
import { json, noContent } from '../support/fake-replies.ts'
import type { ParityCase } from './case.ts'
import { info } from './cases/system/info.ts'
import { nodeProgram, programUnderTest } from './programs.ts'
import { type Outcome, runCase } from './run-case.ts'

/**
 * What tug takes from docker 29. No such client can be installed to record it from, so the expected values are those of
 * its documentation, tests and pull requests, which each block names.
 */
const node = nodeProgram()
const forms = [{ name: 'executable', program: programUnderTest() }, ...(node ? [{ name: 'node', program: node }] : [])]

interface Expected extends Partial<Pick<Outcome, 'exit' | 'stdout' | 'stderr'>> {
  /** The requests as `METHOD /path`, without pings. */
  readonly requests?: readonly string[]
}

function requestsOf({ wire }: Outcome): string[] {
  return wire.filter(({ path }) => path !== '/_ping').map(({ method, path }) => `${method} ${path}`)
}

describe.each(forms)('$name', ({ program }) => {
  async function check(parityCase: ParityCase, { requests, ...expected }: Expected): Promise<Outcome> {
    const outcome = await runCase(program, parityCase)
    expect(outcome).toMatchObject(expected)
    if (requests) expect(requestsOf(outcome)).toEqual(requests)
    return outcome
  }

  /** docker/cli pull requests 6784 (blanks) and 7029 (`-p -`). */
  describe.concurrent('login', () => {
    const replies = { 'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: '' }) }
    const refusedWithoutRequest = (stderr: string): Expected => ({ exit: 1, stdout: '', stderr, requests: [] })

    test.each<[readonly string[], string | undefined, string]>([
      [['-p', '-'], 'secret\n', 'secret'],
      [['--password=-'], ' two  words \t\r\n', ' two  words \t'],
      [['--password-stdin'], ' two  words \t\n', ' two  words \t'],
      [['--password-stdin'], '\n\nsecret\n\r\n\n', 'secret'],
      [['--password-stdin'], 'one\n\ntwo\n', 'one\n\ntwo'],
      [['-p', ' blanks '], undefined, 'blanks'],
      [['-p', '--'], undefined, '--'],
    ])('%j with stdin %j sends the password %j', async (flags, stdin, password) => {
      const argv = ['login', '-u', 'me', ...flags, 'example.com']
      const outcome = await check(
        { argv, replies, ...(stdin === undefined ? {} : { stdin }) },
        { exit: 0, stdout: 'Login Succeeded\n' },
      )
      expect(outcome.wire.at(-1)?.body).toMatchObject({ username: 'me', password })
      expect(outcome.stderr.includes('--password via the CLI is insecure')).toBe(stdin === undefined)
    })

    const NOT_A_TERMINAL = 'Error: Cannot perform an interactive login from a non TTY device\n'
    test.each<[readonly string[], string, string]>([
      [['-u', 'me', '-p', '-'], '', NOT_A_TERMINAL],
      [['-u', 'me', '-p', '-'], '\n', NOT_A_TERMINAL],
      [['-u', 'me', '--password-stdin'], ' \t\n', NOT_A_TERMINAL],
      [['-p', '-'], 'secret', 'the --password-stdin option requires --username to be set\n'],
      [['-u', '', '-p', '-'], 'secret', 'username is empty\n'],
      [
        ['-u', 'me', '-p', '-', '--password-stdin'],
        'secret',
        'conflicting options: cannot specify both --password and --password-stdin\n',
      ],
      [['-u', 'me', '-p', '-'], 'x'.repeat(1024 * 1024 + 1), 'the password is longer than 1048576 bytes\n'],
    ])('%j is refused', async (flags, stdin, stderr) => {
      await check({ argv: ['login', ...flags, 'example.com'], stdin, replies }, refusedWithoutRequest(stderr))
    })
  })

  /** docker/cli pull request 6742. */
  describe.concurrent('invalid detach keys', () => {
    const message = (keys: string, key: string) => `invalid detach keys (${keys}): Unknown character: '${key}'\n`

    test.each<[readonly string[], string, string]>([
      [['run', '--detach-keys', 'shift-a,b', 'img'], 'shift-a,b', 'shift-a'],
      [['run', '-d', '--detach-keys', 'ctrl-A', 'img'], 'ctrl-A', 'ctrl-A'],
      [['exec', '--detach-keys', 'a,', 'box', 'sh'], 'a,', ''],
      [['exec', '-d', '--detach-keys', 'ü', 'box', 'sh'], 'ü', 'ü'],
      [['start', '--detach-keys', 'ctrl-', 'box'], 'ctrl-', 'ctrl-'],
      [['start', '-a', '--detach-keys', 'del', 'box'], 'del', 'del'],
      [['attach', '--detach-keys', 'ctrl-p, ctrl-q', 'box'], 'ctrl-p, ctrl-q', ' ctrl-q'],
    ])('%j is refused before the first request', async (argv, keys, key) => {
      await check({ argv }, { exit: 1, stdout: '', stderr: message(keys, key), requests: [] })
    })

    test.each([
      ['run', 'img'],
      ['exec', 'box', 'sh'],
      ['start', '-a', 'box'],
      ['start', '-i', 'box'],
      ['attach', 'box'],
    ])('those of config.json are refused: %s %s', async (...argv) => {
      const parityCase = { argv, config: { detachKeys: 'bogus' } }
      await check(parityCase, { exit: 1, stdout: '', stderr: message('bogus', 'bogus'), requests: [] })
    })

    test('those of config.json are not read when nothing is attached', async () => {
      const parityCase = { argv: ['start', 'box'], config: { detachKeys: 'bogus' } }
      const replies = { 'POST /containers/box/start': noContent }
      const requests = ['POST /containers/box/start']
      await check({ ...parityCase, replies }, { exit: 0, stdout: 'box\n', stderr: '', requests })
    })
  })

  /** docs/api/v1.52.yaml: `keep-storage` was renamed to `reserved-space`, and the old name is removed. */
  test.each([
    ['1.50', { 'keep-storage': '1073741824' }],
    ['1.52', { 'reserved-space': '1073741824' }],
    ['1.55', { 'reserved-space': '1073741824' }],
  ])('builder prune --keep-storage with API version %s', async (DOCKER_API_VERSION, query) => {
    const argv = ['builder', 'prune', '-f', '--keep-storage', '1GB']
    const replies = { 'POST /build/prune': json({ CachesDeleted: null, SpaceReclaimed: 0 }) }
    const env = { DOCKER_API_VERSION }
    const { wire } = await check({ argv, env, apiVersion: '1.55', replies }, { exit: 0, stderr: '' })
    expect(wire.at(-1)?.query).toEqual({ filters: '', ...query })
  })

  /** docker/cli pull request 6191 and cli/command/system/testdata/docker-info-no-swarm.golden. */
  describe.concurrent('info', () => {
    const FirewallBackend = { Driver: 'nftables+firewalld', Info: [['ReloadedAt', '2025-07-16T16:59:14Z']] }
    const NRI = { Info: [['plugin-path', '/usr/libexec/docker/nri-plugins']] }

    async function output(argv: readonly string[], fields: object): Promise<string> {
      const replies = { 'GET /info': json({ ...info, ...fields }) }
      return (await check({ argv, replies }, { exit: 0, stderr: '' })).stdout
    }

    test.each<[object, readonly string[]]>([
      [
        { FirewallBackend, NRI },
        [
          ' Firewall Backend: nftables+firewalld',
          '  ReloadedAt: 2025-07-16T16:59:14Z',
          ' NRI:',
          '  plugin-path: /usr/libexec/docker/nri-plugins',
        ],
      ],
      [{ FirewallBackend: { Driver: 'iptables' }, NRI: {} }, [' Firewall Backend: iptables', ' NRI:']],
      [{ FirewallBackend: null, NRI: null }, []],
    ])('prints the firewall backend and NRI of %j', async (fields, added) => {
      const before = await output(['info'], {})
      expect(await output(['info'], fields)).toBe(before.replace(/\n\n$/, ['', ...added, '', ''].join('\n')))
    })

    test('has both in templates and JSON', async () => {
      const fields = { FirewallBackend, NRI }
      expect(await output(['info', '-f', '{{.FirewallBackend.Driver}} {{(index .NRI.Info 0)}}'], fields)).toBe(
        'nftables+firewalld [plugin-path /usr/libexec/docker/nri-plugins]\n',
      )
      expect(JSON.parse(await output(['info', '-f', 'json'], fields))).toMatchObject(fields)
    })
  })
  /** docker/cli pull request 6479: cli-plugins/manager.validateSchemaVersion. */
  test.each([
    ['0.2.0', ''],
    ['1.99', ''],
    ['01.0', ''],
    ['', 'plugin SchemaVersion version cannot be empty'],
    ['2.0.0', 'plugin SchemaVersion "2.0.0" is not supported: must be lower than 2.0.0'],
    [
      '99999999999999999999.0',
      'plugin SchemaVersion "99999999999999999999.0" is not supported: must be lower than 2.0.0',
    ],
    ['1', 'plugin SchemaVersion "1" has wrong format: must be <major>.<minor>.<patch>'],
    ['v1.0.0', 'plugin SchemaVersion "v1.0.0" has wrong format: must be <major>.<minor>.<patch>'],
  ])('a plugin of schema version %j: %j', async (SchemaVersion, fault) => {
    const metadata = JSON.stringify({ SchemaVersion, Vendor: 'me' })
    const text = `#!/bin/sh\ncase $1 in docker-cli-plugin-metadata) echo '${metadata}';; *) echo called;; esac\n`
    const files = { '.docker/cli-plugins/docker-hello': { text, mode: 0o755 } }
    const replies = { 'GET /info': json(info) }
    const warning = `WARNING: Plugin "<dir>/.docker/cli-plugins/docker-hello" is not valid: ${fault}\n`
    await check({ argv: ['info'], files, replies }, { exit: 0, stderr: fault === '' ? '' : warning })
    if (fault === '') await check({ argv: ['hello'], files }, { exit: 0, stdout: 'called\n', stderr: '' })
  })
  /** docker/cli pull requests 6792 (bind-create-src), 6770 and opts/mount_test.go. */
  describe.concurrent('--mount', () => {
    const creating = {
      'POST /containers/create': json({ Id: 'c1', Warnings: [] }, 201),
      'POST /services/create': json({ ID: 's1' }, 201),
      'GET /services/web': json({ ID: 's1', Version: { Index: 1 }, Spec: { Name: 'web', TaskTemplate: {} } }),
      'POST /services/s1/update': json({}),
    }
    const mount = 'type=bind,src=/a,dst=/b,bind-create-src'
    const commands: [readonly string[], string][] = [
      [['create', '--mount', mount, 'img'], 'HostConfig'],
      [['service', 'create', '-d', '--no-resolve-image', '--mount', mount, 'img'], 'TaskTemplate'],
      [['service', 'update', '-d', '--mount-add', mount, 'web'], 'TaskTemplate'],
    ]

    test.each(commands)('bind-create-src of %j is sent', async (argv, part) => {
      const { wire } = await check({ argv, replies: creating }, { exit: 0, stderr: '' })
      const Mounts = [{ Type: 'bind', Source: '/a', Target: '/b', BindOptions: { CreateMountpoint: true } }]
      expect(wire.at(-1)?.body).toMatchObject({
        [part]: part === 'HostConfig' ? { Mounts } : { ContainerSpec: { Mounts } },
      })
    })

    test.each(commands)('bind-create-src of %j is refused for a daemon that ignores it', async (argv) => {
      const { stderr, wire } = await check({ argv, replies: creating, apiVersion: '1.41' }, { stdout: '' })
      expect(stderr).toContain('"bind-create-src" requires API version 1.42, but the Docker daemon API version is 1.41')
      expect(wire.filter(({ method }) => method === 'POST')).toEqual([])
    })

    test.each([
      ['type=bind,src=/a,dst=/b,bind-create-src=false', {}],
      ['type=bind,src=/a,dst=/b,BIND-CREATE-SRC=1', { CreateMountpoint: true }],
    ])('%s', async (value, BindOptions) => {
      const { wire } = await check({ argv: ['create', '--mount', value, 'img'], replies: creating }, { exit: 0 })
      expect(wire.at(-1)?.body).toMatchObject({ HostConfig: { Mounts: [{ BindOptions }] } })
    })

    test.each([
      ['', 'value is empty'],
      [' ', 'value is empty'],
      ['type=volume, src=/foo,target=/foo', "invalid option 'src' in ' src=/foo': option should not have whitespace"],
      ['type=volume,src =/foo,target=/foo', "invalid option 'src' in 'src =/foo': option should not have whitespace"],
      ['type=bind,src=/a,dst=/b,bind-create-src=x', 'invalid value for bind-create-src: x'],
      ['type=volume,dst=/b,bind-create-src', "cannot mix 'bind-*' options with mount type 'volume'"],
    ])('%j is refused with a reason', async (value, reason) => {
      const { stderr } = await check({ argv: ['create', '--mount', value, 'img'] }, { exit: 125, requests: [] })
      expect(stderr.split('\n')[0]).toBe(`invalid argument ${JSON.stringify(value)} for "--mount" flag: ${reason}`)
    })
  })
  describe.concurrent('completion', () => {
    const replies = {
      'GET /images/json': json([{ Id: 'i1', RepoTags: ['app:1', 'web:2'] }]),
      'GET /services': json([{ ID: 's1', Spec: { Name: 'clock' } }]),
    }

    test.each([
      ['images', '', ['app:1', 'web:2', ':4']],
      ['images app', '', [':4']],
      ['service ls --filter', '', ['id=', 'label=', 'mode=', 'name=', ':2']],
      ['stack services --filter', '', ['id=', 'label=', 'mode=', 'name=', ':2']],
      ['service ls -f', 'name=', ['name=clock', ':4']],
      ['service ls -f', 'mode=', ['mode=replicated', 'mode=global', 'mode=replicated-job', 'mode=global-job', ':4']],
    ])('of %s %j', async (command, word, expected) => {
      const argv = ['__completeNoDesc', ...command.split(' '), word]
      const { stdout } = await check({ argv, replies }, { exit: 0 })
      expect(stdout.trimEnd().split('\n')).toEqual(expected)
    })
  })
  /** docker/cli pull requests 6619 and 6714 (API 1.52); that updates work too is tug's own (moby issue 53196). */
  describe.concurrent('the swap of services', () => {
    const service = (Resources: object) =>
      json({ ID: 's1', Version: { Index: 1 }, Spec: { Name: 'web', TaskTemplate: { ContainerSpec: {}, Resources } } })
    const replies = {
      'POST /services/create': json({ ID: 's1' }, 201),
      'GET /services/web': service({ Limits: { MemoryBytes: 1024 } }),
      'POST /services/s1/update': json({}),
    }
    const flags = ['--memory-swap', '512m', '--memory-swappiness', '0']
    const create = ['service', 'create', '-d', '--no-resolve-image', ...flags, 'img']
    const update = ['service', 'update', '-d', ...flags, 'web']

    test.each([
      [create, { SwapBytes: 536_870_912, MemorySwappiness: 0 }],
      [update, { SwapBytes: 536_870_912, MemorySwappiness: 0, Limits: { MemoryBytes: 1024 } }],
      [['service', 'update', '-d', '--memory-swap', '-1', 'web'], { SwapBytes: -1, Limits: { MemoryBytes: 1024 } }],
      [['service', 'update', '-d', '--memory-swappiness=-1', 'web'], { MemorySwappiness: -1 }],
    ])('%j is sent in API 1.52', async (argv, Resources) => {
      const { wire } = await check({ argv, replies, apiVersion: '1.55' }, { exit: 0, stderr: '' })
      expect(wire.at(-1)).toMatchObject({ version: '1.52', body: { TaskTemplate: { Resources } } })
    })

    test.each([create, update])('%j, … is refused by name before API 1.52', async (...argv) => {
      const reason = 'requires API version 1.52, but the Docker daemon API version is 1.51'
      const stderr = `"--memory-swap" ${reason}\n"--memory-swappiness" ${reason}\n`
      await check({ argv, replies, apiVersion: '1.51' }, { exit: 1, stdout: '', stderr, requests: [] })
    })

    test('DOCKER_API_VERSION is not raised', async () => {
      const env = { DOCKER_API_VERSION: '1.50' }
      const { stderr } = await check({ argv: create, env, replies, apiVersion: '1.55' }, { exit: 1, requests: [] })
      expect(stderr).toContain('requires API version 1.52, but the Docker daemon API version is 1.50')
    })

    test.each([
      ['service update -d --env-add A=1 web', { SwapBytes: 0 }, '1.52'],
      ['service scale -d web=2', { MemorySwappiness: 5 }, '1.52'],
      ['service update -d --env-add A=1 web', {}, '1.50'],
    ])('%s keeps %j', async (line, settings, version) => {
      const Mode = { Replicated: { Replicas: 1 } }
      const Spec = { Name: 'web', Mode, TaskTemplate: { ContainerSpec: {}, Resources: settings } }
      const reply = json({ ID: 's1', Version: { Index: 1 }, Spec })
      const parityCase = {
        argv: line.split(' '),
        replies: { ...replies, 'GET /services/web': reply },
        apiVersion: '1.55',
      }
      const { wire } = await check(parityCase, { exit: 0 })
      expect(wire.at(-1)).toMatchObject({ version, body: { TaskTemplate: { Resources: settings } } })
    })

    test.each([
      [{ SwapBytes: 536_870_912, MemorySwappiness: 60 }, ['Resources:', ' Swap:\t\t512MiB', ' Swappiness:\t60']],
      [{ SwapBytes: -1, MemorySwappiness: -1 }, ['Resources:', ' Swap:\t\tunlimited', ' Swappiness:\tdefault']],
      [{ SwapBytes: null, MemorySwappiness: null }, ['Resources:']],
    ])('inspect --pretty shows %j', async (Resources, lines) => {
      const parityCase = {
        argv: ['service', 'inspect', '--pretty', 'web'],
        replies: { 'GET /services/web': service(Resources) },
      }
      const { stdout } = await check(parityCase, { exit: 0, stderr: '' })
      const shown = stdout.split('\n')
      expect(shown.slice(shown.indexOf('Resources:'), shown.indexOf('Resources:') + lines.length + 1)).toEqual([
        ...lines,
        'Endpoint Mode:\t',
      ])
    })
  })
})
