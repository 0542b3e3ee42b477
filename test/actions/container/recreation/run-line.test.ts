import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runLine, translateWords, wordsOf } from '../../../../src/actions/container/recreation/run-line.ts'
import type { CreateBody, NetworkEndpointConfig } from '../../../../src/domain/container/create-request.ts'
import { differences } from '../../../../src/domain/container/inspected/comparison.ts'
import type {
  ContainerInspection,
  DaemonDefaults,
  ImageConfig,
} from '../../../../src/domain/container/inspected/inspection.ts'
import { originalRequest } from '../../../../src/domain/container/inspected/request.ts'
import { toInt64 } from '../../../../src/domain/go/int.ts'

const ID = '0123456789ab'.padEnd(64, '0')
const DAEMON: DaemonDefaults = {
  apiVersion: '1.51',
  hostname: 'host',
  loggingDriver: 'json-file',
  runtime: 'runc',
  hasPrivateCgroupns: true,
}
const IMAGE: ImageConfig = {
  Env: ['PATH=/bin', 'LANG=C'],
  Cmd: ['sh'],
  Entrypoint: ['/init'],
  ExposedPorts: { '80/tcp': {} },
  Labels: { vendor: 'someone' },
  Volumes: { '/var/data': {} },
  WorkingDir: '/srv',
  User: 'www',
  StopSignal: 'SIGQUIT',
  Healthcheck: { Test: ['CMD', 'probe'], Interval: 5_000_000_000 },
}
const CONTEXT = { name: 'web', platform: '', profileFile: 'web-seccomp.json' }

const translate = (words: readonly string[]) =>
  translateWords(words, {
    apiVersion: DAEMON.apiVersion,
    consoleSize: [0, 0],
    cwd: '/',
    readFile: () => new Uint8Array(),
  })

/**
 * Returns what inspect shows for a request, with the defaults of an Engine 28 and of the image. The real proof is
 * test/e2e/container/command.test.ts: this only tries many more combinations.
 */
function inspectionOf(body: CreateBody): ContainerInspection {
  const { HostConfig: host, NetworkingConfig, ...config } = body
  const mode = host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode
  const endpoints: Record<string, Partial<NetworkEndpointConfig>> = { ...NetworkingConfig.EndpointsConfig }
  const typed = endpoints.default
  delete endpoints.default
  if (typed) endpoints.bridge = typed
  if (!mode.startsWith('container:')) endpoints[mode] ??= {}
  const variables = (config.Env ?? []).map((variable) => variable.split('=', 1)[0])
  const entrypoint = config.Entrypoint ?? IMAGE.Entrypoint ?? null
  return {
    Id: ID,
    Name: '/web',
    Config: {
      ...config,
      Hostname: config.Hostname || ID.slice(0, 12),
      User: config.User || 'www',
      WorkingDir: config.WorkingDir || '/srv',
      StopSignal: config.StopSignal ?? 'SIGQUIT',
      Env: [
        ...(config.Env ?? []),
        ...(IMAGE.Env ?? []).filter((variable) => !variables.includes(variable.split('=', 1)[0])),
      ],
      Entrypoint: entrypoint?.[0] === '' ? null : entrypoint,
      Cmd: config.Cmd ?? (config.Entrypoint ? null : ['sh']),
      ExposedPorts: { ...IMAGE.ExposedPorts, ...config.ExposedPorts },
      Volumes: { ...IMAGE.Volumes, ...config.Volumes },
      Labels: { ...IMAGE.Labels, ...config.Labels },
      Healthcheck: { ...IMAGE.Healthcheck, ...config.Healthcheck },
      MacAddress: endpoints[mode]?.MacAddress ?? '',
    },
    HostConfig: {
      ...host,
      NetworkMode: mode,
      CgroupnsMode: host.CgroupnsMode || 'private',
      IpcMode: host.IpcMode || 'private',
      Runtime: host.Runtime ?? 'runc',
      ShmSize: host.ShmSize || 67_108_864,
      LogConfig: { ...host.LogConfig, Type: host.LogConfig.Type || 'json-file' },
      MemorySwap: host.MemorySwap || toInt64(BigInt(host.Memory) * 2n),
      Links: host.Links?.map((link) => `/${link.split(':')[0]}:/web/${link.split(':')[1] ?? link}`) ?? null,
    },
    NetworkSettings: { Networks: endpoints },
  }
}

const name = fc.stringMatching(/^[a-z][a-z0-9_.]{0,7}$/)
const path = fc.stringMatching(/^(\/[a-z0-9 ]{1,6}){1,3}$/)
const word = fc.string({ maxLength: 12, unit: 'grapheme-ascii' })
const size = fc.integer({ min: 1, max: 2 ** 40 }).map(String)
const port = fc.integer({ min: 1, max: 65_535 })
const pair = fc.tuple(name, word).map(([key, value]) => `${key}=${value}`)

