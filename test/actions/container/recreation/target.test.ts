import { describe, expect, test } from 'vitest'
import { runLine, translateWords } from '../../../../src/actions/container/recreation/run-line.ts'
import { changedRequest } from '../../../../src/actions/container/recreation/target.ts'
import { withVolumes } from '../../../../src/actions/container/recreation/volumes.ts'
import type { ContainerInspection } from '../../../../src/domain/container/inspected/inspection.ts'
import { originalRequest } from '../../../../src/domain/container/inspected/request.ts'
import type { FlagArgument } from '../../../../src/flags/container/flag-argument.ts'

const CLIENT = {
  cwd: '/',
  environment: {},
  proxies: {},
  consoleSize: [0, 0],
  apiVersion: '1.45',
  readFile: () => new Uint8Array(),
} as const

const DAEMON = {
  apiVersion: '1.45',
  hostname: 'host',
  loggingDriver: 'json-file',
  runtime: 'runc',
  hasPrivateCgroupns: false,
}

/** Returns the request for a container with changes. */
function change(container: ContainerInspection, flags: readonly FlagArgument[], image = '') {
  const original = originalRequest({ container, image: { Env: ['OLD=1'] }, daemon: DAEMON })
  const context = { name: 'web', platform: '', profileFile: 'web-seccomp.json' }
  const line = { ...original, ...runLine(original.body, context, DAEMON.apiVersion), ...context, profile: '' }
  return changedRequest(line, { flags, image, reset: [] }, CLIENT)
}

describe('changedRequest', () => {
  const mount = {
    Type: 'bind',
    Source: '/a',
    Target: '/a',
    BindOptions: { Propagation: 'rslave', CreateMountpoint: true },
  }
  const odd: ContainerInspection = {
    Id: 'a'.repeat(64),
    Config: {
      Image: 'app',
      Env: ['OWN=1', 'OLD=1'],
      Labels: { 'a=b': 'c' },
      Healthcheck: { Test: ['CMD', 'probe'], Interval: 5 },
    },
    HostConfig: {
      MaskedPaths: ['/proc/keys'],
      Sysctls: { 'user.x': '1', 'net.core.somaxconn': '2' },
      Mounts: [mount],
    },
  }

  test('keeps what no flag can set', () => {
    const { body } = change(odd, [
      { name: 'memory', value: '64m' },
      { name: 'label', value: 'new=1' },
      { name: 'sysctl', value: 'net.core.somaxconn=3' },
      { name: 'mount', value: 'type=tmpfs,target=/t' },
      { name: 'health-interval', value: '7ns' },
    ])
    expect(body.Labels).toEqual({ 'a=b': 'c', new: '1' })
    expect(body.Healthcheck).toEqual({ Test: ['CMD', 'probe'], Interval: 7 })
    expect(body.HostConfig).toMatchObject({
      Memory: 67_108_864,
      MaskedPaths: ['/proc/keys'],
      Sysctls: { 'user.x': '1', 'net.core.somaxconn': '3' },
      Mounts: [mount, { Type: 'tmpfs', Target: '/t' }],
    })
  })

  test('does not pin what the old image has set', () => {
    const { body } = change(odd, [], 'other')
    expect([body.Image, body.Env]).toEqual(['other', ['OWN=1']])
  })

  test('leaves the networks that a typed one replaces', () => {
    const onNetwork: ContainerInspection = {
      ...odd,
      HostConfig: { NetworkMode: 'inner' },
      NetworkSettings: { Networks: { inner: {}, outer: { Aliases: ['www'] } } },
    }
    expect(Object.keys(change(onNetwork, []).body.NetworkingConfig.EndpointsConfig)).toEqual(['inner', 'outer'])
    const { body, connections } = change(onNetwork, [{ name: 'network', value: 'other' }])
    expect([body.HostConfig.NetworkMode, body.NetworkingConfig.EndpointsConfig, connections]).toEqual(['other', {}, []])
  })
})

test.each([
  ...['--publish 80:80', '--expose 80', '--publish-all', '--health-cmd probe', '--no-healthcheck', '--entrypoint /run'],
  ...['--env A=1', '--label a=b', '--hostname box', '--domainname example.com', '--user 1', '--workdir /srv', '--tty'],
  ...['--stop-signal INT', '--stop-timeout 3', '--mac-address 02:42:ac:11:00:77', '--volume /data', '--memory 64m'],
  ...['--restart always', '--cap-add SYS_TIME', '--device /dev/null', '--log-driver none', '--add-host a:1.2.3.4'],
])('a reset of the flag %s leaves the request of a container without it', (typed) => {
  const context = { name: 'web', platform: '', profileFile: 'web-seccomp.json' }
  const body = translateWords(['-d', ...typed.split(' '), 'app'], CLIENT)
  const line = { body, connections: [], ...runLine(body, context, DAEMON.apiVersion), ...context, profile: '' }
  const reset = [typed.slice(2).split(' ')[0] ?? '']
  expect(changedRequest(line, { flags: [], image: '', reset }, CLIENT).body).toEqual(
    translateWords(['-d', 'app'], CLIENT),
  )
})

describe('withVolumes', () => {
  const VOLUMES = ['/typed', '/declared', '/replaced', '/mounted'].map((target) => ({
    name: `volume${target.replace('/', '-')}`,
    target,
    isReadOnly: target === '/declared',
  }))

  test('mounts anonymous volumes by their names, unless their place is taken', () => {
    const container: ContainerInspection = {
      Config: { Image: 'app', Volumes: { '/typed': {}, '/replaced': {} } },
      HostConfig: { Mounts: [{ Type: 'volume', Target: '/mounted' }] },
    }
    const { body: original } = change(container, [])
    const { body } = change(container, [{ name: 'volume', value: 'named:/replaced' }])
    expect(withVolumes(body, original, VOLUMES)).toMatchObject({
      Volumes: {},
      HostConfig: {
        Binds: ['named:/replaced', 'volume-typed:/typed', 'volume-declared:/declared:ro'],
        Mounts: [{ Type: 'volume', Target: '/mounted', Source: 'volume-mounted' }],
      },
    })
  })
})