const flag = (typed: string, value: fc.Arbitrary<string | number>) => value.map((text) => [`--${typed}`, String(text)])
const repeated = (typed: string, value: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(value, { maxLength: 3, selector: (text) => text.split(/[=:]/)[0] })
    .map((values) => values.flatMap((text) => [`--${typed}`, text]))
const choice = (typed: string, ...values: string[]) => flag(typed, fc.constantFrom(...values))
const alone = (typed: string): fc.Arbitrary<string[]> => fc.constant(`--${typed}`).map((word) => [word])

const FLAGS: readonly fc.Arbitrary<string[]>[] = [
  ...['interactive', 'tty', 'rm', 'detach', 'init', 'init=false', 'publish-all', 'privileged', 'read-only'].map(alone),
  ...['oom-kill-disable', 'no-healthcheck'].map(alone),
  ...['hostname', 'domainname', 'user', 'workdir', 'stop-signal', 'cpuset-cpus', 'cgroup-parent', 'entrypoint'].map(
    (typed) => flag(typed, word),
  ),
  ...['memory', 'memory-reservation', 'shm-size', 'memory-swap'].map((typed) => flag(typed, size)),
  ...['cpu-shares', 'cpu-period', 'cpu-quota', 'pids-limit', 'oom-score-adj', 'stop-timeout'].map((typed) =>
    flag(typed, fc.integer({ min: -1, max: 2 ** 31 - 1 })),
  ),
  flag(
    'cpus',
    fc.integer({ min: 1, max: 9_999_999 }).map((thousandths) => `${thousandths}e-3`),
  ),
  flag('memory-swappiness', fc.integer({ min: 0, max: 100 })),
  flag('blkio-weight', fc.integer({ min: 0, max: 1000 })),
  choice('restart', 'no', 'always', 'unless-stopped', 'on-failure', 'on-failure:3'),
  choice('network', 'none', 'host', 'bridge', 'container:other', 'own'),
  choice('ipc', 'host', 'private', 'shareable', 'container:other'),
  choice('pid', 'host', 'container:other'),
  choice('cgroupns', 'host', 'private'),
  choice('log-driver', 'json-file', 'local', 'syslog'),
  choice('runtime', 'runc', 'crun'),
  repeated('env', fc.oneof(pair, name)),
  repeated('label', fc.oneof(pair, name)),
  repeated('annotation', pair),
  repeated('log-opt', pair),
  repeated('storage-opt', pair),
  repeated(
    'tmpfs',
    fc.oneof(
      path,
      path.map((target) => `${target}:size=1m,mode=700`),
    ),
  ),
  repeated(
    'volume',
    fc.oneof(
      path,
      fc.tuple(name, path).map(([source, target]) => `vol${source}:${target}:ro`),
    ),
  ),
  repeated(
    'publish',
    fc.tuple(port, port).map(([outer, inner]) => `${outer}:${inner}/udp`),
  ),
  repeated(
    'publish',
    port.map((inner) => `127.0.0.1::${inner}`),
  ),
  repeated('expose', port.map(String)),
  repeated('ulimit', fc.constantFrom('nofile=1:2', 'core=0', 'nproc=-1')),
  repeated('cap-add', fc.constantFrom('NET_ADMIN', 'cap_sys_time', 'ALL')),
  repeated('sysctl', fc.constantFrom('net.core.somaxconn=1', 'kernel.shmmax=2')),
  repeated('security-opt', fc.constantFrom('no-new-privileges', 'label=disable', 'systempaths=unconfined')),
  repeated('add-host', fc.constantFrom('db:10.0.0.1', 'six=[::1]', 'gate:host-gateway')),
  repeated('dns', fc.constantFrom('1.1.1.1', '::1')),
  repeated('group-add', name),
  repeated('device', fc.constantFrom('/dev/null', '/dev/zero:/dev/z:r', 'vendor.com/class=one')),
  repeated('gpus', fc.constantFrom('all', '2', 'driver=nvidia,"capabilities=a,b"', '"options=a=b,c=d"')),
  repeated(
    'mount',
    fc.tuple(path, fc.stringMatching(/^[a-z",=]{1,6}$/)).map(([target, text]) => {
      const option = `volume-opt=o=${text}`.replaceAll('"', '""')
      return `type=volume,source=v,target=${target},"${option}"`
    }),
  ),
  repeated(
    'health-cmd',
    word.filter((text) => text !== ''),
  ),
  flag(
    'health-interval',
    fc.integer({ min: 1, max: 2 ** 45 }).map((nanoseconds) => `${nanoseconds}ns`),
  ),
]

/** A command line of `run`: any of the flags, and a command. */
const commandLines = fc
  .tuple(fc.subarray([...FLAGS.keys()], { maxLength: 12 }), fc.array(word, { maxLength: 3 }))
  .chain(([chosen, command]) =>
    fc
      .tuple(...chosen.map((index) => FLAGS[index] ?? fc.constant([])))
      .map((flags) => [...flags.flat(), 'image', ...command]),
  )

describe('runLine', () => {
  test('gives the same request for any request: create, inspect, command, parse', () => {
    let tried = 0
    const property = fc.property(commandLines, (words) => {
      const sent = attempt(() => translate(words))
      if (sent === undefined) return
      tried++
      const { body } = originalRequest({ container: inspectionOf(sent), image: IMAGE, daemon: DAEMON })
      const line = runLine(body, CONTEXT, DAEMON.apiVersion)
      expect(line.warnings).toEqual([])
      const again = translate([...line.flags.flatMap(wordsOf), ...line.operands])
      const { body: bodyAgain } = originalRequest({ container: inspectionOf(again), image: IMAGE, daemon: DAEMON })
      expect(differences(bodyAgain, body)).toEqual([])
    })
    fc.assert(property, { numRuns: 800 })
    expect(tried).toBeGreaterThan(500)
  }, 60_000)
})

/** Returns undefined for a command line that docker refuses. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
